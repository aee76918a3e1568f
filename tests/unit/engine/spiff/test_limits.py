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
    assert {failure.kind for failure in case.failures} == {"loop"}
    case.do(lambda: case.case.terminate(case.moment))
    assert case.ended
    assert len(case.rows) == 1


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
