"""What a person can do to a case that is stuck: set variables, retry, move, terminate."""

from __future__ import annotations

from typing import Any

import pytest

from domain.errors import Conflict, NotFound

START = '<startEvent id="s"/>'


def token_of(case: Any, element: str) -> Any:
    return next(failure.token_id for failure in case.failures if failure.element_id == element)


def test_a_failed_start_goes_on_after_its_variable_is_set(play: Any) -> None:
    nodes = START + '<userTask id="a" bangiao:unit="lead"/><boundaryEvent id="t" attachedToRef="a">'
    nodes += "<timerEventDefinition><timeDate>due</timeDate></timerEventDefinition></boundaryEvent><task id='late'/>"
    case = play(nodes, "s -> a\n t -> late", {"lead": "u1"})
    assert (case.open, case.waits, case.ended) == ([], {}, False)
    token_id = token_of(case, "a")
    case.do(lambda: case.case.set_variables(token_id, {"due": "2026-04-01"}, case.moment))
    case.retry("a")
    assert case.open == ["a"]
    assert case.wait("t", "timer").due_at is not None
    assert case.completed == ["s"]


def test_a_failed_choice_is_made_again_without_doing_the_task_again(play: Any) -> None:
    nodes = START + '<userTask id="a"/><task id="t"/><userTask id="b"/><userTask id="c"/>'
    case = play(nodes, "s -> a\n a -> b : x == 1\n a -> c : x == 2", {})
    case.complete("a", {"x": 3})
    assert case.open == []
    token_id = token_of(case, "a")
    case.do(lambda: case.case.set_variables(token_id, {"x": 2}, case.moment))
    case.retry("a")
    assert case.open == ["c"]
    assert case.completed == ["s", "a"]


def test_a_failed_condition_of_a_multi_instance_is_looked_at_again(play: Any) -> None:
    inside = "<completionCondition>nrOfCompletedInstances == enough</completionCondition>"
    marker = f'<multiInstanceLoopCharacteristics bangiao:collection="units">{inside}</multiInstanceLoopCharacteristics>'
    case = play(
        START + f'<userTask id="m">{marker}</userTask><userTask id="z"/>', "s -> m\n m -> z", {"units": [1, 2, 3]}
    )
    case.complete("m")
    assert [failure.element_id for failure in case.failures] == ["m"]
    token_id = token_of(case, "m")
    case.do(lambda: case.case.set_variables(token_id, {"enough": 1}, case.moment))
    case.retry("m")
    assert case.open == ["z"]


def test_only_what_failed_can_be_retried(play: Any) -> None:
    case = play(START + '<userTask id="a"/>', "s -> a")
    token_id = case.wait("a").token_id
    with pytest.raises(Conflict):
        case.case.retry(token_id, case.moment)


def test_a_token_is_moved_to_another_element(play: Any) -> None:
    nodes = START + '<userTask id="a"/><userTask id="b"/><boundaryEvent id="t" attachedToRef="a"><timerEventDefinition>'
    nodes += "<timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent>"
    case = play(nodes, "s -> a\n a -> b\n t -> b")
    token_id = case.wait("a").token_id
    with pytest.raises(NotFound):
        case.case.move(token_id, "nowhere", case.moment)
    case.do(lambda: case.case.move(token_id, "b", case.moment))
    assert (case.open, case.cancelled, case.next_due()) == (["b"], ["a"], None)
    case.complete("b")
    assert case.ended


def test_a_token_is_not_moved_where_a_join_would_wait_for_ever(play: Any) -> None:
    nodes = START + '<parallelGateway id="g"/><userTask id="a"/><userTask id="b"/><userTask id="c"/><userTask id="z"/>'
    case = play(nodes + '<parallelGateway id="j"/>', "s -> g\n g -> a\n g -> b\n a -> c\n c -> j\n b -> j\n j -> z")
    token_id = case.wait("a").token_id
    for element in ("j", "z"):
        with pytest.raises(Conflict):
            case.case.move(token_id, element, case.moment)
    case.do(lambda: case.case.move(token_id, "c", case.moment))
    case.complete("b")
    assert case.open == ["c"]
    token_id = case.wait("c").token_id
    with pytest.raises(Conflict):
        case.case.move(token_id, "z", case.moment)
    case.complete("c")
    token_id = case.wait("z").token_id
    with pytest.raises(Conflict):
        case.case.move(token_id, "a", case.moment)


def test_terminating_cancels_everything_inside(play: Any) -> None:
    inside = '<startEvent id="is"/><userTask id="a"/><flows>is -&gt; a</flows>'
    case = play(START + f'<subProcess id="sub">{inside}</subProcess>', "s -> sub", {"x": 1})
    case.do(lambda: case.case.terminate(case.moment))
    assert case.ended
    assert (case.waits, sorted(case.cancelled)) == ({}, ["a", "sub"])
    assert case.variables() == {"x": 1}


def test_what_a_sub_process_has_set_so_far_is_seen_outside_and_kept_at_its_boundary(play: Any) -> None:
    inside = '<startEvent id="is"/><userTask id="a"/><userTask id="b"/><flows>is -&gt; a\n a -&gt; b</flows>'
    nodes = START + f'<subProcess id="sub">{inside}</subProcess><userTask id="late"/><boundaryEvent id="t"'
    nodes += ' attachedToRef="sub"><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>'
    case = play(nodes + "</boundaryEvent>", "s -> sub\n t -> late", {"x": 1})
    case.complete("a", {"x": 2, "text": "draft"})
    assert case.variables() == {"x": 2, "text": "draft"}
    case.advance(days=1)
    assert case.wait("late").variables == {"x": 2, "text": "draft"}
