"""Tasks, repetition, sub-processes."""

from __future__ import annotations

from typing import Any

import pytest

from domain.errors import Conflict, Invalid, TaskAlreadyCompleted

START = '<startEvent id="s"/>'


def multiple(kind: str, facts: str, inside: str = "", attributes: str = "") -> str:
    """A multi-instance activity `m`."""
    marker = f"<multiInstanceLoopCharacteristics {facts}</multiInstanceLoopCharacteristics>"
    return f'<{kind} id="m" {attributes}>{marker}{inside}</{kind}>'


def test_a_user_task_offers_its_attributes_evaluated(play: Any) -> None:
    task = '<userTask id="a" name="Soạn" bangiao:role="official" bangiao:unit="lead" bangiao:dueDate="due"'
    task += ' bangiao:priority="1 + 1" bangiao:purpose="draft"/>'
    case = play(START + task, "s -> a", {"lead": "u1", "due": "2026-03-31"})
    wait = case.wait("a")
    assert (wait.name, wait.due_at) == ("Soạn", None)
    assert wait.attributes == {
        "role": "official", "unit": "u1", "due_date": "2026-03-31", "priority": 2, "purpose": "draft",
    }  # fmt: skip


def test_a_completed_task_cannot_be_completed_again(play: Any) -> None:
    case = play(START + '<userTask id="a"/><userTask id="b"/>', "s -> a\n a -> b")
    token_id = case.wait("a").token_id
    case.complete("a")
    with pytest.raises(TaskAlreadyCompleted):
        case.case.complete(token_id, {}, case.moment)


def test_values_that_are_no_variables_are_refused_before_anything_changes(play: Any) -> None:
    case = play(START + '<userTask id="a"/>', "s -> a")
    with pytest.raises(Invalid):
        case.complete("a", {"x": object()})
    assert case.open == ["a"]


def test_a_result_takes_the_whole_form(play: Any) -> None:
    case = play(START + '<userTask id="a" bangiao:result="answer"/><userTask id="b"/>', "s -> a\n a -> b")
    case.complete("a", {"text": "x", "agrees": True})
    assert case.variables() == {"answer": {"text": "x", "agrees": True}}


def test_a_failing_attribute_is_an_incident_of_its_own_token(play: Any) -> None:
    nodes = START + '<parallelGateway id="g"/><userTask id="a" bangiao:unit="nobody"/><userTask id="b"/>'
    case = play(nodes, "s -> g\n g -> a\n g -> b")
    assert case.open == ["b"]
    assert [(failure.element_id, failure.kind) for failure in case.failures] == [("a", "expression")]
    case.complete("b")
    assert not case.ended


def test_a_job_is_finished_or_raises_a_business_error(play: Any) -> None:
    nodes = (
        START + '<serviceTask id="job" bangiao:topic="letter" bangiao:payload=\'{"to": who}\' bangiao:result="sent"/>'
    )
    nodes += '<boundaryEvent id="bounced" attachedToRef="job"><errorEventDefinition errorRef="e"/></boundaryEvent>'
    nodes += '<userTask id="a"/><userTask id="b"/>'
    shared = '<error id="e" errorCode="BOUNCED"/>'
    lines = "s -> job\n job -> a\n bounced -> b"
    case = play(nodes, lines, {"who": "u1"}, shared=shared)
    wait = case.wait("job", "job")
    assert (wait.attributes["topic"], wait.attributes["payload"]) == ("letter", {"to": "u1"})
    case.finish("job", {"number": 7})
    assert (case.open, case.variables()["sent"]) == (["a"], {"number": 7})
    with pytest.raises(Conflict):
        case.case.finish_job(wait.token_id, {}, case.moment)
    other = play(nodes, lines, {"who": "u1"}, shared=shared)
    token_id = other.wait("job", "job").token_id
    assert other.do(lambda: other.case.fail_job(token_id, "OTHER", other.moment)) is False
    assert other.do(lambda: other.case.fail_job(token_id, "BOUNCED", other.moment)) is True
    assert (other.open, other.cancelled) == (["b"], ["job"])


