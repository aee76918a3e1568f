"""A case on another version of its definition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from domain.errors import Conflict
from engine.spiff.case import Case

START = '<startEvent id="s"/>'
TIMER = "<timerEventDefinition><timeDuration>{}</timeDuration></timerEventDefinition>"


def boundary(name: str, host: str, span: str) -> str:
    return f'<boundaryEvent id="{name}" attachedToRef="{host}">{TIMER.format(span)}</boundaryEvent>'


def put_on(case: Any, starter: Any, nodes: str, lines: str, elements: Mapping[str, str] | None = None) -> None:
    """Migrate and take what became of it."""
    model = starter.model_of(nodes, lines)
    migrated = case.case.migrated(model, case.moment, elements=elements or {})
    case.case, case.model = migrated, model
    case.take()


def test_boundary_events_are_armed_and_cancelled_as_the_new_version_has_them(play: Any, starter: Any) -> None:
    common = START + '<userTask id="a"/><userTask id="b"/>'
    case = play(common + boundary("old", "a", "P1D"), "s -> a\n old -> b", {"x": 1})
    put_on(case, starter, common + boundary("new", "a", "P2D"), "s -> a\n new -> b")
    assert [(wait.element_id, wait.kind) for wait in case.waits.values()] == [("a", "user_task"), ("new", "timer")]
    case.advance(days=2)
    assert (case.open, case.variables()) == (["b"], {"x": 1})


def test_a_token_goes_on_at_the_element_named_for_it(play: Any, starter: Any) -> None:
    case = play(START + '<userTask id="a"/>', "s -> a")
    put_on(case, starter, START + '<userTask id="draft"/><userTask id="check"/>', "s -> draft\n draft -> check",
           {"a": "draft"})  # fmt: skip
    token_id = next(iter(case.waits.values())).token_id
    case.do(lambda: case.case.complete(token_id, {}, case.moment))
    assert case.open == ["check"]


def test_a_case_without_a_place_in_the_new_version_is_refused(play: Any, starter: Any) -> None:
    case = play(START + '<userTask id="a"/>', "s -> a")
    for nodes in (START + '<userTask id="b"/>', START + '<serviceTask id="a"/>'):
        with pytest.raises(Conflict):
            case.case.migrated(starter.model_of(nodes, "s -> b"), case.moment)
    case.complete("a")
    assert case.ended


def test_no_event_sub_process_is_armed_where_one_has_interrupted(play: Any, starter: Any) -> None:
    def handler(name: str, span: str) -> str:
        start = f'<startEvent id="{name}_s">{TIMER.format(span)}</startEvent>'
        inside = f'{start}<userTask id="{name}_t"/><flows>{name}_s -> {name}_t</flows>'
        return f'<subProcess id="{name}" triggeredByEvent="true">{inside}</subProcess>'

    nodes = START + '<userTask id="a"/>' + handler("first", "P1D")
    case = play(nodes, "s -> a")
    case.advance(days=1)
    put_on(case, starter, nodes + handler("second", "P2D"), "s -> a")
    case.advance(days=5)
    assert case.open == ["first_t"]
    case.complete("first_t")
    assert case.ended


def test_runs_of_several_and_scopes_are_kept(play: Any, starter: Any) -> None:
    marker = '<multiInstanceLoopCharacteristics bangiao:collection="units" bangiao:elementVariable="unit"/>'
    inside = f'{marker}<startEvent id="is"/><userTask id="a"/><flows>is -> a</flows>'
    nodes = START + f'<subProcess id="m">{inside}</subProcess>'
    case = play(nodes, "s -> m", {"units": [1, 2]})
    case.complete("a")
    after = START + f'<subProcess id="m">{inside}</subProcess><userTask id="z"/>'
    put_on(case, starter, after, "s -> m\n m -> z")
    case.complete("a")
    assert case.open == ["z"]
    assert isinstance(case.case, Case)


SPLIT = (
    START + '<parallelGateway id="g"/><userTask id="a"/><userTask id="b"/><parallelGateway id="j"/><userTask id="z"/>'
)
BRANCHES = "s -> g\n g -> a\n g -> b\n j -> z\n"
BY_ID = BRANCHES + " a -> j\n b -> j"


def into_join(**sources: str) -> str:
    """Flows into the join by their ids."""
    return "".join(f'<sequenceFlow id="{id}" sourceRef="{source}" targetRef="j"/>' for id, source in sources.items())


def waiting_at_join(play: Any, nodes: str = SPLIT, lines: str = BY_ID) -> Any:
    """A case whose branch a waits at the join for b."""
    case = play(nodes, lines)
    case.complete("a")
    assert case.open == ["b"]
    return case


@pytest.mark.parametrize(
    ("nodes", "lines"),
    [
        (SPLIT + into_join(f1="a", f2="b"), BRANCHES),
        (SPLIT + '<task id="x"/>' + into_join(f1="x", f2="b"), BRANCHES + " a -> x"),
        (SPLIT + '<task id="x"/>' + into_join(a_j="x", f2="b"), BRANCHES + " a -> x"),
        (SPLIT + '<task id="x"/><task id="y"/>' + into_join(a_j="x", f2="y"), BRANCHES + " a -> x\n b -> y"),
    ],
    ids=["other flow ids", "a step before the join", "the same id from another step", "a step on each branch"],
)
def test_a_token_at_a_join_waits_on_the_flow_of_the_new_version(
    play: Any, starter: Any, nodes: str, lines: str
) -> None:
    case = waiting_at_join(play)
    put_on(case, starter, nodes, lines)
    case.complete("b")
    assert case.open == ["z"]


@pytest.mark.parametrize(
    ("nodes", "lines"),
    [
        (SPLIT + '<userTask id="c"/>', BY_ID + "\n g -> c\n c -> j"),
        (SPLIT + '<endEvent id="e"/><task id="x"/>', BRANCHES + " a -> e\n b -> j\n b -> x\n x -> j"),
        (SPLIT + '<task id="x"/><task id="y"/>', BRANCHES + " a -> x\n a -> y\n x -> j\n y -> j\n b -> j"),
    ],
    ids=["a branch it never began", "its branch is gone", "its branch leads there on two ways"],
)
def test_a_join_that_would_wait_for_ever_is_refused(play: Any, starter: Any, nodes: str, lines: str) -> None:
    case = waiting_at_join(play)
    with pytest.raises(Conflict):
        case.case.migrated(starter.model_of(nodes, lines), case.moment)
    case.complete("b")
    assert case.open == ["z"]


def test_a_join_goes_on_when_the_branch_it_waited_for_is_gone(play: Any, starter: Any) -> None:
    case = waiting_at_join(play)
    put_on(case, starter, SPLIT, BRANCHES + " a -> j")
    assert case.open == ["b", "z"]


def test_a_new_join_around_where_the_case_stands_is_refused(play: Any, starter: Any) -> None:
    case = play(START + '<userTask id="a"/><userTask id="z"/>', "s -> a\n a -> z")
    with pytest.raises(Conflict):
        case.case.migrated(starter.model_of(SPLIT, BY_ID), case.moment)
    case.complete("a")
    put_on(case, starter, SPLIT, BY_ID)
    assert case.open == ["z"]


def test_a_branch_added_before_the_case_gets_there_is_fine(play: Any, starter: Any) -> None:
    first = START + '<userTask id="f"/>'
    case = play(first, "s -> f")
    put_on(case, starter, first + SPLIT.removeprefix(START), "s -> f\n f -> g\n" + BY_ID.removeprefix("s -> g\n"))
    case.complete("f")
    case.complete("b")
    case.complete("a")
    assert case.open == ["z"]


def test_a_round_of_a_complex_gateway_goes_on_in_the_new_version(play: Any, starter: Any) -> None:
    nodes = SPLIT.replace(
        '<parallelGateway id="j"/>',
        '<complexGateway id="j"><activationCondition>activationCount > 0</activationCondition></complexGateway>',
    )
    case = play(nodes, BY_ID)
    case.complete("a")
    assert case.open == ["b", "z"]
    put_on(case, starter, nodes + into_join(f1="a", f2="b"), BRANCHES)
    case.complete("b")
    case.complete("z")
    assert case.ended


def test_a_timer_that_has_come_for_the_last_time_is_not_armed_again(play: Any, starter: Any) -> None:
    beside = f'<boundaryEvent id="t" attachedToRef="a" cancelActivity="false">{TIMER.format("P1D")}</boundaryEvent>'
    inside = f'<startEvent id="es" isInterrupting="false">{TIMER.format("P1D")}</startEvent><userTask id="h"/>'
    event = f'<subProcess id="ev" triggeredByEvent="true">{inside}<flows>es -> h</flows></subProcess>'
    nodes = START + '<userTask id="a"/><userTask id="k"/>' + beside + event
    case = play(nodes, "s -> a\n t -> k")
    case.advance(days=1)
    assert case.open == ["a", "h", "k"]
    put_on(case, starter, nodes + '<userTask id="z"/>', "s -> a\n t -> k\n a -> z")
    case.complete("h")
    case.advance(days=9)
    assert case.open == ["a", "k"]
