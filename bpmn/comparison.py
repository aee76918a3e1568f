"""What changed between two drawings: steps added, removed, renamed, made another kind, or set otherwise.

Where a shape stands on the sheet says nothing about the process, so places and sizes are not compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from bpmn.names import EVENT_DEFINITIONS, EXTENSION, FLOW_NODES, GLOBAL_TASKS, MODEL, WORDS, local
from bpmn.parsing import parse_xml

Kind = Literal["added", "removed", "renamed", "retyped", "changed"]
OWNERS = (
    FLOW_NODES
    | GLOBAL_TASKS.keys()
    | {
        "process", "sequenceFlow", "messageFlow", "participant", "lane", "message", "signal", "error", "escalation",
        "dataObject", "dataStore", "textAnnotation",
    }
)  # fmt: skip
SAID_ELSEWHERE = frozenset({"incoming", "outgoing", "flowNodeRef"})  # each is also told by its flow or its shape
LONGEST_VALUE = 300  # letters shown of a value


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing set otherwise; `name` is an attribute's or a part's, empty text where there was none."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One element that differs; `type` and `name` are those of the newer drawing, of a removed one the older's."""

    kind: Kind
    element: str
    type: str
    name: str
    name_before: str = ""
    type_before: str = ""
    settings: tuple[Setting, ...] = ()


@dataclass(frozen=True, slots=True)
class _Drawn:
    """An element with what is set on it, its name apart."""

    type: str
    name: str
    settings: Mapping[str, str] = field(default_factory=dict)


def compare(before: bytes, after: bytes) -> tuple[Change, ...]:
    """The changes from `before` to `after`, in the order of the newer file, what was removed last.

    Raises DefinitionInvalid when one of them is no BPMN file.
    """
    old, new = _elements(before), _elements(after)
    changes = [change for element, drawn in new.items() if (change := _change(element, old.get(element), drawn))]
    gone = [Change("removed", each, drawn.type, drawn.name) for each, drawn in old.items() if each not in new]
    return (*changes, *gone)


def type_words(type_name: str) -> tuple[str, str]:
    """What a kind of element is called, in Vietnamese and English."""
    others = {
        "sequenceFlow": ("đường nối", "sequence flow"),
        "messageFlow": ("đường thông điệp", "message flow"),
        "participant": ("bên tham gia", "pool"),
        "lane": ("làn", "lane"),
        "message": ("thông điệp", "message"),
        "signal": ("tín hiệu", "signal"),
        "textAnnotation": ("ghi chú", "annotation"),
    }
    return WORDS.get(type_name) or others.get(type_name) or ("phần tử", "element")


def _change(element: str, old: _Drawn | None, new: _Drawn) -> Change | None:
    if old is None:
        return Change("added", element, new.type, new.name)
    settings = _differing(old.settings, new.settings)
    kind: Kind = "changed"
    if old.name != new.name:
        kind = "renamed"
    elif old.type != new.type:
        kind = "retyped"
    elif not settings:
        return None
    return Change(kind, element, new.type, new.name, old.name, old.type, settings)


def _differing(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Setting, ...]:
    return tuple(
        Setting(name, old.get(name, "")[:LONGEST_VALUE], new.get(name, "")[:LONGEST_VALUE])
        for name in {**old, **new}
        if old.get(name, "") != new.get(name, "")
    )


def _elements(xml: bytes) -> dict[str, _Drawn]:
    owners = (node for node in parse_xml(xml).iter(f"{MODEL}*") if _is_owner(node))
    return {
        node.get("id", ""): _Drawn(local(node), " ".join(node.get("name", "").split()), dict(_settings(node)))
        for node in owners
    }


def _is_owner(node: etree._Element) -> bool:
    return local(node) in OWNERS and bool(node.get("id"))


def _settings(node: etree._Element, path: str = "") -> Iterator[tuple[str, str]]:
    """What is set on a node and on those of its parts that are no element of their own."""
    for name, value in node.attrib.items():
        said = _attribute(str(name))
        if said and not (said == "name" and not path):
            yield f"{path}{said}", " ".join(str(value).split())
    for index, part in enumerate(_parts(node)):
        tag = str(etree.QName(part).localname)
        place = f"{path}{tag}" if index == 0 or tag in EVENT_DEFINITIONS else f"{path}{tag} {index + 1}"
        text = (part.text or "").strip()
        if text or tag in EVENT_DEFINITIONS:
            yield place, text
        yield from _settings(part, f"{place} / ")


def _parts(node: etree._Element) -> list[etree._Element]:
    return [part for part in node if not _is_owner(part) and etree.QName(part).localname not in SAID_ELSEWHERE]


def _attribute(name: str) -> str:
    """The attribute as designers know it; "" for ids, which tools give anew."""
    if name == "id" or name.startswith("{http://www.w3.org/"):
        return ""
    return name[len(EXTENSION) :] if name.startswith(EXTENSION) else name.rpartition("}")[2]
