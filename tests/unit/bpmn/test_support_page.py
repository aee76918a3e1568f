"""docs/bpmn-support.md says what is so: its drawings are refused or mended, its models pass, its tests are there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bpmn.checks import check_file, vendors
from bpmn.definitions import read_definition
from bpmn.spiff.model import compile_definition
from tests.conformance.test_kernel import MODELS, NOT_MET

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "bpmn-support.md").read_text()
DRAWINGS = ROOT / "tests" / "bpmn"
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| ")]
CLAIMS = [row for row in ROWS if len(row) == 5 and row[0] != "element"]
NAMED = re.compile(r"`([^`]+)`")

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="https://bangiao.vn/samples" '
    'xmlns:bangiao="https://bangiao.vn/schema/bpmn/1.0"><message id="m" name="m" /><signal id="s" name="s" />'
    '<error id="e" name="e" errorCode="E" /><escalation id="x" name="x" escalationCode="X" />'
    '<process id="p" isExecutable="true">'
)
KINDS = {
    "none": "",
    "message": '<messageEventDefinition messageRef="m" />',
    "timer": "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>",
    "conditional": "<conditionalEventDefinition><condition>a</condition></conditionalEventDefinition>",
    "signal": '<signalEventDefinition signalRef="s" />',
    "error": '<errorEventDefinition errorRef="e" />',
    "escalation": '<escalationEventDefinition escalationRef="x" />',
    "compensate": "<compensateEventDefinition />",
    "cancel": "<cancelEventDefinition />",
    "link": '<linkEventDefinition name="l" />',
    "terminate": "<terminateEventDefinition />",
    "multiple": '<messageEventDefinition messageRef="m" /><signalEventDefinition signalRef="s" />',
}
BEGIN, END, STEP = '<startEvent id="a" />', '<endEvent id="z" />', '<transaction id="t">{}</transaction>'
INNER = '<startEvent id="i" /><endEvent id="j">{}</endEvent><sequenceFlow id="g" sourceRef="i" targetRef="j" />'
UNDOES = '<task id="u" isForCompensation="true" /><association id="w" sourceRef="b" targetRef="u" />'


def flows(*ends: str) -> str:
    """Flows between nodes of one letter: `at` leads from a to t."""
    return "".join(f'<sequenceFlow id="f{ends}" sourceRef="{ends[0]}" targetRef="{ends[1]}" />' for ends in ends)


def sub_process(attributes: str, start: str) -> str:
    """A sub-process `t` that begins with `start`, whose id is i."""
    return f'<subProcess id="t"{attributes}>{start}<endEvent id="j" />{flows("ij")}</subProcess>'


def drawn(place: str, kind: str) -> bytes:
    """A process with one event of a kind at a place, and nothing else worth a finding."""
    event = KINDS[kind]
    plain = BEGIN + STEP.format(INNER.format("")) + END + flows("at", "tz")
    if place == "start":
        body = f'<startEvent id="a">{event}</startEvent><task id="t" />{END}{flows("at", "tz")}'
    elif place == "start of sub-process":
        body = BEGIN + sub_process("", f'<startEvent id="i">{event}</startEvent>') + END + flows("at", "tz")
    elif place in ("start of event sub-process", "not interrupting"):
        mark = ' isInterrupting="false"' if place == "not interrupting" else ""
        inner = sub_process(' triggeredByEvent="true"', f'<startEvent id="i"{mark}>{event}</startEvent>')
        body = f'{BEGIN}<task id="k" />{END}{inner}{flows("ak", "kz")}'
    elif place in ("catch", "throw") and kind == "link":
        ends = f'<intermediateThrowEvent id="c">{event}</intermediateThrowEvent>'
        ends += f'<intermediateCatchEvent id="d">{event}</intermediateCatchEvent>'
        body = BEGIN + ends + END + flows("ac", "dz")
    elif place in ("catch", "throw"):
        tag = f"intermediate{place.title()}Event"
        body = f'{BEGIN}<{tag} id="t">{event}</{tag}>{END}{flows("at", "tz")}'
    elif place.startswith("boundary"):
        mark = ' cancelActivity="false"' if place.endswith("not interrupting") else ""
        boundary = f'<boundaryEvent id="b" attachedToRef="t"{mark}>{event}</boundaryEvent>'
        body = plain + boundary + (UNDOES if kind == "compensate" else flows("bz"))
    elif kind == "cancel":
        body = BEGIN + STEP.format(INNER.format(event)) + END + flows("at", "tz")
    else:
        body = f'{BEGIN}<task id="t" /><endEvent id="z">{event}</endEvent>{flows("at", "tz")}'
    return f"{HEAD}{body}</process></definitions>".encode()


def fate(xml: bytes) -> str:
    """What becomes of a drawing, apart from the incoming and outgoing it leaves out."""
    severities = {each.severity for each in check_file(xml) if "incoming or outgoing" not in each.message_en}
    return "refused" if "error" in severities else "mended" if "repaired" in severities else "runs"


def cells() -> list[tuple[str, str, str]]:
    """The cells of the table of events: kind, place, what the page says."""
    rows = [row for row in ROWS if len(row) == 10]
    return [(row[0], place, said) for row in rows[1:] for place, said in zip(rows[0][1:], row[1:], strict=True)]


@pytest.mark.parametrize(("kind", "place", "said"), cells())
def test_an_event_may_stand_where_the_page_says(kind: str, place: str, said: str) -> None:
    assert fate(drawn(place, kind)) == said, [each.message_en for each in check_file(drawn(place, kind))]
    if said != "refused":
        assert compile_definition(read_definition(drawn(place, kind))).start_events("p")


@pytest.mark.parametrize("row", CLAIMS, ids=lambda row: row[0])
def test_a_drawing_is_refused_or_mended_as_its_column_says(row: list[str]) -> None:
    for column, severity in ((2, "error"), (3, "repaired")):
        for name in NAMED.findall(row[column]):
            if name.startswith(("error_", "repair_", "standard_")):
                findings = check_file((DRAWINGS / f"{name}.bpmn").read_bytes())
                assert severity in {each.severity for each in findings}, name
                assert severity == "error" or "error" not in {each.severity for each in findings}, name


@pytest.mark.parametrize("row", CLAIMS, ids=lambda row: row[0])
def test_what_shows_it_is_there(row: list[str]) -> None:
    named = NAMED.findall(row[4])
    assert named
    for name in named:
        file, colons, test = name.partition("::")
        if colons:
            assert any(f"def {test}(" in path.read_text() for path in (ROOT / "tests").rglob(file)), name


@pytest.mark.skipif(not (MODELS / "MANIFEST.json").exists(), reason="the models are not beside this checkout")
def test_the_models_named_are_among_those_that_pass() -> None:
    known = {model["id"] for model in json.loads((MODELS / "MANIFEST.json").read_text())["models"]}
    named = {name for row in CLAIMS for name in NAMED.findall(row[4]) if "::" not in name}
    assert named <= known - {model for model, _ in NOT_MET}


def rows_between(mark: str) -> list[list[str]]:
    """The rows of the table between two marks of the page, without its head."""
    part = PAGE.split(f"<!-- {mark} -->")[1].split(f"<!-- end of {mark} -->")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines()[3:]]


def test_the_page_says_of_every_part_of_other_engines_what_becomes_of_it() -> None:
    said: dict[str, set[str]] = {"refused": set(), "said": set(), "no effect": set()}
    for fate, parts, _ in rows_between("not taken over"):
        said[fate] |= set(NAMED.findall(parts))
    known = {fate: {name for kind in vendors.KINDS for name in kind.names if kind.severity == severity}
             for fate, severity in (("refused", "error"), ("said", "advice"))}  # fmt: skip
    assert said == known | {"no effect": set(vendors.HARMLESS.names)}


@pytest.mark.parametrize("row", rows_between("taken over"), ids=lambda row: row[0])
def test_what_the_page_says_is_taken_over_is(row: list[str]) -> None:
    xml = (DRAWINGS / f"{NAMED.findall(row[1])[0]}.bpmn").read_text()
    left = " ".join(each.message for each in check_file(xml.encode()) if each.severity != "repaired")
    for name in NAMED.findall(row[0]):
        assert re.search(rf"\w:{name}\b", xml), name
        assert not re.search(rf"\w:{name}\b", left), left
