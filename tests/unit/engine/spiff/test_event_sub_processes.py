"""Event sub-processes of every start kind, interrupting or beside, in every kind of scope (BPMN 2.0 section 13.5.4).

In the scope `w` and `t` run side by side; `h` is what the event sub-process does, `z` follows the scope.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from tests.unit.engine.spiff.courses import (
    ERROR,
    ESCALATION,
    MESSAGE,
    SIGNAL,
    START,
    Course,
    condition,
    each_of,
    end,
    event_sub,
    follow,
    process,
    script,
    split,
    sub,
    take,
    throw,
    timer,
    users,
)


@dataclass(frozen=True)
class Kind:
    """How an event is made to come: by completing `w`, or from outside; `after_w` is what then follows it."""

    event: str
    trigger: Any
    after_w: str = ""
    interrupts_always: bool = False


KINDS = {
    "message": Kind(MESSAGE, "~m"),
    "signal": Kind(SIGNAL, "~sig"),
    "timer": Kind(timer("P1D"), "+1d"),
    "conditional": Kind(condition("go"), ("w", {"go": True})),
    "error": Kind(ERROR, "w", end("after", ERROR), interrupts_always=True),
    "error of a script": Kind(ERROR, "w", script("after", 'raise Exception("E1")'), interrupts_always=True),
    "escalation": Kind(ESCALATION, "w", end("after", ESCALATION)),
    "escalation thrown on the way": Kind(ESCALATION, "w", throw("after", ESCALATION)),
    "signal thrown inside": Kind(SIGNAL, "w", throw("after", SIGNAL)),
}
NOT_AD_HOC = ("process", "sub-process", "transaction", "called process", "one of two runs", "event sub-process")
PLACES = (*NOT_AD_HOC, "ad-hoc")


def scope(kind: Kind, place: str, *, interrupting: bool) -> tuple[str, str]:
    """The nodes and flows of the scope."""
    nodes = users("w", "t") + kind.after_w
    nodes += event_sub("ev", kind.event, users("h"), "ev_s -> h", interrupting=interrupting)
    lines = "w -> after" if kind.after_w else ""
    if place == "ad-hoc":
        return nodes, lines
    return '<startEvent id="is"/>' + split("g") + nodes, f"is -> g\n g -> w\n g -> t\n {lines}"


def drawn(kind: Kind, place: str, *, interrupting: bool) -> tuple[str, str, str]:
    """The whole: nodes, flows, other processes."""
    nodes, lines = scope(kind, place, interrupting=interrupting)
    around = START + users("z")
    if place == "process":
        return nodes, lines, ""
    if place == "called process":
        return around + '<callActivity id="c" calledElement="q"/>', "s -> c\n c -> z", process("q", nodes, lines)
    if place == "event sub-process":
        begin = f'<startEvent id="is" isInterrupting="false">{timer("PT1H")}</startEvent>'
        outer = nodes.replace('<startEvent id="is"/>', begin)
        return around + sub("c", outer, lines, attributes='triggeredByEvent="true"'), "s -> z", ""
    tag = {"transaction": "transaction", "ad-hoc": "adHocSubProcess"}.get(place, "subProcess")
    marker = each_of("units") if place == "one of two runs" else ""
    return around + sub("c", nodes, lines, tag=tag, marker=marker), "s -> c\n c -> z", ""


def open_after(kind: Kind, place: str, *, interrupting: bool) -> list[str]:
    """What is open in the scope once the event has come: `h` alone, or `h` beside what was open.

    A signal reaches both of two runs, what is thrown or changed in one of them only that one.
    """
    by_w = kind.trigger == "w" or isinstance(kind.trigger, tuple)
    runs = [True, not by_w or kind.event == SIGNAL] if place == "one of two runs" else [True]
    found: list[str] = []
    for number, is_touched in enumerate(runs):
        left = ["t"] if by_w and number == 0 else ["t", "w"]
        found += ["h", *([] if interrupting else left)] if is_touched else left
    return found


def cases() -> list[Any]:
    found = []
    for name, kind in KINDS.items():
        for interrupting in (True, False):
            if interrupting or not kind.interrupts_always:
                for place in PLACES if not kind.after_w.startswith("<endEvent") else NOT_AD_HOC:
                    word = "interrupts" if interrupting else "runs beside"
                    found.append(pytest.param(kind, place, interrupting, id=f"{name} {word} in {place}"))
    return found


@pytest.mark.parametrize(("kind", "place", "interrupting"), cases())
def test_it_interrupts_its_scope_or_runs_beside(play_file: Any, kind: Kind, place: str, interrupting: bool) -> None:
    nodes, lines, shared = drawn(kind, place, interrupting=interrupting)
    course = Course("", "13.5.4", nodes, lines, (), {"go": False, "units": [1, 2]}, shared)
    case = follow(course, play_file)
    outside = []
    if place == "event sub-process":
        take(case, "+1h", "the scope begins")
        outside = ["z"]
    take(case, kind.trigger, "the event comes")
    take(case, outside + open_after(kind, place, interrupting=interrupting), "once it has come")
    for _ in range(9):
        inside = [name for name in case.open if name != "z"]
        if inside:
            case.complete(inside[0])
    assert case.failures == []
    assert (case.open, case.ended) == (([], True) if place == "process" else (["z"], False))
