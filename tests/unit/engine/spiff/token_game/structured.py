"""Random processes of nested blocks, each with one way in and one way out."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.unit.engine.spiff.token_game.drawing import Drawing, Event
from tests.unit.engine.spiff.token_game.sheet import CAUGHT, CLIMBING, DrawFn, Sheet, perhaps, repeats, whens

GREAT = ["sequence", "sequence", "fork", "fork", "loop", "sub", "sub", "deferred", "implicit", "take_back"]
SMALL = ["task", "sequence", "fork", "fork", "loop", "sub", "deferred", "catch", "throw", "implicit", "take_back"]
THROWN = [Event("signal", "sig"), Event("signal", "sig2"), Event("escalation", "X1"), Event("compensate")]
LEAVES = ["task", "task", "catch", "throw", "implicit", "undone"]


@st.composite
def structured(draw: DrawFn) -> Drawing:
    sheet = Sheet()
    level(draw, sheet, 4, within="process")
    return sheet.drawing


def level(draw: DrawFn, sheet: Sheet, depth: int, *, within: str, event: Event | None = None) -> None:
    """A whole level: start, block, end, and event sub-processes. `within`: process, sub, handler."""
    interrupting = event is None or event.kind == "error" or draw(st.booleans())
    start = sheet.node("start", event=event, interrupting=interrupting)
    first, last = block(draw, sheet, depth, within)
    sheet.line(start, first)
    sheet.flow(last, end(draw, sheet, within))
    if within != "handler" and perhaps(draw, 2):
        for caught in draw(st.lists(st.sampled_from(CAUGHT + CLIMBING), min_size=1, max_size=2, unique_by=kind_of)):
            inside = sheet.level()
            level(draw, inside, depth - 2, within="handler", event=caught)
            sheet.node("handler", inside=inside.drawing)


def kind_of(event: Event) -> str:
    return event.kind if event.kind in ("error", "escalation") else event.name


def end(draw: DrawFn, sheet: Sheet, within: str) -> str:
    """An end event: mostly a plain one."""
    if not perhaps(draw, 4):
        return sheet.node("end")
    events = [Event("terminate")]
    if within != "process":
        events += [Event("error", "E1"), Event("escalation", "X1"), Event("error", "E2")]
    if within != "handler":
        events += [Event("signal", "sig"), Event("compensate")]
    return sheet.node("end", event=draw(st.sampled_from(events)))


def block(draw: DrawFn, sheet: Sheet, depth: int, within: str) -> tuple[str, str]:
    """Draw one block; its first and last node."""
    kind = draw(st.sampled_from(GREAT if depth > 2 else SMALL if depth > 0 else LEAVES))
    if kind == "sequence":
        first, middle = block(draw, sheet, depth - 1, within)
        following, last = block(draw, sheet, depth - 1, within)
        sheet.line(middle, following)
        return first, last
    if kind == "fork":
        return fork(draw, sheet, depth, within)
    if kind == "loop":
        return loop(draw, sheet, depth, within)
    if kind == "sub":
        inside = sheet.level()
        level(draw, inside, depth - 1, within="sub")
        name = sheet.node("sub", inside=inside.drawing, repeat=marker(draw), called=perhaps(draw, 4))
        if within != "handler" and perhaps(draw, 6):
            undone(sheet, name)
        return hosted(draw, sheet, within, name, CLIMBING)
    if kind == "deferred":
        return deferred(draw, sheet)
    if kind == "take_back" and within != "handler":
        return take_back(draw, sheet, depth, within)
    if kind == "implicit":
        return implicit(draw, sheet, within)
    if kind == "catch":
        return (name := sheet.node("catch", event=draw(st.sampled_from(CAUGHT))), name)
    if kind == "throw" and within != "handler":
        event = draw(st.sampled_from(THROWN))
        return (name := sheet.node("throw", event=event), name)
    if kind == "undone" and within != "handler":
        return (name := undone(sheet, sheet.node("task", repeat=marker(draw))), name)
    return hosted(draw, sheet, within, sheet.node("task", repeat=marker(draw)), [])


def undone(sheet: Sheet, host: str) -> str:
    """What undoes the activity, should compensation be thrown."""
    sheet.node("boundary", event=Event("compensate"), host=host)
    sheet.node("undoing", host=host)
    return host


def take_back(draw: DrawFn, sheet: Sheet, depth: int, within: str) -> tuple[str, str]:
    """Something done, something more, and all of it undone."""
    first = undone(sheet, sheet.node("task", repeat=marker(draw)))
    entry, leaving = block(draw, sheet, depth - 1, within)
    last = sheet.node("throw", event=Event("compensate"))
    sheet.line(first, entry)
    sheet.line(leaving, last)
    return first, last


def marker(draw: DrawFn) -> object:
    return draw(repeats()) if perhaps(draw, 4) else None


def hosted(draw: DrawFn, sheet: Sheet, within: str, host: str, climbing: list[Event]) -> tuple[str, str]:
    """Boundary events of an activity, whose ways join what follows it, or end."""
    if not perhaps(draw, 2):
        return host, host
    events = draw(st.lists(st.sampled_from(CAUGHT[:3] + climbing), min_size=1, max_size=2, unique_by=kind_of))
    last = sheet.node(draw(st.sampled_from(["exclusive", "exclusive", "inclusive", "pass"])))
    sheet.line(host, last)
    for event in events:
        interrupting = event.kind == "error" or draw(st.booleans())
        name = sheet.node("boundary", event=event, host=host, interrupting=interrupting)
        way = sheet.node("task")
        sheet.line(name, way, last if draw(st.booleans()) else end(draw, sheet, within))
    return host, last


def fork(draw: DrawFn, sheet: Sheet, depth: int, within: str) -> tuple[str, str]:
    """A split and mostly the join of its kind; a branch may end on its own."""
    kind = draw(st.sampled_from(["exclusive", "parallel", "inclusive", "inclusive"]))
    joined = kind if not perhaps(draw, 5) else draw(st.sampled_from(["exclusive", "inclusive"]))
    first, last = sheet.node(kind), sheet.node(joined)
    ways = draw(st.integers(2, 3))
    for number in range(ways):
        entry, leaving = block(draw, sheet, depth - 1, within)
        is_last = number == ways - 1
        sheet.flow(first, entry, None if kind == "parallel" or is_last else draw(whens()))
        if is_last and kind != "parallel":
            sheet.has_default(first, entry)
        if number and perhaps(draw, 6):
            sheet.flow(leaving, end(draw, sheet, within))
        else:
            sheet.flow(leaving, last)
    return first, last


def loop(draw: DrawFn, sheet: Sheet, depth: int, within: str) -> tuple[str, str]:
    """A block that is done again; somebody is asked in each turn."""
    first, asked = sheet.node(draw(st.sampled_from(["exclusive", "inclusive"]))), sheet.node("task")
    entry, leaving = block(draw, sheet, depth - 1, within)
    last = sheet.node("exclusive")
    after = sheet.node("pass")
    sheet.line(first, asked, entry)
    sheet.flow(leaving, last)
    sheet.flow(last, first, draw(whens()))
    sheet.flow(last, after)
    sheet.has_default(last, after)
    return first, after


def deferred(draw: DrawFn, sheet: Sheet) -> tuple[str, str]:
    first, last = sheet.node("event_based"), sheet.node("exclusive")
    for event in draw(st.lists(st.sampled_from(CAUGHT), min_size=2, max_size=3, unique=True)):
        sheet.line(first, sheet.node("catch", event=event), sheet.node("task"), last)
    return first, last


def implicit(draw: DrawFn, sheet: Sheet, within: str) -> tuple[str, str]:
    """A task with several flows out, which meet again at a gateway or uncontrolled at a task."""
    first = sheet.node(draw(st.sampled_from(["task", "pass"])))
    last = sheet.node(draw(st.sampled_from(["inclusive", "task", "pass", "exclusive"])))
    for _ in range(draw(st.integers(2, 3))):
        way = sheet.node("task")
        sheet.flow(first, way, draw(st.none() | whens()))
        sheet.line(way, last)
    if draw(st.booleans()):
        other = sheet.node("task")
        sheet.line(first, other, last)
        if draw(st.booleans()):
            sheet.has_default(first, other)
    return first, last
