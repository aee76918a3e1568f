"""Whose values count, and what is undone when: variables of branches, and compensation."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.engine.spiff.courses import (
    CANCEL,
    COMPENSATE,
    ERROR,
    MESSAGE,
    START,
    Course,
    boundary,
    catch,
    done,
    each_of,
    end,
    event_sub,
    follow,
    handlers,
    process,
    script,
    several,
    split,
    sub,
    throw,
    timer,
    undone,
    users,
)

IN = '<startEvent id="is"/>'
AGAIN = '<userTask id="z"/>'

DATA = [
    Course(
        "what an ended branch changed is not undone by one that left it alone",
        "10.4.1",
        START + script("t", "x = 1") + split("g") + users("a", "b"),
        "s -> t\n t -> g\n g -> a\n g -> b",
        [("a", {"x": 2}), {"x": 2}, "b", True, {"x": 2}],
    ),
    Course(
        "of three branches each keeps what it changed, in whatever order they end",
        "10.4.1",
        START + script("t", "x = 1\ny = 1") + split("g") + users("a", "b", "c"),
        "s -> t\n t -> g\n g -> a\n g -> b\n g -> c",
        [("b", {"x": 2}), ("a", {"y": 2}), "c", True, {"x": 2, "y": 2}],
    ),
    Course(
        "lists count like other values, also when the case is saved in between",
        "10.4.1",
        START + script("t", "rows = [1]") + split("g") + users("a", "b", "c"),
        "s -> t\n t -> g\n g -> a\n g -> b\n g -> c",
        [("a", {"rows": [1, 2]}), "b", "c", {"rows": [1, 2]}],
    ),
    Course(
        "a join takes what a branch changed that had split once more",
        "10.4.1, 13.4.1",
        START + script("t", "x = 1\ny = 1") + split("g", "h", "j") + users("a", "b", "c", "z"),
        "s -> t\n t -> g\n g -> a\n a -> j\n g -> h\n h -> b\n h -> c\n c -> j\n j -> z",
        [("b", {"x": 2}), ("a", {"y": 3}), "c", ["z"], {"x": 2, "y": 3}],
    ),
    Course(
        "a reminder that is done last brings nothing back",
        "10.4.1",
        START + script("t", "x = 1") + users("a", "r") + boundary("b", "a", timer("P1D"), interrupting=False),
        "s -> t\n t -> a\n b -> r",
        ["+2d", ("a", {"x": 2}), "r", True, {"x": 2}],
    ),
    Course(
        "nor does a reminder inside a sub-process",
        "10.4.1",
        START
        + users("z")
        + sub(
            "c",
            IN + script("t", "x = 1") + users("a", "r") + boundary("b", "a", timer("P1D"), interrupting=False),
            "is -> t\n t -> a\n b -> r",
        ),
        "s -> c\n c -> z",
        ["+2d", ("a", {"x": 2}), ("r", {"reminded": True}), ["z"], {"x": 2, "reminded": True}],
    ),
    Course(
        "reminders of a cycle join what goes on without changing it back",
        "10.4.1, 13.4.3",
        START
        + script("t", "x = 1")
        + users("a", "r", "z")
        + '<inclusiveGateway id="j"/>'
        + boundary("b", "a", timer("R2/P1D", "timeCycle"), interrupting=False),
        "s -> t\n t -> a\n a -> j\n b -> r\n r -> j\n j -> z",
        ["+3d", ["a", "r", "r"], ("a", {"x": 2}), "r", ("r", {"seen": 1}), {"x": 2, "seen": 1}],
    ),
    Course(
        "an event sub-process beside brings nothing back",
        "10.4.1",
        START
        + script("t", "x = 1")
        + users("a")
        + event_sub("ev", MESSAGE, users("h"), "ev_s -> h", interrupting=False),
        "s -> t\n t -> a",
        ["~m", ("a", {"x": 2}), ("h", {"y": 1}), True, {"x": 2, "y": 1}],
    ),
    Course(
        "an event sub-process knows what the branches knew when it began",
        "10.4.1",
        START + split("g") + users("a", "b") + event_sub("ev", MESSAGE, users("h"), "ev_s -> h") + users("a2"),
        "s -> g\n g -> a\n g -> b\n a -> a2",
        [("a", {"x": 2}), "~m", ["h"], {"x": 2}, "h", True, {"x": 2}],
    ),
    Course(
        "a boundary path knows what was changed inside before",
        "10.4.1",
        START + users("k") + sub("c", IN + users("a", "a2"), "is -> a\n a -> a2") + boundary("b", "c", MESSAGE),
        "s -> c\n b -> k",
        [("a", {"x": 5}), "~m", ["k"], {"x": 5}, "k", True, {"x": 5}],
    ),
    Course(
        "runs of several that were under way do not bring back what another branch changed",
        "10.4.1, 13.3.7",
        START + script("t", "x = 1") + split("g") + users("w") + f'<userTask id="a">{each_of("units")}</userTask>',
        "s -> t\n t -> g\n g -> w\n g -> a",
        ["a", ("w", {"x": 2}), "a", True, {"x": 2}],
        {"units": [1, 2]},
    ),
    Course(
        "a sub-process under way does not bring back what another branch changed",
        "10.4.1",
        START + script("t", "x = 1") + split("g") + users("w") + sub("c", IN + users("a"), "is -> a"),
        "s -> t\n t -> g\n g -> w\n g -> c",
        [("w", {"x": 2}), {"x": 2}, ("a", {"y": 1}), True, {"x": 2, "y": 1}],
    ),
    Course(
        "a cycle in the flow keeps what each turn changed",
        "10.4.1, table 10.101",
        START + catch("c", timer("R2/P1D", "timeCycle")) + users("a"),
        "s -> c\n c -> a",
        ["+1d", ["a"], "+1d", ["a", "a"], ("a", {"x": 2}), "a", True, {"x": 2}],
        {"x": 1},
    ),
    Course(
        "what parallel ad-hoc activities knew stays when it is enough",
        "13.3.5",
        START
        + users("z")
        + sub(
            "c",
            users("a", "a2", "b") + "<completionCondition>enough</completionCondition>",
            "a -> a2",
            tag="adHocSubProcess",
        ),
        "s -> c\n c -> z",
        [("a", {"x": 3}), ["a2", "b"], ("b", {"enough": True}), ["z"], {"x": 3, "enough": True}],
        {"enough": False},
    ),
]


def booked(*names: str) -> str:
    """User tasks, each with a handler `<name>u` that undoes it."""
    return (
        users(*names) + "".join(undone(name, f"{name}u") for name in names) + handlers(*(f"{name}u" for name in names))
    )


UNDOING = [
    Course(
        "the last done is undone first, one after the other",
        "13.4.7",
        START + booked("a", "b", "c") + throw("t", COMPENSATE) + AGAIN,
        "s -> a\n a -> b\n b -> c\n c -> t\n t -> z",
        ["a", "b", "c", ["cu"], "cu", ["bu"], "bu", ["au"], "au", ["z"]],
    ),
    Course(
        "of what runs in parallel the last completed is undone first",
        "13.4.7",
        START + split("g", "j") + booked("a", "b") + end("e", COMPENSATE),
        "s -> g\n g -> a\n g -> b\n a -> j\n b -> j\n j -> e",
        ["b", "a", ["au"], "au", ["bu"], "bu", True],
    ),
    Course(
        "only what was completed is undone",
        "10.6.1",
        START + split("g") + booked("a", "b") + throw("t", COMPENSATE) + AGAIN,
        "s -> g\n g -> a\n g -> b\n a -> t\n t -> z",
        ["a", ["au", "b"], "au", ["b", "z"], done("bu", 0)],
    ),
    Course(
        "one activity can be undone alone",
        "table 10.81",
        START + booked("a", "b") + throw("t", '<compensateEventDefinition activityRef="a"/>') + AGAIN,
        "s -> a\n a -> b\n b -> t\n t -> z",
        ["a", "b", ["au"], "au", ["z"]],
    ),
    Course(
        "who does not wait for the undoing goes on at once, and the case waits for it",
        "table 10.81",
        START + booked("a", "b") + throw("t", '<compensateEventDefinition waitForCompletion="false"/>') + AGAIN,
        "s -> a\n a -> b\n b -> t\n t -> z",
        ["a", "b", ["bu", "z"], "z", False, "bu", ["au"], "au", True],
    ),
    Course(
        "what was undone is not undone again",
        "10.6.1",
        START + booked("a") + throw("t", COMPENSATE) + throw("t2", COMPENSATE) + AGAIN,
        "s -> a\n a -> t\n t -> t2\n t2 -> z",
        ["a", "au", ["z"], done("au", 1)],
    ),
    Course(
        "each turn of a loop is undone, the last first",
        "13.4.7",
        START
        + script("a", "n = n + 1", '<standardLoopCharacteristics loopMaximum="2"/>')
        + undone("a", "au")
        + handlers("au")
        + throw("t", COMPENSATE)
        + AGAIN,
        "s -> a\n a -> t\n t -> z",
        [["au"], "au", ["au"], "au", ["z"]],
        {"n": 0},
    ),
    Course(
        "each of several runs is undone, with what was its own",
        "10.6.2",
        START
        + f'<userTask id="a">{each_of("units")}</userTask>'
        + undone("a", "au")
        + '<userTask id="au" isForCompensation="true" bangiao:unit="unit"/>'
        + throw("t", COMPENSATE)
        + AGAIN,
        "s -> a\n a -> t\n t -> z",
        ["a", "a", ["au", "au"], "au", "au", ["z"], {"unit": None}],
        {"units": ["p", "q"]},
    ),
    Course(
        "a finished sub-process is undone from within, in reverse",
        "13.4.7",
        START + sub("c", IN + booked("a", "b"), "is -> a\n a -> b") + throw("t", COMPENSATE) + AGAIN,
        "s -> c\n c -> t\n t -> z",
        ["a", "b", ["bu"], "bu", ["au"], "au", ["z"]],
    ),
    Course(
        "a sub-process with a handler of its own is undone by that alone",
        "10.6.2",
        START
        + sub("c", IN + booked("a"), "is -> a")
        + undone("c", "cu")
        + handlers("cu")
        + throw("t", COMPENSATE)
        + AGAIN,
        "s -> c\n c -> t\n t -> z",
        ["a", ["cu"], "cu", ["z"], done("au", 0)],
    ),
    Course(
        "a sub-process with a compensation event sub-process is undone by that alone",
        "10.6.2",
        START
        + sub("c", IN + booked("a") + event_sub("ev", COMPENSATE, users("h"), "ev_s -> h"), "is -> a")
        + throw("t", COMPENSATE)
        + AGAIN,
        "s -> c\n c -> t\n t -> z",
        ["a", ["h"], "h", ["z"], done("au", 0)],
    ),
    Course(
        "a compensation event sub-process can undo activity by activity",
        "10.6.2",
        START
        + sub(
            "c",
            IN
            + booked("a", "b")
            + event_sub("ev", COMPENSATE, users("h") + throw("back", COMPENSATE), "ev_s -> h\n h -> back"),
            "is -> a\n a -> b",
        )
        + throw("t", COMPENSATE)
        + AGAIN,
        "s -> c\n c -> t\n t -> z",
        ["a", "b", ["h"], "h", ["bu"], "bu", ["au"], "au", ["z"]],
    ),
    Course(
        "an error handler can undo what its scope has done",
        "10.6.1",
        START
        + sub(
            "c",
            IN
            + booked("a")
            + users("b")
            + end("fail", ERROR)
            + event_sub("ev", ERROR, throw("back", COMPENSATE) + users("h"), "ev_s -> back\n back -> h"),
            "is -> a\n a -> b\n b -> fail",
        )
        + AGAIN,
        "s -> c\n c -> z",
        ["a", "b", ["au"], "au", ["h"], "h", ["z"]],
    ),
    Course(
        "a scope that was interrupted has nothing to undo for the one around it",
        "10.6.1",
        START
        + sub("c", IN + booked("a") + users("b"), "is -> a\n a -> b")
        + boundary("b1", "c", MESSAGE)
        + throw("t", COMPENSATE)
        + AGAIN,
        "s -> c\n b1 -> t\n t -> z",
        ["a", "~m", ["z"]],
    ),
    Course(
        "a cancelled transaction undoes in reverse, then its cancel event comes",
        "10.3.5",
        START
        + users("k", "n")
        + sub("c", IN + booked("a", "b") + end("e", CANCEL), "is -> a\n a -> b\n b -> e", tag="transaction")
        + boundary("cb", "c", CANCEL),
        "s -> c\n c -> n\n cb -> k",
        ["a", "b", ["bu"], "bu", ["au"], "au", ["k"]],
    ),
    Course(
        "the transaction inside a transaction is undone when the outer is cancelled",
        "10.3.5",
        START
        + users("k", "n")
        + sub(
            "o",
            IN
            + sub("c", '<startEvent id="cs"/>' + booked("a"), "cs -> a", tag="transaction")
            + users("b")
            + end("e", CANCEL),
            "is -> c\n c -> b\n b -> e",
            tag="transaction",
        )
        + boundary("cb", "o", CANCEL),
        "s -> o\n o -> n\n cb -> k",
        ["a", "b", ["au"], "au", ["k"]],
    ),
    Course(
        "the inner of two transactions is cancelled alone",
        "10.3.5",
        START
        + users("k", "n")
        + sub(
            "o",
            IN
            + booked("x")
            + sub("c", '<startEvent id="cs"/>' + booked("a") + end("e", CANCEL), "cs -> a\n a -> e", tag="transaction")
            + users("b")
            + boundary("cb2", "c", CANCEL),
            "is -> x\n x -> c\n cb2 -> b",
            tag="transaction",
        )
        + boundary("cb", "o", CANCEL),
        "s -> o\n o -> n\n cb -> k",
        ["x", "a", ["au"], "au", ["b"], "b", ["n"], done("xu", 0)],
    ),
    Course(
        "undoing does not bring back what was changed since",
        "10.4.1, 10.6.2",
        START + sub("c", IN + booked("a"), "is -> a") + users("w") + throw("t", COMPENSATE) + AGAIN,
        "s -> c\n c -> w\n w -> t\n t -> z",
        [("a", {"x": 1}), ("w", {"x": 2}), ("au", {"y": 1}), ["z"], "z", True, {"x": 2, "y": 1}],
        {"x": 0},
    ),
    Course(
        "a handler under way does not bring back what another branch changed",
        "10.4.1",
        START + split("g") + booked("a") + throw("t", COMPENSATE) + users("w", "z"),
        "s -> g\n g -> a\n a -> t\n t -> z\n g -> w",
        ["a", ["au", "w"], ("w", {"x": 2}), ("au", {"y": 1}), "z", True, {"x": 2, "y": 1}],
        {"x": 0},
    ),
    Course(
        "a sub-process in which nothing else can be undone is undone by its compensation event sub-process",
        "10.6.2",
        START
        + sub("c", IN + users("a") + event_sub("ev", COMPENSATE, users("h"), "ev_s -> h"), "is -> a")
        + throw("t", COMPENSATE)
        + AGAIN,
        "s -> c\n c -> t\n t -> z",
        ["a", ["h"], ("h", {"x": 1}), ["z"], {"x": 1}],
    ),
    Course(
        "a called process is undone from within",
        "10.6.1",
        START + '<callActivity id="c" calledElement="q"/>' + throw("t", COMPENSATE) + AGAIN,
        "s -> c\n c -> t\n t -> z",
        ["a", "b", ["bu"], "bu", ["au"], ("au", {"x": 1}), ["z"], {"x": 1}],
        shared=process("q", IN + booked("a", "b"), "is -> a\n a -> b"),
    ),
    Course(
        "a called process has a compensation event sub-process of its own",
        "10.6.1",
        START
        + f'<callActivity id="c" calledElement="q">{several("2")}</callActivity>'
        + throw("t", COMPENSATE)
        + AGAIN,
        "s -> c\n c -> t\n t -> z",
        ["a", "a", ["h", "h"], "h", "h", ["z"]],
        shared=process("q", IN + users("a") + event_sub("ev", COMPENSATE, users("h"), "ev_s -> h"), "is -> a"),
    ),
    Course(
        "runs of a sub-process are each undone from within",
        "10.6.2, 13.3.7",
        START + sub("c", IN + booked("a"), "is -> a", marker=several("2")) + throw("t", COMPENSATE) + AGAIN,
        "s -> c\n c -> t\n t -> z",
        ["a", "a", ["au", "au"], "au", "au", ["z"]],
    ),
]


@pytest.mark.parametrize("course", [*DATA, *UNDOING], ids=lambda course: course.name)
def test_it_runs_as_the_standard_says(play_file: Any, course: Course) -> None:
    follow(course, play_file)