def test_a_script_raises_errors_and_sets_variables(play: Any) -> None:
    nodes = START + "<scriptTask id='t'><script>total = sum(parts)\nif total > 5:\n  raise Exception('BIG')</script>"
    nodes += "</scriptTask><boundaryEvent id='big' attachedToRef='t'><errorEventDefinition/></boundaryEvent>"
    nodes += '<userTask id="a"/><userTask id="b"/>'
    lines = "s -> t\n t -> a\n big -> b"
    small = play(nodes, lines, {"parts": [1, 2]})
    assert (small.open, small.variables()["total"]) == (["a"], 3)
    assert play(nodes, lines, {"parts": [4, 2]}).open == ["b"]


def test_parallel_multi_instance_opens_one_task_an_item_and_collects_in_order(play: Any) -> None:
    facts = 'bangiao:collection="units" bangiao:elementVariable="unit" bangiao:outputCollection="answers"'
    facts += ' bangiao:outputElement="text">'
    case = play(START + multiple("userTask", facts, attributes='bangiao:unit="unit"') + '<userTask id="z"/>',
                "s -> m\n m -> z", {"units": ["a", "b", "c"]})  # fmt: skip
    assert [case.wait("m", number=n).attributes["unit"] for n in range(3)] == ["a", "b", "c"]
    case.complete("m", {"text": "third"}, number=2)
    case.complete("m", {"text": "first"}, number=0)
    assert case.open == ["m"]
    case.complete("m", {"text": "second"})
    assert case.open == ["z"]
    assert case.variables()["answers"] == ["first", "second", "third"]
    assert "unit" not in case.variables()
    assert case.completed.count("m") == 3


def test_sequential_multi_instance_runs_one_after_the_other(play: Any) -> None:
    facts = 'isSequential="true" bangiao:collection="units" bangiao:elementVariable="unit">'
    case = play(START + multiple("userTask", facts), "s -> m", {"units": ["a", "b"], "seen": []})
    assert case.wait("m").variables["unit"] == "a"
    case.complete("m", {"seen": ["a"]})
    assert case.wait("m").variables == {"units": ["a", "b"], "seen": ["a"], "unit": "b", "loopCounter": 1}
    case.complete("m", {"seen": ["a", "b"]})
    assert case.ended
    assert case.variables() == {"units": ["a", "b"], "seen": ["a", "b"]}


def test_multi_instance_ends_early_when_its_condition_holds(play: Any) -> None:
    inside = "<completionCondition>nrOfCompletedInstances &gt;= 2</completionCondition>"
    facts = f'bangiao:collection="units" bangiao:elementVariable="unit">{inside}'
    case = play(START + multiple("userTask", facts) + '<userTask id="z"/>', "s -> m\n m -> z", {"units": [1, 2, 3]})
    case.complete("m")
    case.complete("m")
    assert case.open == ["z"]
    assert case.cancelled == ["m"]


def test_nothing_to_repeat_over_passes_at_once(play: Any) -> None:
    facts = 'bangiao:collection="units" bangiao:elementVariable="unit" bangiao:outputCollection="out">'
    case = play(START + multiple("userTask", facts) + '<userTask id="z"/>', "s -> m\n m -> z", {"units": []})
    assert case.open == ["z"]
    assert case.variables() == {"units": [], "out": []}


def test_a_collection_that_is_no_list_is_an_incident(play: Any) -> None:
    facts = 'bangiao:collection="units" bangiao:elementVariable="unit">'
    case = play(START + multiple("userTask", facts), "s -> m", {"units": "abc"})
    assert [failure.kind for failure in case.failures] == ["expression"]


def test_multi_instance_sub_processes_keep_their_own_scope(play: Any) -> None:
    inside = '<startEvent id="is"/><userTask id="ask"/><exclusiveGateway id="ig" default="ig_ie"/><endEvent id="ie"/>'
    inside += "<flows>is -> ask\n ask -> ig\n ig -> ask : again\n ig -> ie</flows>"
    facts = 'bangiao:collection="units" bangiao:elementVariable="unit" bangiao:outputCollection="answers"'
    facts += ' bangiao:outputElement="text">'
    case = play(START + multiple("subProcess", facts, inside) + '<userTask id="z"/>', "s -> m\n m -> z",
                {"units": ["a", "b"]})  # fmt: skip
    assert case.open == ["ask", "ask"]
    case.complete("ask", {"again": True})
    case.complete("ask", {"again": False, "text": "b"})
    case.complete("ask", {"again": False, "text": "a"})
    assert case.open == ["z"]
    assert case.variables()["answers"] == ["a", "b"]
    assert {step.scope for step in case.steps if step.element_id == "ask"} == {"m"}


