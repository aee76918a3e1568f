"""Gateways: splits, joins that count tokens by flow, joins in loops."""

from __future__ import annotations

from typing import Any

START = '<startEvent id="s"/>'


def test_an_exclusive_gateway_takes_the_first_true_flow(play: Any) -> None:
    nodes = START + '<exclusiveGateway id="g" default="g_c"/><userTask id="a"/><userTask id="b"/><userTask id="c"/>'
    lines = "s -> g\n g -> a : x > 2\n g -> b : x > 1\n g -> c"
    assert play(nodes, lines, {"x": 3}).open == ["a"]
    assert play(nodes, lines, {"x": 2}).open == ["b"]
    assert play(nodes, lines, {"x": 1}).open == ["c"]


def test_without_a_true_flow_the_token_stands_in_error_and_can_be_retried(play: Any) -> None:
    case = play(
        START + '<userTask id="a"/><exclusiveGateway id="g"/><userTask id="b"/>', "s -> a\n a -> g\n g -> b : x"
    )
    case.complete("a", {"x": False})
    assert [(failure.element_id, failure.kind) for failure in case.failures] == [("g", "expression")]
    assert not case.ended
    case.retry("g")
    assert len(case.failures) == 2


def test_a_parallel_join_takes_what_each_branch_changed(play: Any) -> None:
    nodes = START + '<parallelGateway id="g"/><userTask id="a"/><userTask id="b"/><parallelGateway id="j"/>'
    nodes += '<userTask id="c"/>'
    case = play(nodes, "s -> g\n g -> a\n g -> b\n a -> j\n b -> j\n j -> c", {"x": 0, "y": 0, "rows": [1, 2]})
    case.complete("a", {"x": 1, "rows": [1, 2, 3]})
    assert case.open == ["b"]
    case.complete("b", {"y": 2})
    assert case.open == ["c"]
    assert case.wait("c").variables == {"x": 1, "y": 2, "rows": [1, 2, 3]}
    assert case.completed.count("j") == 1


def test_a_second_token_on_one_flow_waits_for_the_next_round(play: Any) -> None:
    nodes = START + '<parallelGateway id="g"/><exclusiveGateway id="m"/><userTask id="a"/><userTask id="b"/>'
    nodes += '<parallelGateway id="j"/><userTask id="c"/>'
    lines = "s -> g\n g -> m\n g -> x2\n g -> b\n x2 -> m\n m -> a\n a -> j\n b -> j\n j -> c"
    case = play(nodes + '<task id="x2"/>', lines)
    assert case.open == ["a", "a", "b"]
    case.complete("a")
    case.complete("a")
    assert case.open == ["b"]
    case.complete("b")
    assert case.open == ["c"]
    case.complete("c")
    assert not case.ended  # the second token from `a` still waits at the join


def test_an_inclusive_join_waits_for_every_branch_taken(play: Any) -> None:
    nodes = START + '<inclusiveGateway id="g"/><userTask id="a"/><userTask id="b"/><userTask id="c"/>'
    nodes += '<inclusiveGateway id="j"/><userTask id="d"/>'
    lines = "s -> g\n g -> a : x > 0\n g -> b : x > 1\n g -> c : x > 2\n a -> j\n b -> j\n c -> j\n j -> d"
    case = play(nodes, lines, {"x": 2})
    assert case.open == ["a", "b"]
    case.complete("a")
    assert case.open == ["b"]
    case.complete("b")
    assert case.open == ["d"]


def test_an_inclusive_join_in_a_loop_waits_again_in_the_second_round(play: Any) -> None:
    nodes = START + '<exclusiveGateway id="m"/><inclusiveGateway id="g"/><userTask id="a"/><userTask id="b"/>'
    nodes += '<inclusiveGateway id="j"/><exclusiveGateway id="again" default="again_e"/><endEvent id="e"/>'
    lines = "s -> m\n m -> g\n g -> a : True\n g -> b : True\n a -> j\n b -> j\n j -> again\n again -> m : more"
    lines += "\n again -> e"
    case = play(nodes, lines, {"more": True})
    for _ in range(3):
        case.complete("a")
        assert case.open == ["b"]
        case.complete("b")
        assert case.open == ["a", "b"]
    case.complete("a", {"more": False})
    case.complete("b")
    assert case.ended


def test_a_discriminator_goes_on_with_the_first_and_swallows_the_rest(play: Any) -> None:
    nodes = START + '<parallelGateway id="g"/><userTask id="a"/><userTask id="b"/><complexGateway id="j">'
    nodes += "<activationCondition>activationCount &gt;= 1</activationCondition></complexGateway><userTask id='c'/>"
    case = play(nodes, "s -> g\n g -> a\n g -> b\n a -> j\n b -> j\n j -> c")
    case.complete("b")
    assert case.open == ["a", "c"]
    case.complete("c")
    assert not case.ended
    case.complete("a")
    assert case.ended


def test_the_first_event_behind_an_event_based_gateway_cancels_the_others(play: Any) -> None:
    shared = '<message id="m" name="reply"/>'
    nodes = START + '<eventBasedGateway id="g"/><intermediateCatchEvent id="late"><timerEventDefinition>'
    nodes += "<timeDuration>P3D</timeDuration></timerEventDefinition></intermediateCatchEvent>"
    nodes += '<receiveTask id="reply" messageRef="m"/><userTask id="a"/><userTask id="b"/>'
    lines = "s -> g\n g -> late\n g -> reply\n late -> a\n reply -> b"
    case = play(nodes, lines, shared=shared)
    assert case.deliver("reply", {"text": "ok"}) == 1
    assert case.open == ["b"]
    assert case.variables() == {"text": "ok"}
    assert case.cancelled == ["late"]
    other = play(nodes, lines, shared=shared)
    other.advance(days=3)
    assert other.open == ["a"]
    assert other.deliver("reply") == 0


def test_several_flows_out_of_a_task_are_all_taken(play: Any) -> None:
    case = play(START + '<task id="t"/><userTask id="a"/><userTask id="b"/>', "s -> t\n t -> a\n t -> b")
    assert case.open == ["a", "b"]
    case.complete("a")
    case.complete("b")
    assert case.ended
