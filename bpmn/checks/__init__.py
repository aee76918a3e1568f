"""Examines a drawing: what is wrong with it, what was mended, what its designer should weigh."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from bpmn.checks import (
    conditions,
    connections,
    deadlocks,
    events,
    expressions,
    messages,
    people,
    reachability,
    repetition,
    standard,
    structure,
    timers,
    variables,
    work,
)
from bpmn.drawing import Drawing
from bpmn.findings import Finding, has_errors, in_order
from bpmn.normaliser import normalise
from bpmn.parsing import parse_xml
from domain.errors import DefinitionInvalid

Check = Callable[[Drawing], Iterator[Finding]]
CHECKS: tuple[Check, ...] = (
    connections.check,
    events.check,
    conditions.check,
    expressions.check,
    repetition.check,
    timers.check,
    reachability.check,
    deadlocks.check,
    variables.check,
    people.check,
    messages.check,
    work.check,
)


@dataclass(frozen=True, slots=True)
class Examination:
    """What came of a file: its tree as drawn, the mended copy, and the findings in order.

    `mended` is None when the structure has errors: nothing further was then looked at.
    """

    root: etree._Element
    mended: etree._Element | None
    findings: tuple[Finding, ...]


def examine(xml: bytes, forms: Container[str] | None = None, folder: Path | None = None) -> Examination:
    """Read, mend and check `xml`; `forms` are the keys of the forms there are. Raises DefinitionInvalid for no XML.

    `folder` is where a file on this machine lies; imported files are looked for there, and nowhere without it.
    """
    root = parse_xml(xml)
    faults = list(structure.check(root))
    if has_errors(faults):
        return Examination(root, None, in_order(faults))
    mended, repairs = normalise(root)
    drawing = Drawing(mended)
    found = [*faults, *repairs, *structure.check_executable(mended)]
    for check in CHECKS:
        found += check(drawing)
    if forms is not None:
        found += people.check_forms(drawing, forms)
    return Examination(root, mended, in_order([*found, *unsaid(standard.check(root, folder), found)]))


def unsaid(breaches: Iterable[Finding], found: list[Finding]) -> Iterator[Finding]:
    """The breaches of the standard at elements nothing as grave was found at."""
    refused = {finding.element for finding in found if finding.severity == "error"}
    mended = {finding.element for finding in found if finding.severity == "repaired"}
    for each in breaches:
        if each.element not in refused and (each.severity == "error" or each.element not in mended):
            yield each


def check_file(content: bytes, forms: Container[str] | None = None, folder: Path | None = None) -> list[Finding]:
    """Everything there is to say about a BPMN file, errors first."""
    try:
        return list(examine(content, forms, folder).findings)
    except DefinitionInvalid as error:
        return list(error.findings)
