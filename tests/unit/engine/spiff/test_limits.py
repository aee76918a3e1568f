"""What a drawing can do to the server: it stops, stands in error, and can be cancelled."""

from __future__ import annotations

from typing import Any

import pytest

from domain.errors import DefinitionInvalid

START = '<startEvent id="s"/>'


def test_a_process_that_calls_itself_stops(starter: Any) -> None:
    case = starter(START + '<callActivity id="again" calledElement="p"/>', "s -> again", saved=False)
    assert [failure.kind for failure in case.failures] == ["expression"]
    case.do(lambda: case.case.terminate(case.moment))
    assert case.ended


def test_tokens_that_double_each_turn_stop(starter: Any) -> None:
    nodes = START + '<exclusiveGateway id="m"/><parallelGateway id="g"/>'
    case = starter(nodes + '<task id="t"/>', "s -> m\n m -> g\n g -> m\n g -> t\n t -> m", saved=False)
    (failure,) = case.failures
    assert failure.kind == "loop"
    assert all(f"“{name}”" in failure.message for name in ("m", "g", "t"))
    case.do(lambda: case.case.terminate(case.moment))
    assert case.ended
    assert len(case.rows) == 1


DOUBLING = (
    START
    + '<exclusiveGateway id="m"/><exclusiveGateway id="x" default="x_g"/><parallelGateway id="g"/><userTask id="u"/>'
    + '<task id="t"/><endEvent id="e"/>'
)
TWICE = "s -> m\n m -> x\n x -> e : enough\n x -> g\n g -> m\n g -> t\n t -> m"


def test_what_was_stopped_together_goes_on_together_once_it_is_mended(starter: Any) -> None:
    case = starter(DOUBLING, TWICE, {"enough": False}, saved=True)
    (failure,) = case.failures
    standing = len(case.rows)
    assert standing > 1_000
    case.do(lambda: case.case.set_variables(failure.token_id, {"enough": True}, case.moment))
    retries = 0
    while not case.ended:
        case.retry(case.failures[-1].element_id)
        retries += 1
    assert retries <= 5
    assert len(case.failures) == retries


def test_retrying_without_mending_is_one_more_failure(starter: Any) -> None:
    case = starter(DOUBLING, TWICE, {"enough": False}, saved=False)
    case.retry(case.failures[0].element_id)
    assert len(case.failures) == 2


def test_when_the_step_that_stands_for_others_is_taken_away_another_does(starter: Any) -> None:
    case = starter(DOUBLING.replace("t -> m", ""), TWICE, {"enough": False}, saved=True)
    (failure,) = case.failures
    case.do(lambda: case.case.move(failure.token_id, "u", case.moment))
    assert case.open == ["u"]
    first, second = case.failures
    assert (second.kind, second.token_id != first.token_id) == ("loop", True)
    case.do(lambda: case.case.set_variables(second.token_id, {"enough": True}, case.moment))
    while len(case.rows) > 2:
        case.retry(case.failures[-1].element_id)
    case.complete("u")
    assert case.ended


BIG = {"big": ["a" * 100_000] * 8}  # 800,000 letters


def test_runs_that_collect_too_much_stop_where_they_do(play: Any) -> None:
    collects = 'bangiao:outputCollection="all" bangiao:outputElement="big"'
    marker = f"<multiInstanceLoopCharacteristics {collects}><loopCardinality>1999</loopCardinality>"
    nodes = START + f'<scriptTask id="w"><script>x = 1</script>{marker}</multiInstanceLoopCharacteristics></scriptTask>'
    case = play(nodes + '<userTask id="z"/>', "s -> w\n w -> z", BIG)
    (failure,) = case.failures
    assert (failure.element_id, failure.kind) == ("w", "loop")
    assert "quá lớn" in failure.message
    case.do(lambda: case.case.set_variables(failure.token_id, {"big": ""}, case.moment))
    while case.open != ["z"]:
        case.retry("w")
    assert len(case.failures) < 10
    assert len(case.variables()["all"]) == 1_999


def test_what_is_remembered_to_be_undone_may_not_grow_without_end(starter: Any) -> None:
    undone = (
        '<boundaryEvent id="b" attachedToRef="t"><compensateEventDefinition/></boundaryEvent>'
        '<association id="w" sourceRef="b" targetRef="tu"/><task id="tu" isForCompensation="true"/>'
    )
    nodes = START + '<userTask id="u"/><exclusiveGateway id="m"/><task id="t"/><task id="t2"/>' + undone
    case = starter(nodes, "s -> u\n u -> m\n m -> t\n t -> t2\n t2 -> m", saved=False)
    case.complete("u", BIG)
    (failure,) = case.failures
    assert failure.kind == "loop"
    assert "quá lớn" in failure.message
    assert case.completed.count("t") < 500


def test_what_fails_and_is_cancelled_in_one_command_is_no_failure(play: Any) -> None:
    nodes = (
        START
        + '<parallelGateway id="g"/><scriptTask id="a"><script>x = 1 / 0</script></scriptTask>'
        + '<task id="b"/><endEvent id="e"><terminateEventDefinition/></endEvent>'
    )
    case = play(nodes, "s -> g\n g -> a\n g -> b\n b -> e")
    assert case.ended
    assert case.failures == []


def test_too_many_runs_are_an_incident(play: Any) -> None:
    marker = "<multiInstanceLoopCharacteristics><loopCardinality>9999999999</loopCardinality>"
    case = play(START + f'<userTask id="m">{marker}</multiInstanceLoopCharacteristics></userTask>', "s -> m")
    assert [failure.kind for failure in case.failures] == ["expression"]


def test_too_many_tokens_a_step_are_refused(play: Any) -> None:
    with pytest.raises(DefinitionInvalid):
        play(START + '<task id="t" completionQuantity="100000000"/>', "s -> t")


def test_a_script_that_grows_its_variable_stands_in_error(play: Any) -> None:
    nodes = START + '<exclusiveGateway id="m"/><scriptTask id="t"><script>x = [x, x]</script></scriptTask>'
    case = play(nodes, "s -> m\n m -> t\n t -> m", {"x": [1]})
    assert [failure.kind for failure in case.failures] == ["expression"]


def test_a_loop_of_heavy_scripts_stops_long_before_its_steps(starter: Any) -> None:
    script = "\n".join(f"a{number % 9} = [1, 2, 3, 4, 5, 6, 7, 8, 9]" for number in range(55))
    nodes = START + f'<exclusiveGateway id="m"/><scriptTask id="t"><script>{script}</script></scriptTask>'
    case = starter(nodes, "s -> m\n m -> t\n t -> m", saved=False)
    assert [(failure.element_id, failure.kind) for failure in case.failures] == [("t", "loop")]
    assert case.completed.count("t") < 2_000


def test_hundreds_of_branches_join(starter: Any) -> None:
    marker = '<multiInstanceLoopCharacteristics bangiao:collection="units" bangiao:elementVariable="unit"/>'
    nodes = START + f'<userTask id="m">{marker}</userTask><userTask id="z"/>'
    case = starter(nodes, "s -> m\n m -> z", {"units": list(range(300))}, saved=False)
    assert len(case.open) == 300
    for _ in range(300):
        case.complete("m", {"n": 1})
    assert case.open == ["z"]
    assert len(case.rows) == 2
