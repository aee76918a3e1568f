"""Examines a drawing: what is wrong with it, what was mended, what its designer should weigh."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from bpmn.checks import (
    conditions,
    connections,
    deadlocks,
    diagrams,
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
    vendors,
    work,
)
from bpmn.decisions import decision_id, is_dmn
from bpmn.drawing import Drawing
from bpmn.findings import Finding, has_errors, in_order
from bpmn.names import MODEL, OURS
from bpmn.normaliser import normalise
from bpmn.normaliser.booleans import spell_out
from bpmn.parsing import parse_xml
from bpmn.surroundings import NOTHING_KNOWN, Surroundings
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
    people.check,
    messages.check,
    work.check,
    vendors.check,
)


@dataclass(frozen=True, slots=True)
class Examination:
    """What came of a file: its tree as drawn, the mended copy, and the findings in order.

    `mended` is None when the structure has errors: whether it could run was then not looked at.
    """

    root: etree._Element
    mended: etree._Element | None
    findings: tuple[Finding, ...]


def examine(xml: bytes, around: Surroundings = NOTHING_KNOWN) -> Examination:
    """Read, mend and check `xml` for a place with these surroundings. Raises DefinitionInvalid for no XML."""
    root = parse_xml(xml)
    if root.tag != f"{MODEL}definitions":
        return Examination(root, None, (structure.not_bpmn(root),))
    spell_out(root)
    found, mended = list(structure.check(root)), None
    if not has_errors(found):
        mended, repairs = normalise(root)
        found += [*repairs, *structure.check_executable(mended), *runs(Drawing(mended), around)]
    found += diagrams.check(root)
    return Examination(root, mended, in_order([*found, *unsaid(standard.check(root, around.folder), found)]))


def runs(drawing: Drawing, around: Surroundings) -> Iterator[Finding]:
    """What keeps a mended drawing from running, and what its designer should weigh."""
    for check in CHECKS:
        yield from check(drawing)
    yield from variables.check(drawing, around.variables_of_form)
    if around.variables_of_form is not None:
        yield from people.check_forms(drawing, around.variables_of_form)
    if around.is_deployed is not None:
        yield from work.check_called(drawing, around.is_deployed)


def unsaid(breaches: Iterable[Finding], found: list[Finding]) -> Iterator[Finding]:
    """The breaches of the standard at elements no breach as grave was found at."""
    refused, mended = (
        {each.element for each in found if each.against_standard and each.severity == severity}
        for severity in ("error", "repaired")
    )
    for each in breaches:
        if each.element not in refused and (each.severity == "error" or each.element not in mended):
            yield each


def check_file(content: bytes, around: Surroundings = NOTHING_KNOWN) -> list[Finding]:
    """Everything there is to say about a BPMN file, errors first."""
    return list(judge(content, around).findings)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a file is fit for: to run here, and by the standard alone.

    A drawing that declares our namespace is written for this system: there, what it cannot run is a fault as well.
    """

    findings: tuple[Finding, ...]
    is_ours: bool

    @property
    def can_run(self) -> bool:
        """Whether it could be deployed."""
        return not has_errors(self.findings)

    @property
    def keeps_to_standard(self) -> bool:
        """Whether nothing was found that BPMN 2.0 forbids."""
        return not any(each.against_standard for each in self.findings) and (self.can_run or not self.is_ours)


def judge(content: bytes, around: Surroundings = NOTHING_KNOWN) -> Verdict:
    """The findings of a file and what they mean; a file of decisions is judged as one."""
    try:
        examined = examine(content, around)
        if is_dmn(examined.root):
            decision_id(content)
            return Verdict((), is_ours=True)
    except DefinitionInvalid as error:
        return Verdict(error.findings, is_ours=True)
    return Verdict(examined.findings, is_ours=OURS in examined.root.nsmap.values())
