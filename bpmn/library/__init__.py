"""The shipped processes, each a drawing with the forms its user tasks name.

activity    drafts, asks the coordinating units, has it signed and issued, waits for the People's Committee
simple      one unit works, its head reviews, the result is recorded
periodic    a report of a period: prepared, consolidated, confirmed, sent
standing    work all through the year with a check-in at each reporting period
awaits      waits for a document, asks each quarter, then runs activity or simple
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from lxml import etree

KEYS = ("activity", "simple", "periodic", "standing", "awaits")

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
FORM = "{https://bangiao.vn/schema/bpmn/1.0}form"
PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


@dataclass(frozen=True, slots=True)
class Shipped:
    """A shipped definition; `forms` maps the keys its user tasks name to their form-js schemas."""

    key: str
    name: str
    xml: bytes
    forms: dict[str, dict[str, Any]]


@cache
def shipped() -> tuple[Shipped, ...]:
    """All shipped definitions, those that others call first: `awaits` calls activity and simple."""
    return tuple(_read(key) for key in KEYS)


def _read(key: str) -> Shipped:
    folder = files("bpmn.library")
    xml = folder.joinpath(f"{key}.bpmn").read_bytes()
    process = etree.fromstring(xml, PARSER).find(f"{MODEL}process")
    assert process is not None
    forms = sorted({str(task.get(FORM)) for task in process.iter(f"{MODEL}userTask")})
    return Shipped(
        key=key,
        name=str(process.get("name")),
        xml=xml,
        forms={form: json.loads(folder.joinpath("forms", f"{form}.json").read_text("utf-8")) for form in forms},
    )
