"""Boundary events, throwing and catching, as BPMN 2.0 says."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.engine.spiff.courses import (
    CANCEL,
    ERROR,
    ERROR_2,
    ESCALATION,
    ESCALATION_2,
    MESSAGE,
    MESSAGE_2,
    SIGNAL,
    START,
    TERMINATE,
    Course,
    boundary,
    catch,
    condition,
    done,
    each_of,
    end,
    event_sub,
    failed,
    follow,
    process,
    script,
    several,
    split,
    sub,
    throw,
    timer,
    users,
)

IN = '<startEvent id="is"/>'
IN_TURN = several(attributes='isSequential="true"')
CALL = '<callActivity id="c" calledElement="q"/>'

COURSES = [
    Course(
        "an interrupting boundary event on a call activity cancels the called process",
        "10.5.4, 13.3.4",
        START + CALL + users("k", "z") + boundary("b", "c", MESSAGE),
        "s -> c\n c -> z\n b -> k",
        [["a"], "~m", ["k"], done("a", 0), "k", True],
        shared=process("q", IN + users("a"), "is -> a"),
    ),
    Course(
        "an error leaves the called process for the boundary of the call activity",
        "10.5.7",
        START + CALL + users("k", "z") + boundary("b", "c", ERROR),
        "s -> c\n c -> z\n b -> k",
        ["a", ["k"], failed()],
        shared=process("q", IN + users("a") + end("e", ERROR), "is -> a\n a -> e"),
    ),
    Course(
        "an escalation leaves the called process, which goes on beside",
        "10.5.7",
        START + CALL + users("k", "z") + boundary("b", "c", ESCALATION, interrupting=False),
        "s -> c\n c -> z\n b -> k",
        [["a", "k"], "a", ["k", "z"]],
        shared=process("q", IN + throw("up", ESCALATION) + users("a"), "is -> up\n up -> a"),
    ),
    Course(
        "an escalation in a called process interrupts it where the boundary event does",
        "10.5.7",
        START + CALL + users("k", "z") + boundary("b", "c", ESCALATION),
        "s -> c\n c -> z\n b -> k",
        [["k"], done("a", 0)],
        shared=process("q", IN + throw("up", ESCALATION) + users("a"), "is -> up\n up -> a"),
    ),
    Course(
        "an escalation of another code is not caught and lets the process go on",
        "10.5.7",
        START
        + sub("c", IN + throw("up", ESCALATION_2) + users("a"), "is -> up\n up -> a")
        + users("k")
        + boundary("b", "c", ESCALATION),
        "s -> c\n b -> k",
        [["a"], "a", True, failed()],
    ),
    Course(
        "the nearest of nested scopes catches the escalation, and none other",
        "10.5.7",
        START
        + users("k", "n")
        + sub(
            "o",
            IN
            + sub("c", '<startEvent id="cs"/>' + throw("up", ESCALATION) + users("a"), "cs -> up\n up -> a")
            + users("k2")
            + boundary("b2", "c", ESCALATION, interrupting=False),
            "is -> c\n b2 -> k2",
        )
        + boundary("b", "o", ESCALATION, interrupting=False),
        "s -> o\n b -> k\n o -> n",
        [["a", "k2"], "a", "k2", ["n"]],
    ),
    Course(
        "what an event sub-process throws on goes to the boundary, not to itself",
        "10.5.7, 13.5.4",
        START
        + users("k", "n")
        + sub(
            "o",
            IN
            + throw("up", ESCALATION)
            + users("a")
            + event_sub("ev", ESCALATION, end("again", ESCALATION), "ev_s -> again", interrupting=False),
            "is -> up\n up -> a",
        )
        + boundary("b", "o", ESCALATION, interrupting=False),
        "s -> o\n b -> k\n o -> n",
        [["a", "k"], done("ev", 1), "a", "k", ["n"]],
    ),
    Course(
        "an error handler can throw its error on",
        "10.5.7, 13.5.4",
        START
        + users("k")
        + sub(
            "o",
            IN
            + end("fail", ERROR)
            + event_sub("ev", ERROR, users("h") + end("again", ERROR), "ev_s -> h\n h -> again"),
            "is -> fail",
        )
        + boundary("b", "o", ERROR),
        "s -> o\n b -> k",
        [["h"], "h", ["k"], failed()],
    ),
    Course(
        "an error in one of several runs interrupts the whole activity",
        "13.3.7",
        START
        + users("k", "z")
        + sub("c", IN + users("a") + end("e", ERROR), "is -> a\n a -> e", marker=several())
        + boundary("b", "c", ERROR),
        "s -> c\n c -> z\n b -> k",
        [["a", "a", "a"], "a", ["k"], "k", True],
    ),
    Course(
        "a boundary event on sequential runs ends them all",
        "13.3.7",
        START + f'<userTask id="a">{IN_TURN}</userTask>' + users("k", "z") + boundary("b", "a", MESSAGE),
        "s -> a\n a -> z\n b -> k",
        [["a"], "a", ["a"], "~m", ["k"], done("a", 1)],
    ),
    Course(
        "a boundary event that does not interrupt comes once for the activity, not for each run",
        "10.3.8",
        START
        + f'<userTask id="a">{several()}</userTask>'
        + users("k", "z")
        + boundary("b", "a", timer("P1D"), interrupting=False),
        "s -> a\n a -> z\n b -> k",
        ["+3d", ["a", "a", "a", "k"], "a", "a", "a", ["k", "z"]],
    ),
    Course(
        "a timer beside a task comes no more when the task was done before",
        "13.3.2",
        START + users("a", "k", "z") + boundary("b", "a", timer("P1D"), interrupting=False),
        "s -> a\n a -> z\n b -> k",
        ["a", "+2d", ["z"]],
    ),
    Course(
        "a cycle of three comes three times",
        "table 10.101, ISO 8601",
        START + users("a", "k") + boundary("b", "a", timer("R3/PT12H", "timeCycle"), interrupting=False),
        "s -> a\n b -> k",
        ["+9d", ["a", "k", "k", "k"], "a", "k", "k", "k", True],
    ),
    Course(
        "what a cycle has opened survives its host",
        "13.3.2",
        START + users("a", "k", "z") + boundary("b", "a", timer("R/PT12H", "timeCycle"), interrupting=False),
        "s -> a\n a -> z\n b -> k",
        ["+1d", "a", ["k", "k", "z"], "+5d", ["k", "k", "z"]],
    ),
    Course(
        "a timer whose date is past comes as soon as time is looked at",
        "13.4.2",
        START + catch("c", timer("2020-01-01", "timeDate")) + users("a"),
        "s -> c\n c -> a",
        [[], "+0h", ["a"]],
    ),
    Course(
        "a condition beside a task comes once each time it becomes true",
        "table 10.84",
        START
        + split("g")
        + users("a", "w", "k")
        + '<exclusiveGateway id="x"/>'
        + boundary("b", "a", condition("n > 1"), interrupting=False),
        "s -> g\n g -> a\n g -> x\n x -> w\n w -> x\n b -> k",
        [
            ["a", "w"],
            ("w", {"n": 2}),
            ["a", "k", "w"],
            ("w", {"n": 3}),
            ["a", "k", "w"],
            ("w", {"n": 0}),
            ["a", "k", "w"],
            ("w", {"n": 5}),
            ["a", "k", "k", "w"],
        ],
        {"n": 0},
    ),
    Course(
        "two conditions of one event come each for itself",
        "10.5.4, table 10.84",
        START
        + split("g")
        + users("a", "w", "k")
        + '<exclusiveGateway id="x"/>'
        + boundary("b", "a", condition("n > 1") + condition("m > 1"), interrupting=False),
        "s -> g\n g -> a\n g -> x\n x -> w\n w -> x\n b -> k",
        [
            ("w", {"n": 2}),
            ["a", "k", "w"],
            ("w", {"m": 2}),
            ["a", "k", "k", "w"],
            ("w", {"m": 3}),
            ["a", "k", "k", "w"],
        ],
        {"n": 0, "m": 0},
    ),
    Course(
        "an event that waits for all of several conditions comes with the last",
        "10.5.4",
        START
        + split("g")
        + users("v", "w", "z")
        + catch("c", condition("n > 1") + condition("m > 1"), 'parallelMultiple="true"'),
        "s -> g\n g -> v\n g -> w\n g -> c\n c -> z",
        [("v", {"n": 2}), ["w"], ("w", {"m": 2}), ["z"]],
        {"n": 0, "m": 0},
    ),
    Course(
        "an event that waits for two timers comes with the later",
        "10.5.4",
        START + catch("c", timer("P1D") + timer("P2D"), 'parallelMultiple="true"') + users("z"),
        "s -> c\n c -> z",
        ["+1d", [], "+1d", ["z"]],
    ),
    Course(
        "an event that waits for all comes when a message, a signal and a timer have come, in any order",
        "10.5.4",
        START + catch("c", timer("P1D") + MESSAGE + SIGNAL, 'parallelMultiple="true"') + users("z"),
        "s -> c\n c -> z",
        ["~sig", [], "+1d", [], "~m", ["z"]],
    ),
    Course(
        "of several events beside a task each comes for itself, and none starts another anew",
        "10.5.4",
        START + users("a", "k") + boundary("b", "a", timer("P1D") + MESSAGE, interrupting=False),
        "s -> a\n b -> k",
        ["+12d", ["a", "k"], "~m", ["a", "k", "k"], "~m", ["a", "k", "k", "k"], "+12d", ["a", "k", "k", "k"]],
    ),
    Course(
        "a message beside a task does not put off the timer of the same event",
        "10.5.4",
        START + users("a", "k") + boundary("b", "a", timer("PT20H") + MESSAGE, interrupting=False),
        "s -> a\n b -> k",
        ["+12h", "~m", ["a", "k"], "+8h", ["a", "k", "k"]],
    ),
    Course(
        "a condition inside a sub-process sees what changes around it",
        "10.4.1",
        START
        + split("g")
        + users("w")
        + sub("c", IN + catch("ready", condition("n > 1")) + users("a"), "is -> ready\n ready -> a"),
        "s -> g\n g -> w\n g -> c",
        [("w", {"n": 2}), ["a"]],
        {"n": 0},
    ),
    Course(
        "a signal reaches everyone who waits in the case, also within",
        "10.5.7",
        START
        + split("g")
        + users("a", "b", "d")
        + catch("c1", SIGNAL)
        + boundary("bb", "b", SIGNAL)
        + sub("c", IN + catch("c2", SIGNAL) + users("x"), "is -> c2\n c2 -> x")
        + throw("t", SIGNAL)
        + users("w", "y"),
        "s -> g\n g -> c1\n c1 -> a\n g -> b\n bb -> d\n g -> c\n g -> w\n w -> t\n t -> y",
        [["b", "w"], "w", ["a", "d", "x", "y"]],
    ),
    Course(
        "a signal thrown inside interrupts its own sub-process before anything follows",
        "10.5.7, 13.3.2",
        START
        + users("k")
        + sub("c", IN + throw("t", SIGNAL) + users("never"), "is -> t\n t -> never")
        + boundary("b", "c", SIGNAL),
        "s -> c\n b -> k",
        [["k"], done("t", 1)],
    ),
    Course(
        "the cancelled transaction of one of several runs cancels the whole activity",
        "10.3.5, 13.3.7",
        START
        + users("k", "z")
        + sub("c", IN + users("a") + end("e", CANCEL), "is -> a\n a -> e", tag="transaction", marker=several("2"))
        + boundary("b", "c", CANCEL),
        "s -> c\n c -> z\n b -> k",
        ["a", ["k"], "k", True],
    ),
    Course(
        "a cancelled transaction goes on nowhere but by its cancel event",
        "table 10.88",
        START + users("z") + sub("c", IN + end("e", CANCEL), "is -> e", tag="transaction"),
        "s -> c\n c -> z",
        [[], failed("expression"), False],
    ),
    Course(
        "an error out of a transaction is a hazard: nothing is undone",
        "10.3.5",
        START
        + users("k")
        + sub(
            "c",
            IN
            + '<task id="a"/>'
            + '<boundaryEvent id="ab" attachedToRef="a"><compensateEventDefinition/></boundaryEvent>'
            '<association id="w" sourceRef="ab" targetRef="u"/><userTask id="u" isForCompensation="true"/>'
            + end("e", ERROR),
            "is -> a\n a -> e",
            tag="transaction",
        )
        + boundary("b", "c", ERROR)
        + users("n")
        + boundary("bc", "c", CANCEL),
        "s -> c\n b -> k\n bc -> n",
        [["k"], done("u", 0)],
    ),
    Course(
        "terminating a sub-process leaves what is around it",
        "13.4.6",
        START
        + split("g")
        + users("o", "z")
        + sub("c", IN + split("ig") + users("a", "b") + end("e", TERMINATE), "is -> ig\n ig -> a\n ig -> b\n a -> e"),
        "s -> g\n g -> o\n g -> c\n c -> z",
        ["a", ["o", "z"]],
    ),
    Course(
        "terminating one of several runs leaves the others",
        "13.4.6",
        START
        + users("z")
        + sub(
            "c",
            IN + split("ig") + users("a", "b") + end("e", TERMINATE),
            "is -> ig\n ig -> a\n ig -> b\n a -> e",
            marker=several("2"),
        ),
        "s -> c\n c -> z",
        ["a", ["a", "b"], "a", ["z"]],
    ),
    Course(
        "terminating a called process ends it alone",
        "13.4.6",
        START + split("g") + users("o", "z") + CALL,
        "s -> g\n g -> o\n g -> c\n c -> z",
        ["a", ["o", "z"]],
        shared=process(
            "q", IN + split("ig") + users("a", "b") + end("e", TERMINATE), "is -> ig\n ig -> a\n ig -> b\n a -> e"
        ),
    ),
    Course(
        "terminating an event sub-process ends only that",
        "13.4.6",
        START + users("a") + event_sub("ev", MESSAGE, end("e", TERMINATE), "ev_s -> e", interrupting=False),
        "s -> a",
        ["~m", ["a"], "a", True],
    ),
    Course(
        "terminate at the top ends everything, and what was known stays known",
        "13.4.6",
        START + split("g") + users("a", "b", "b2") + end("e", TERMINATE),
        "s -> g\n g -> a\n g -> b\n b -> b2\n a -> e",
        [("b", {"n": 7}), ["a", "b2"], "a", True, {"n": 7}],
    ),
    Course(
        "an error nobody catches is an incident, and the scope stands",
        "10.5.7",
        START
        + sub("c", IN + users("a") + end("e", ERROR), "is -> a\n a -> e")
        + users("k")
        + boundary("b", "c", ERROR_2),
        "s -> c\n b -> k",
        ["a", [], failed("bpmn_error"), False],
    ),
    Course(
        "the event sub-process of an inner scope comes before the boundary of an outer",
        "13.5.4",
        START
        + users("k")
        + sub(
            "o",
            IN
            + sub("c", '<startEvent id="cs"/>' + end("e", ERROR), "cs -> e")
            + event_sub("ev", ERROR, users("h"), "ev_s -> h"),
            "is -> c",
        )
        + boundary("b", "o", ERROR),
        "s -> o\n b -> k",
        [["h"], "h", True],
    ),
    Course(
        "of two event sub-processes that interrupt, the first to come disarms the other",
        "13.5.4",
        START
        + users("a")
        + event_sub("e1", condition("n > 1"), users("h1"), "e1_s -> h1")
        + event_sub("e2", MESSAGE, users("h2"), "e2_s -> h2"),
        "s -> a",
        [["h1"], "~m", ["h1"], "h1", True],
        {"n": 2},
    ),
    Course(
        "an event sub-process within an event sub-process interrupts only the inner one",
        "13.5.4",
        START
        + users("a")
        + event_sub(
            "o",
            MESSAGE,
            users("h") + event_sub("i", MESSAGE_2, users("hh"), "i_s -> hh"),
            "o_s -> h",
            interrupting=False,
        ),
        "s -> a",
        ["~m", ["a", "h"], "~m2", ["a", "hh"], "hh", ["a"], "a", True],
    ),
    Course(
        "an event that interrupts cancels what runs beside in event sub-processes, too",
        "13.5.4",
        START
        + users("a")
        + event_sub("e1", MESSAGE, users("h1"), "e1_s -> h1", interrupting=False)
        + event_sub("e2", SIGNAL, users("h2"), "e2_s -> h2"),
        "s -> a",
        ["~m", ["a", "h1"], "~sig", ["h2"], "h2", True],
    ),
    Course(
        "an event sub-process that runs beside keeps its scope open",
        "13.5.4",
        START
        + users("z")
        + sub(
            "c", IN + users("a") + event_sub("e1", MESSAGE, users("h1"), "e1_s -> h1", interrupting=False), "is -> a"
        ),
        "s -> c\n c -> z",
        ["~m", "~m", "a", ["h1", "h1"], "h1", ["h1"], "h1", ["z"]],
    ),
    Course(
        "while a scope only awaits its event sub-processes, no other begins",
        "13.5.4",
        START
        + sub("c", IN + users("a"), "is -> a")
        + event_sub("e1", MESSAGE, users("h1") + end("up", ESCALATION), "e1_s -> h1\n h1 -> up", interrupting=False)
        + event_sub("e2", ESCALATION, users("h2"), "e2_s -> h2", interrupting=False),
        "s -> c",
        ["~m", "~m", "h1", ["a", "h1", "h2"], "a", "~m", ["h1", "h2"], "h1", ["h2"], "h2", True],
    ),
    Course(
        "one message beside a task comes as often as it is sent, also while what it opened is open",
        "13.3.2",
        START + users("a", "k") + boundary("b", "a", MESSAGE, interrupting=False),
        "s -> a\n b -> k",
        ["~m", "~m", "k", "~m", ["a", "k", "k"]],
    ),
    Course(
        "links lead on within their own sub-process",
        "table 10.98",
        START
        + users("z")
        + sub(
            "c",
            IN
            + throw("l1", '<linkEventDefinition name="L"/>')
            + catch("l2", '<linkEventDefinition name="L"/>')
            + users("a"),
            "is -> l1\n l2 -> a",
        ),
        "s -> c\n c -> z",
        [["a"], "a", ["z"]],
    ),
    Course(
        "a script's error is caught at the boundary of the task that repeats it",
        "10.5.7, 13.3.6",
        START
        + users("k")
        + script("t", 'n = n + 1\nif n > 2:\n  raise Exception("E1")', '<standardLoopCharacteristics loopMaximum="9"/>')
        + boundary("b", "t", ERROR),
        "s -> t\n b -> k",
        [["k"], done("t", 2)],
        {"n": 0},
    ),
    Course(
        "an error boundary catches what a parallel branch inside throws, and cancels the other",
        "13.3.4",
        START
        + users("k")
        + sub("c", IN + split("ig") + users("a", "b") + end("e", ERROR), "is -> ig\n ig -> a\n ig -> b\n a -> e")
        + boundary("b1", "c", ERROR),
        "s -> c\n b1 -> k",
        ["a", ["k"], done("b", 0), "k", True],
    ),
    Course(
        "a message boundary on one of several runs' own task interrupts that run alone",
        "13.3.7",
        START
        + users("z")
        + sub(
            "c",
            IN + users("a", "k") + boundary("b", "a", timer("unit", "timeDuration")),
            "is -> a\n b -> k",
            marker=each_of("spans"),
        ),
        "s -> c\n c -> z",
        [["a", "a"], "+1d", ["a", "k"], "a", "k", ["z"]],
        {"spans": ["P1D", "P9D"]},
    ),
]


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.name)
def test_it_runs_as_the_standard_says(play_file: Any, course: Course) -> None:
    follow(course, play_file)
