"""What passes between a call activity and what it calls, by data associations and by other engines' mappings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.engine.spiff.conftest import HEAD, Played, model_of_file

DRAWINGS = Path(__file__).parents[3] / "bpmn"
DECLARED = (
    '<ioSpecification><dataInput id="i" name="pages"/><dataOutput id="o" name="fee"/>'
    "<inputSet><dataInputRefs>i</dataInputRefs></inputSet><outputSet><dataOutputRefs>o</dataOutputRefs></outputSet>"
    "</ioSpecification>"
)
FROM_AN_OBJECT = "<dataInputAssociation><sourceRef>d</sourceRef><targetRef>i</targetRef></dataInputAssociation>"
ASSIGNED = (
    "<dataInputAssociation><sourceRef>d</sourceRef><targetRef>i</targetRef><assignment><from>n + 1</from><to>i</to>"
    "</assignment></dataInputAssociation>"
)
TRANSFORMED = (
    "<dataInputAssociation><sourceRef>d</sourceRef><targetRef>i</targetRef><transformation>n * 10</transformation>"
    "</dataInputAssociation>"
)
INTO_AN_OBJECT = "<dataOutputAssociation><sourceRef>o</sourceRef><targetRef>e</targetRef></dataOutputAssociation>"
OBJECTS = (
    '<dataObject id="x" name="n"/><dataObjectReference id="d" dataObjectRef="x"/>'
    '<dataObject id="y" name="total"/><dataObjectReference id="e" dataObjectRef="y"/>'
)
COUNTING = '<scriptTask id="k"><script>fee = pages * 2\nother = 1</script></scriptTask>'


def played(
    call: str, variables: dict[str, Any], *, saved: bool, inside: str = COUNTING, attributes: str = ""
) -> Played:
    """A case in which the step `c` calls a process of one step `k`, then `z` is open."""
    xml = (
        f'{HEAD}<process id="p" isExecutable="true"><startEvent id="s"/>{OBJECTS}'
        f'<callActivity id="c" calledElement="q"{attributes}>{call}</callActivity><userTask id="z"/>'
        '<sequenceFlow id="f" sourceRef="s" targetRef="c"/><sequenceFlow id="g" sourceRef="c" targetRef="z"/></process>'
        f'<process id="q" isExecutable="true"><startEvent id="qs"/>{inside}'
        '<sequenceFlow id="qf" sourceRef="qs" targetRef="k"/></process></definitions>'
    )
    return Played(model_of_file(xml), variables, saved=saved, start_event=None)


@pytest.mark.parametrize("saved", [False, True], ids=["live", "saved"])
@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("", None),
        (DECLARED + FROM_AN_OBJECT + INTO_AN_OBJECT, {"n": 4, "pages": 9, "total": 8}),
        (DECLARED + ASSIGNED + INTO_AN_OBJECT, {"n": 4, "pages": 9, "total": 10}),
        (DECLARED + TRANSFORMED + INTO_AN_OBJECT, {"n": 4, "pages": 9, "total": 80}),
        (DECLARED + FROM_AN_OBJECT, {"n": 4, "pages": 9, "fee": 8, "other": 1}),
        (DECLARED + INTO_AN_OBJECT, {"n": 4, "pages": 9, "total": 18}),
        (FROM_AN_OBJECT + INTO_AN_OBJECT, None),
    ],
    ids=["nothing drawn", "objects", "an assignment", "a transformation", "in alone", "out alone", "an illustration"],
)
def test_what_is_drawn_passes_and_no_more(call: str, expected: dict[str, Any] | None, saved: bool) -> None:
    case = played(call, {"n": 4, "pages": 9}, saved=saved)
    assert case.open == ["z"]
    assert case.variables() == (expected or {"n": 4, "pages": 9, "fee": 18, "other": 1})


@pytest.mark.parametrize("saved", [False, True], ids=["live", "saved"])
def test_what_goes_on_inside_is_not_seen_outside(saved: bool) -> None:
    case = played(DECLARED + FROM_AN_OBJECT + INTO_AN_OBJECT, {"n": 4, "secret": 1}, saved=saved,
                  inside='<userTask id="k"/>')  # fmt: skip
    assert case.case.variables(case.wait("k").token_id) == {"pages": 4}
    case.complete("k", {"fee": 3, "n": 99})
    assert case.variables() == {"n": 4, "secret": 1, "total": 3}


@pytest.mark.parametrize("saved", [False, True], ids=["live", "saved"])
def test_an_error_inside_brings_nothing_out(saved: bool) -> None:
    xml = (
        f'{HEAD}<error id="err" errorCode="E"/><process id="p" isExecutable="true"><startEvent id="s"/>{OBJECTS}'
        f'<callActivity id="c" calledElement="q">{DECLARED}{FROM_AN_OBJECT}{INTO_AN_OBJECT}</callActivity>'
        '<boundaryEvent id="b" attachedToRef="c"><errorEventDefinition errorRef="err"/></boundaryEvent>'
        '<userTask id="z"/><sequenceFlow id="f" sourceRef="s" targetRef="c"/>'
        '<sequenceFlow id="g" sourceRef="b" targetRef="z"/></process>'
        '<process id="q" isExecutable="true"><startEvent id="qs"/><userTask id="k"/>'
        '<endEvent id="stop"><errorEventDefinition errorRef="err"/></endEvent>'
        '<sequenceFlow id="qf" sourceRef="qs" targetRef="k"/><sequenceFlow id="qg" sourceRef="k" targetRef="stop"/>'
        "</process></definitions>"
    )
    case = Played(model_of_file(xml), {"n": 4}, saved=saved, start_event=None)
    case.complete("k", {"fee": 3, "n": 99})
    assert (case.open, case.variables()) == (["z"], {"n": 4})


@pytest.mark.parametrize("saved", [False, True], ids=["live", "saved"])
def test_each_run_of_a_repeated_call_passes_its_own(saved: bool) -> None:
    marker = (
        '<multiInstanceLoopCharacteristics bangiao:collection="rows" bangiao:elementVariable="n" '
        'bangiao:outputCollection="totals" bangiao:outputElement="total"/>'
    )
    case = played(DECLARED + FROM_AN_OBJECT + INTO_AN_OBJECT + marker, {"rows": [1, 2, 3]}, saved=saved)
    assert (case.open, case.failures) == (["z"], [])
    assert case.variables() == {"rows": [1, 2, 3], "totals": [2, 4, 6], "total": 6}


@pytest.mark.parametrize("saved", [False, True], ids=["live", "saved"])
def test_undoing_what_was_called_brings_nothing_out_either(saved: bool) -> None:
    inside = (
        '<userTask id="k"/><boundaryEvent id="u" attachedToRef="k"><compensateEventDefinition/></boundaryEvent>'
        '<scriptTask id="w" isForCompensation="true"><script>undone = fee</script></scriptTask>'
        '<association id="a" sourceRef="u" targetRef="w" associationDirection="One"/>'
    )
    call = DECLARED + FROM_AN_OBJECT + INTO_AN_OBJECT
    xml = (
        f'{HEAD}<process id="p" isExecutable="true"><startEvent id="s"/>{OBJECTS}'
        f'<callActivity id="c" calledElement="q">{call}</callActivity>'
        '<intermediateThrowEvent id="t"><compensateEventDefinition activityRef="c"/></intermediateThrowEvent>'
        '<userTask id="z"/><sequenceFlow id="f" sourceRef="s" targetRef="c"/>'
        '<sequenceFlow id="g" sourceRef="c" targetRef="t"/><sequenceFlow id="h" sourceRef="t" targetRef="z"/></process>'
        f'<process id="q" isExecutable="true"><startEvent id="qs"/>{inside}'
        '<sequenceFlow id="qf" sourceRef="qs" targetRef="k"/></process></definitions>'
    )
    case = Played(model_of_file(xml), {"n": 4}, saved=saved, start_event=None)
    case.complete("k", {"fee": 3})
    assert (case.open, case.failures) == (["z"], [])
    assert (case.variables(), "w" in case.completed) == ({"n": 4, "total": 3}, True)


@pytest.mark.parametrize("saved", [False, True], ids=["live", "saved"])
def test_an_output_that_cannot_be_computed_is_an_incident_and_can_be_retried(saved: bool) -> None:
    output = (
        "<dataOutputAssociation><sourceRef>o</sourceRef><targetRef>e</targetRef><transformation>fee + 1"
        "</transformation></dataOutputAssociation>"
    )
    case = played(DECLARED + FROM_AN_OBJECT + output, {"n": 4}, saved=saved, inside='<userTask id="k"/>')
    case.complete("k", {"other": 1})
    assert [failure.element_id for failure in case.failures] == ["c"]
    case.retry("c")
    assert [failure.element_id for failure in case.failures] == ["c", "c"]


@pytest.mark.parametrize("saved", [False, True], ids=["live", "saved"])
@pytest.mark.parametrize(
    ("name", "left", "expected"),
    [
        ("other_camunda_7", ["sign"], {"size": 4.0, "fee": 24000, "checked": True, "bytes": 4000}),
        ("other_camunda_8", ["sign"], {"size": 4.0, "fee": 24000, "checked": True, "bytes": 4000}),
        ("other_flowable", ["sign"], {"fee": 24000, "checked": True}),
        ("other_spiff", ["sign"], {"fee": 24000}),
    ],
)
def test_a_drawing_for_another_engine_does_the_same_here(
    name: str, left: list[str], expected: dict[str, Any], saved: bool
) -> None:
    given = {"request": {"pages": 12, "copies": [1], "number": "7"}, "pages": 12, "copies": [1], "signBy": "2026-12-01"}
    case = Played(model_of_file((DRAWINGS / f"{name}.bpmn").read_text()), given, saved=saved, start_event=None)
    for job in [wait for wait in case.waits.values() if wait.kind == "job"]:
        assert (job.attributes["topic"], job.attributes["payload"]) == ("scan", {"pages": 12, "mode": "gray"})
        case.finish("scan", {"bytes": 4000})
    assert (case.failures, case.open) == ([], left)
    assert {key: value for key, value in case.variables().items() if key not in given} == expected
    assert case.wait("sign").attributes["role"] == "leader"


def test_a_script_behind_a_step_of_spiffworkflow_runs_when_it_is_done() -> None:
    case = Played(
        model_of_file((DRAWINGS / "other_spiff.bpmn").read_text()), {"pages": 1}, saved=True, start_event=None
    )
    case.complete("sign")
    assert (case.ended, case.variables()["total"], case.completed) == (True, 2500, ["begin", "sign", "done"])
