"""Gateways, conditional flows, repetition and ad-hoc work, as BPMN 2.0 says."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.engine.spiff.courses import (
    ESCALATION,
    MESSAGE,
    SIGNAL,
    START,
    Course,
    boundary,
    catch,
    condition,
    done,
    each_of,
    end,
    escaped,
    failed,
    follow,
    process,
    script,
    several,
    split,
    sub,
    timer,
    users,
)

IN = '<startEvent id="is"/>'
BEHAVIOR = 'behavior="{}" {}BehaviorEventRef="told"'


def complex_gateway(name: str, activation: str, default: str = "") -> str:
    attributes = f' default="{default}"' if default else ""
    return (
        f'<complexGateway id="{name}"{attributes}><activationCondition>{escaped(activation)}</activationCondition>'
        "</complexGateway>"
    )


def rule(when: str, event: str) -> str:
    """One complexBehaviorDefinition."""
    inside = f"<condition>{escaped(when)}</condition><event>{event}</event>"
    return f"<complexBehaviorDefinition>{inside}</complexBehaviorDefinition>"


def loop(until: str = "", attributes: str = "") -> str:
    inside = f"<loopCondition>{escaped(until)}</loopCondition>" if until else ""
    return f"<standardLoopCharacteristics {attributes}>{inside}</standardLoopCharacteristics>"


def user(name: str, inside: str, attributes: str = "") -> str:
    return f'<userTask id="{name}" {attributes}>{inside}</userTask>'


COURSES = [
    Course(
        "a parallel join takes one token from each flow, whatever came twice",
        "13.4.1",
        START + split("g", "j") + '<task id="t" completionQuantity="2"/>' + users("a", "b", "z"),
        "s -> g\n g -> t\n t -> a\n a -> j\n g -> b\n b -> j\n j -> z",
        [["a", "a", "b"], "a", "a", ["b"], "b", ["z"], "z", False],
    ),
    Course(
        "tokens that meet without a gateway pass one by one",
        "13.2.1",
        START + split("g") + users("a", "b", "z"),
        "s -> g\n g -> a\n g -> b\n a -> z\n b -> z",
        ["a", ["b", "z"], "b", ["z", "z"], "z", "z", True, done("z", 2)],
    ),
    Course(
        "a case ends with its last token, not with its first end event",
        "13.4.6",
        START + split("g") + users("a", "b") + end("e1") + end("e2"),
        "s -> g\n g -> a\n g -> b\n a -> e1\n b -> e2",
        ["a", False, "b", True],
    ),
    Course(
        "conditional flows of a task are all taken that hold, and the default when none does",
        "13.2.1, 8.3.13",
        START + '<userTask id="t" default="t_d"/>' + users("a", "b", "d"),
        "s -> t\n t -> a : n > 1\n t -> b : n > 2\n t -> d",
        [("t", {"n": 5}), ["a", "b"]],
    ),
    Course(
        "the default flow of a task is taken alone",
        "8.3.13",
        START + '<userTask id="t" default="t_d"/>' + users("a", "b", "d"),
        "s -> t\n t -> a : n > 1\n t -> b : n > 2\n t -> d",
        [("t", {"n": 0}), ["d"]],
    ),
    Course(
        "an inclusive join does not wait for a branch that ended elsewhere",
        "13.4.3",
        START
        + '<inclusiveGateway id="g"/><inclusiveGateway id="j"/>'
        + users("a", "b", "z")
        + '<exclusiveGateway id="x" default="x_e"/>'
        + end("e"),
        "s -> g\n g -> a : True\n g -> b : True\n a -> j\n b -> x\n x -> j : back\n x -> e\n j -> z",
        ["a", ["b"], ("b", {"back": False}), ["z"]],
    ),
    Course(
        "an inclusive join waits for a token that still loops before it",
        "13.4.3",
        START
        + '<inclusiveGateway id="g"/><inclusiveGateway id="j"/>'
        + users("a", "b", "z")
        + '<exclusiveGateway id="m"/><exclusiveGateway id="x" default="x_j"/>',
        "s -> g\n g -> a : True\n g -> m : True\n m -> b\n b -> x\n x -> m : again\n x -> j\n a -> j\n j -> z",
        ["a", ["b"], ("b", {"again": True}), ["b"], ("b", {"again": False}), ["z"]],
    ),
    Course(
        "an inclusive join does not wait for tokens behind it",
        "13.4.3",
        START
        + '<exclusiveGateway id="m"/><inclusiveGateway id="g" default="g_b"/><inclusiveGateway id="j"/>'
        + users("a", "b", "z")
        + '<exclusiveGateway id="x" default="x_e"/>'
        + end("e"),
        "s -> m\n m -> g\n g -> a : both\n g -> b\n a -> j\n b -> j\n j -> z\n z -> x\n x -> m : again\n x -> e",
        [["a"], "a", ["z"], ("z", {"again": True, "both": False}), ["b"], "b", ["z"], ("z", {"again": False}), True],
        {"both": True},
    ),
    Course(
        "an inclusive join waits for the boundary path of a task that is still open",
        "13.4.3",
        START
        + '<inclusiveGateway id="g"/><inclusiveGateway id="j"/>'
        + users("a", "b", "k", "z")
        + boundary("late", "b", timer("P1D"))
        + end("e"),
        "s -> g\n g -> a : True\n g -> b : True\n a -> j\n b -> e\n late -> k\n k -> j\n j -> z",
        ["a", ["b"], "+1d", ["k"], "k", ["z"]],
    ),
    Course(
        "a discriminator goes on once a round, and what came late keeps what it knew",
        "13.4.5",
        START + split("g") + users("a", "b", "z") + complex_gateway("j", "activationCount >= 1"),
        "s -> g\n g -> a\n g -> b\n a -> j\n b -> j\n j -> z",
        [("a", {"x": 1}), ["b", "z"], ("b", {"y": 2}), ["z"], "z", True, {"x": 1, "y": 2}],
    ),
    Course(
        "two of three go on, the third resets, and the gateway serves the next round",
        "13.4.5",
        START
        + '<exclusiveGateway id="m"/>'
        + split("g")
        + users("a", "b", "c", "z")
        + complex_gateway("j", "activationCount >= 2")
        + '<exclusiveGateway id="x" default="x_e"/>'
        + end("e"),
        "s -> m\n m -> g\n g -> a\n g -> b\n g -> c\n a -> j\n b -> j\n c -> j\n j -> z\n z -> x\n x -> m : again\n"
        "x -> e",
        [
            "a",
            ["b", "c"],
            "b",
            ["c", "z"],
            "c",
            ["z"],
            ("z", {"again": True}),
            ["a", "b", "c"],
            "c",
            "a",
            ["b", "z"],
            ("z", {"again": False}),
            ["b"],
            "b",
            True,
        ],
    ),
    Course(
        "a complex gateway looks at its conditions in each phase",
        "13.4.5",
        START + split("g") + users("a", "b", "first", "rest") + complex_gateway("j", "activationCount >= 1"),
        "s -> g\n g -> a\n g -> b\n a -> j\n b -> j\n j -> first : waitingForStart\n j -> rest : not waitingForStart",
        ["a", ["b", "first"], "b", ["first", "rest"], "first", "rest", True],
    ),
    Course(
        "a complex gateway resets when nothing more can come",
        "13.4.5",
        START
        + split("g")
        + users("a", "b", "z")
        + complex_gateway("j", "activationCount >= 1")
        + '<exclusiveGateway id="x" default="x_e"/>'
        + end("e"),
        "s -> g\n g -> a\n g -> b\n a -> j\n b -> x\n x -> j : back\n x -> e\n j -> z",
        ["a", ("b", {"back": False}), ["z"], "z", True],
    ),
    Course(
        "without an activation condition being true a complex gateway waits",
        "13.4.5",
        START + split("g") + users("a", "b", "z") + complex_gateway("j", "activationCount >= 3"),
        "s -> g\n g -> a\n g -> b\n a -> j\n b -> j\n j -> z",
        ["a", "b", [], False],
    ),
    Course(
        "the event that has come already decides behind an event-based gateway",
        "13.4.4",
        START
        + '<eventBasedGateway id="g"/>'
        + catch("c1", condition("n > 1"))
        + catch("c2", timer("P1D"))
        + users("a", "b"),
        "s -> g\n g -> c1\n g -> c2\n c1 -> a\n c2 -> b",
        [["a"], "+2d", ["a"], "a", True],
        {"n": 2},
    ),
    Course(
        "behind an event-based gateway a condition that becomes true cancels message, signal and timer",
        "13.4.4",
        START
        + split("both")
        + users("w")
        + '<eventBasedGateway id="g"/>'
        + catch("c1", condition("n > 1"))
        + catch("c2", timer("P1D"))
        + catch("c3", SIGNAL)
        + catch("r", MESSAGE)
        + users("a", "b", "c", "d"),
        "s -> both\n both -> w\n both -> g\n g -> c1\n g -> c2\n g -> c3\n g -> r\n"
        "c1 -> a\n c2 -> b\n c3 -> c\n r -> d",
        [("w", {"n": 2}), ["a"], "~sig", "~m", "+2d", ["a"]],
        {"n": 0},
    ),
    Course(
        "two tokens at one event-based gateway wait each for their own event",
        "13.4.4",
        START
        + '<task id="t" completionQuantity="2"/><eventBasedGateway id="g"/>'
        + catch("c1", MESSAGE)
        + catch("c2", timer("P1D"))
        + users("a", "b"),
        "s -> t\n t -> g\n g -> c1\n g -> c2\n c1 -> a\n c2 -> b",
        ["~m", ["a", "a"], "+2d", ["a", "a"]],
    ),
    Course(
        "no run at all lets the activity pass",
        "13.3.7",
        START + user("a", several("0")) + users("z"),
        "s -> a\n a -> z",
        [["z"], done("a", 0)],
    ),
    Course(
        "sequential runs end early when their condition holds",
        "13.3.7",
        START
        + user("a", several("5", "<completionCondition>stop</completionCondition>", 'isSequential="true"'))
        + users("z"),
        "s -> a\n a -> z",
        [("a", {"stop": False}), ["a"], ("a", {"stop": True}), ["z"], done("a", 2)],
        {"stop": False},
    ),
    Course(
        "behavior None throws at each run, and the runs go on",
        "table 10.30",
        START
        + user("a", several("2", "", BEHAVIOR.format("None", "none")))
        + users("k", "z")
        + boundary("b", "a", SIGNAL, interrupting=False),
        "s -> a\n a -> z\n b -> k",
        ["a", ["a", "k"], "a", ["k", "k", "z"]],
        shared='<signalEventDefinition id="told" signalRef="of_sig"/>',
    ),
    Course(
        "behavior One throws an escalation at the first run only",
        "table 10.30",
        START
        + user("a", several("2", "", BEHAVIOR.format("One", "one")))
        + users("k", "z")
        + boundary("b", "a", ESCALATION, interrupting=False),
        "s -> a\n a -> z\n b -> k",
        ["a", ["a", "k"], "a", ["k", "z"]],
        shared='<escalationEventDefinition id="told" escalationRef="of_x1"/>',
    ),
    Course(
        "behavior Complex throws what its condition says and cancels the runs that are left",
        "table 10.31",
        START
        + user("a", several("5", rule("nrOfCompletedInstances == 2", SIGNAL), 'behavior="Complex"'))
        + users("k", "z")
        + boundary("b", "a", SIGNAL, interrupting=False),
        "s -> a\n a -> z\n b -> k",
        ["a", ["a", "a", "a", "a"], "a", ["k", "z"], done("a", 2)],
    ),
    Course(
        "of several complex rules the first that holds counts",
        "table 10.31",
        START
        + user(
            "a", several("3", rule("bad", ESCALATION) + rule("good", SIGNAL), 'behavior="Complex" isSequential="true"')
        )
        + users("k", "l", "z")
        + boundary("b1", "a", SIGNAL, interrupting=False)
        + boundary("b2", "a", ESCALATION, interrupting=False),
        "s -> a\n a -> z\n b1 -> k\n b2 -> l",
        ["a", ["a"], ("a", {"good": True}), ["k", "z"]],
        {"good": False, "bad": False},
    ),
    Course(
        "complex rules that never hold let all runs be",
        "table 10.31",
        START
        + user("a", several("2", rule("False", SIGNAL), 'behavior="Complex"'))
        + users("k", "z")
        + boundary("b", "a", SIGNAL, interrupting=False),
        "s -> a\n a -> z\n b -> k",
        ["a", "a", ["z"]],
    ),
    Course(
        "a complex rule that cannot be evaluated is an incident",
        "table 10.31",
        START + user("a", several("2", rule("nobody", SIGNAL), 'behavior="Complex"')) + users("z"),
        "s -> a\n a -> z",
        ["a", ["a"], failed("expression")],
    ),
    Course(
        "runs within runs count for themselves",
        "13.3.7",
        START + users("z") + sub("c", IN + user("a", each_of("unit")), "is -> a", marker=each_of("rows")),
        "s -> c\n c -> z",
        [["a", "a", "a"], "a", "a", ["a"], "a", ["z"]],
        {"rows": [[1, 2], [3]]},
    ),
    Course(
        "a loop that tests before may not run at all",
        "13.3.6",
        START + user("a", loop("n < 3", 'testBefore="true"')) + users("z"),
        "s -> a\n a -> z",
        [["z"], done("a", 0)],
        {"n": 3},
    ),
    Course(
        "a loop ends at its maximum, even when its condition still holds",
        "13.3.6",
        START + user("a", loop("True", 'loopMaximum="2"')) + users("z"),
        "s -> a\n a -> z",
        ["a", ["a"], "a", ["z"]],
    ),
    Course(
        "a boundary event spans all turns of a loop",
        "13.3.6",
        START + user("a", loop("True", 'loopMaximum="9"')) + users("k") + boundary("b", "a", timer("P2D")),
        "s -> a\n b -> k",
        ["+1d", "a", "a", ["a"], "+1d", ["k"]],
    ),
    Course(
        "a sub-process without start event begins everywhere no flow leads to",
        "13.3.4",
        START + users("z") + sub("c", users("a", "b", "b2"), "b -> b2"),
        "s -> c\n c -> z",
        [["a", "b"], "a", "b", ["b2"], "b2", ["z"]],
    ),
    Course(
        "an ad-hoc sub-process looks at its condition after each activity, also within a path",
        "13.3.5",
        START
        + users("z")
        + sub(
            "c",
            users("a", "b", "o") + "<completionCondition>enough</completionCondition>",
            "a -> b",
            tag="adHocSubProcess",
        ),
        "s -> c\n c -> z",
        [["a", "o"], ("a", {"enough": True}), ["z"], done("b", 0), done("o", 0)],
        {"enough": False},
    ),
    Course(
        "an ad-hoc sub-process that does not cancel awaits what runs and begins nothing else",
        "13.3.5",
        START
        + users("z")
        + sub(
            "c",
            users("a", "b", "o") + "<completionCondition>enough</completionCondition>",
            "a -> b",
            tag="adHocSubProcess",
            attributes='cancelRemainingInstances="false"',
        ),
        "s -> c\n c -> z",
        [("a", {"enough": True}), ["o"], "o", ["z"], done("b", 0)],
        {"enough": False},
    ),
    Course(
        "sequential ad-hoc work opens one after the other until it is enough",
        "13.3.5",
        START
        + users("z")
        + sub(
            "c",
            users("a", "b", "o") + "<completionCondition>enough</completionCondition>",
            "",
            tag="adHocSubProcess",
            attributes='ordering="Sequential"',
        ),
        "s -> c\n c -> z",
        [["a"], "a", ["b"], ("b", {"enough": True}), ["z"], done("o", 0)],
        {"enough": False},
    ),
    Course(
        "an ad-hoc condition that cannot be evaluated is an incident of the activity just done",
        "13.3.5",
        START
        + users("z")
        + sub("c", users("a", "b") + "<completionCondition>nobody</completionCondition>", "", tag="adHocSubProcess"),
        "s -> c\n c -> z",
        ["a", ["b"], failed("expression"), False],
    ),
    Course(
        "tokens of a join are counted within their own run",
        "13.3.7, 13.4.1",
        START
        + users("z")
        + sub(
            "c",
            IN + split("ig", "ij") + users("a", "b", "d"),
            "is -> ig\n ig -> a\n ig -> b\n a -> ij\n b -> ij\n ij -> d",
            marker=several("2"),
        ),
        "s -> c\n c -> z",
        ["a", "a", ["b", "b"], "b", ["b", "d"], "b", ["d", "d"], "d", "d", ["z"]],
    ),
    Course(
        "a called process may call itself until a condition ends it",
        "13.3.4",
        START + '<callActivity id="c" calledElement="q"/>' + users("z"),
        "s -> c\n c -> z",
        [["z"], {"n": 4}, done("c", 1)],
        {"n": 0},
        process(
            "q",
            IN + script("t", "n = n + 1") + '<exclusiveGateway id="x" default="x_e"/>'
            '<callActivity id="again" calledElement="q"/>' + end("e"),
            "is -> t\n t -> x\n x -> again : n < 4\n x -> e",
        ),
    ),
]


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.name)
def test_it_runs_as_the_standard_says(play_file: Any, course: Course) -> None:
    follow(course, play_file)


def test_a_failure_behind_a_task_is_told_of_the_task(play_file: Any) -> None:
    course = Course("", "13.2.1", START + users("t", "a", "b"), "s -> t\n t -> a : n > 1\n t -> b : n > 2", ())
    case = follow(course, play_file)
    case.complete("t", {"n": 0})
    assert [(failure.element_id, failure.kind) for failure in case.failures] == [("t", "expression")]
    assert "split" not in case.failures[0].message


def test_a_failed_activity_that_is_interrupted_is_given_up(play_file: Any) -> None:
    nodes = START + user("a", several("2", "<completionCondition>nobody</completionCondition>")) + users("k")
    case = follow(Course("", "13.3.7", nodes + boundary("b", "a", timer("P1D")), "s -> a\n b -> k", ()), play_file)
    case.complete("a")
    assert [failure.element_id for failure in case.failures] == ["a"]
    case.advance(days=1)
    assert case.open == ["k"]
    assert case.last.given_up == [case.failures[0].token_id]
