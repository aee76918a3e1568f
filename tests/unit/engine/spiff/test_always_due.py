"""A timer that is due as soon as it is armed, and again and again, becomes an incident that names it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.unit.engine.spiff.courses import START, boundary, catch, each_of, script, split, sub, timer, users

IN = '<startEvent id="is"/>'
NOTHING = timer("PT0S")
PAST = timer("2020-01-01", "timeDate")
COUNT = script("k", "n = n + 1")
ROUND = "s -> m\n m -> k\n k -> w\n w -> m"
SPINNING = {
    "no length": (catch("w", NOTHING) + COUNT, ROUND),
    "a negative length": (catch("w", timer("-P1D")) + COUNT, ROUND),
    "a day long past": (catch("w", PAST) + COUNT, ROUND),
    "an expression for now": (catch("w", timer("now()")) + COUNT, ROUND),
    "in a sub-process": (sub("c", IN + catch("w", NOTHING) + COUNT, "is -> k\n k -> w"), "s -> m\n m -> c\n c -> m"),
    "two in turn": (catch("w", NOTHING) + COUNT + catch("w2", PAST), "s -> m\n m -> k\n k -> w\n w -> w2\n w2 -> m"),
    "at a boundary": (users("u") + boundary("w", "u", NOTHING) + COUNT, "s -> m\n m -> u\n w -> k\n k -> m\n u -> k"),
}


@pytest.mark.parametrize("name", SPINNING)
def test_it_is_an_incident_soon_and_a_retry_goes_on(play: Any, name: str) -> None:
    nodes, lines = SPINNING[name]
    case = play(START + '<exclusiveGateway id="m"/>' + nodes, lines, {"n": 0})
    case.advance(hours=1)
    (failure,) = case.failures
    assert failure.kind == "loop"
    assert "hẹn giờ “w" in failure.message
    first = case.completed.count("k")
    assert 40 < first <= 101
    assert case.next_due() is None
    case.retry(failure.element_id)
    case.advance(hours=1)
    assert len(case.failures) == 2
    assert first + 40 < case.completed.count("k") <= 202


def test_it_stops_alone_and_the_branches_beside_it_go_on(play: Any) -> None:
    nodes = START + split("g") + '<exclusiveGateway id="m"/>' + catch("w", NOTHING) + COUNT + users("a", "b")
    case = play(nodes, "s -> g\n g -> m\n m -> k\n k -> w\n w -> m\n g -> a\n a -> b", {"n": 0})
    case.advance(hours=1)
    assert len(case.failures) == 1
    case.complete("a")
    assert case.open == ["b"]


def test_with_a_job_in_between_it_is_found_all_the_same(play: Any) -> None:
    nodes = START + '<exclusiveGateway id="m"/>' + catch("w", NOTHING) + '<serviceTask id="k" bangiao:topic="t"/>'
    case = play(nodes, "s -> m\n m -> k\n k -> w\n w -> m")
    turns = 0
    while not case.failures:
        case.finish("k")
        case.advance()
        turns += 1
    assert turns <= 102


def test_a_person_in_between_may_go_round_as_often_as_they_like(play: Any) -> None:
    nodes = START + '<exclusiveGateway id="m"/>' + catch("w", NOTHING) + users("u")
    case = play(nodes, "s -> m\n m -> u\n u -> w\n w -> m")
    for _ in range(150):
        case.complete("u")
        case.advance()
    assert case.failures == []


def test_many_that_are_overdue_side_by_side_are_no_circle(starter: Any) -> None:
    inside = IN + catch("w", PAST) + catch("w2", PAST)
    nodes = START + sub("c", inside, "is -> w\n w -> w2", marker=each_of("units")) + users("z")
    case = starter(nodes, "s -> c\n c -> z", {"units": list(range(150))}, saved=False)
    case.advance()
    assert (case.failures, case.open) == ([], ["z"])


def test_a_cycle_catches_up_with_all_its_turns(play: Any) -> None:
    nodes = START + users("u") + boundary("w", "u", timer("R/PT1H", "timeCycle"), interrupting=False) + COUNT
    case = play(nodes, "s -> u\n w -> k", {"n": 0})
    case.now += timedelta(days=12)
    while (due := case.next_due()).due_at <= case.now:
        case.do(lambda due=due: case.case.fire(due.token_id, case.moment))
    assert case.completed.count("k") == 12 * 24
    assert case.failures == []