def test_a_standard_loop_tests_after_or_before(play: Any) -> None:
    def loop(facts: str) -> str:
        marker = (
            f"<standardLoopCharacteristics {facts}<loopCondition>n &lt; 3</loopCondition></standardLoopCharacteristics>"
        )
        return START + f'<scriptTask id="t">{marker}<script>n = n + 1</script></scriptTask>'

    assert play(loop(">"), "s -> t", {"n": 0}).variables() == {"n": 3}
    assert play(loop(">"), "s -> t", {"n": 9}).variables() == {"n": 10}
    assert play(loop('testBefore="true">'), "s -> t", {"n": 9}).variables() == {"n": 9}
    assert play(loop('loopMaximum="2">'), "s -> t", {"n": 0}).variables() == {"n": 2}


def test_a_sub_process_gives_back_what_it_changed(play: Any) -> None:
    inside = '<startEvent id="is"/><userTask id="a"/><flows>is -> a</flows>'
    case = play(
        START + f'<subProcess id="sub">{inside}</subProcess><userTask id="z"/>', "s -> sub\n sub -> z", {"x": 1}
    )
    case.complete("a", {"x": 2, "y": 3})
    assert case.wait("z").variables == {"x": 2, "y": 3}
    assert [step.element_id for step in case.steps if step.scope == "sub" and step.state == "completed"] == ["is", "a"]


def test_a_call_activity_runs_the_other_process_inside(play: Any) -> None:
    shared = f'<process id="q"><startEvent id="qs"/><userTask id="b"/>{"<flows>qs -> b</flows>"}</process>'
    case = play(START + '<callActivity id="call" calledElement="q"/><userTask id="z"/>', "s -> call\n call -> z",
                shared=shared)  # fmt: skip
    case.complete("b", {"done": True})
    assert case.open == ["z"]
    assert case.variables() == {"done": True}


def test_a_missing_callee_is_an_incident(play: Any) -> None:
    case = play(START + '<callActivity id="call" calledElement="nothing"/>', "s -> call")
    assert [failure.element_id for failure in case.failures] == ["call"]


def test_an_ad_hoc_sub_process_stops_when_its_condition_holds(play: Any) -> None:
    inside = '<userTask id="a"/><userTask id="b"/><completionCondition>enough</completionCondition>'
    nodes = START + f'<adHocSubProcess id="sub">{inside}</adHocSubProcess><userTask id="z"/>'
    case = play(nodes, "s -> sub\n sub -> z", {"enough": False})
    assert case.open == ["a", "b"]
    case.complete("b", {"enough": True})
    assert case.open == ["z"]
    ordered = nodes.replace('id="sub"', 'id="sub" ordering="Sequential"')
    other = play(ordered, "s -> sub\n sub -> z", {"enough": False})
    assert other.open == ["a"]
    other.complete("a")
    assert other.open == ["b"]


def test_token_quantities_are_counted(play: Any) -> None:
    nodes = START + '<task id="t" completionQuantity="2"/><userTask id="a"/><userTask id="z" startQuantity="2"/>'
    case = play(nodes, "s -> t\n t -> a\n a -> z")
    assert case.open == ["a", "a"]
    case.complete("a")
    assert case.open == ["a"]
    case.complete("a")
    assert case.open == ["z"]


def test_an_endless_loop_stands_in_error_instead_of_running_on(play: Any) -> None:
    nodes = START + '<exclusiveGateway id="g"/><scriptTask id="t"><script>n = n + 1</script></scriptTask>'
    case = play(nodes, "s -> g\n g -> t\n t -> g", {"n": 0})
    assert [failure.kind for failure in case.failures] == ["loop"]
    assert not case.ended
