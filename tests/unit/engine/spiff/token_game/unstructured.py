"""Random graphs of tasks and gateways: flows lead anywhere forward, and back to a task, so that each turn waits."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.unit.engine.spiff.token_game.drawing import Drawing, Event, Kind
from tests.unit.engine.spiff.token_game.sheet import CAUGHT, CLIMBING, DrawFn, Sheet, perhaps, repeats, whens

KINDS: list[Kind] = [
    "task", "task", "task", "task", "exclusive", "exclusive", "parallel", "inclusive", "inclusive", "pass", "catch",
    "event_based", "throw", "sub", "sub",
]  # fmt: skip
THROWN = [Event("signal", "sig"), Event("signal", "sig2"), Event("escalation", "X1")]
LAST = [
    Event("terminate"),
    Event("signal", "sig"),
    Event("error", "E1"),
    Event("error", "E2"),
    Event("escalation", "X1"),
]


@st.composite
def unstructured(draw: DrawFn) -> Drawing:
    sheet = Sheet()
    graph(draw, sheet, draw(st.integers(3, 10)), 2)
    return sheet.drawing


def graph(draw: DrawFn, sheet: Sheet, size: int, depth: int, event: Event | None = None) -> None:
    """A level of about `size` nodes in a row; each leads to some later ones, a few back to an earlier task."""
    interrupting = event is None or event.kind == "error" or draw(st.booleans())
    has_start = depth == 2 or event is not None or not perhaps(draw, 3)
    start = sheet.node("start", event=event, interrupting=interrupting) if has_start else ""
    row = [some_node(draw, sheet, depth, within_handler=event is not None) for _ in range(size)]
    last = LAST if event is None else [each for each in LAST if each.kind != "signal"]
    ends = [sheet.node("end"), sheet.node("end", event=draw(st.sampled_from(last)) if perhaps(draw, 2) else None)]
    if start:
        sheet.flow(start, draw(st.sampled_from(row[:2])))
    for node in [*sheet.nodes]:
        if node.id in row or node.kind == "boundary":
            lead_on(draw, sheet, node.id, row[row.index(node.host or node.id) + 1 :] + ends, tasks_of(sheet))
    for number, name in enumerate([*row, *ends]):
        if start and not any(flow.target == name for flow in sheet.flows):
            lead_here(draw, sheet, name, row[:number], start)
    if event is None and perhaps(draw, 4):
        inside = sheet.level()
        graph(draw, inside, draw(st.integers(1, 3)), 0, draw(st.sampled_from(CAUGHT + CLIMBING)))
        sheet.node("handler", inside=inside.drawing)


def tasks_of(sheet: Sheet) -> list[str]:
    """Where a flow may lead back to."""
    return [node.id for node in sheet.nodes if node.kind == "task"]


def some_node(draw: DrawFn, sheet: Sheet, depth: int, *, within_handler: bool) -> str:
    kind = draw(st.sampled_from(KINDS))
    if kind == "catch":
        return sheet.node("catch", event=draw(st.sampled_from(CAUGHT)))
    if kind == "throw" and not within_handler:
        return sheet.node("throw", event=draw(st.sampled_from(THROWN)))
    if kind == "sub" and depth:
        inside = sheet.level()
        graph(draw, inside, draw(st.integers(1, 4)), depth - 1)
        marker = draw(repeats()) if perhaps(draw, 4) else None
        name = sheet.node("sub", inside=inside.drawing, repeat=marker, called=perhaps(draw, 4))
        border(draw, sheet, name, CAUGHT[:3] + CLIMBING)
        return name
    if kind in ("sub", "throw", "task"):
        name = sheet.node("task")
        border(draw, sheet, name, CAUGHT[:3])
        return name
    return sheet.node(kind)


def border(draw: DrawFn, sheet: Sheet, host: str, events: list[Event]) -> None:
    """Perhaps a boundary event."""
    if perhaps(draw, 3):
        event = draw(st.sampled_from(events))
        interrupting = event.kind == "error" or draw(st.booleans())
        sheet.node("boundary", event=event, host=host, interrupting=interrupting)


def lead_on(draw: DrawFn, sheet: Sheet, name: str, later: list[str], tasks: list[str]) -> None:
    """One to three flows out, with conditions and a default where the standard asks for them."""
    kind = next(node.kind for node in sheet.nodes if node.id == name)
    targets = draw(st.lists(st.sampled_from(later), min_size=1, max_size=3, unique=True))
    if kind == "event_based":
        for event, target in zip([CAUGHT[0], CAUGHT[2], CAUGHT[1]], (targets * 2)[:3], strict=False):
            sheet.line(name, sheet.node("catch", event=event), target)
        return
    if tasks and perhaps(draw, 4):
        targets = list(dict.fromkeys([*targets, draw(st.sampled_from(tasks))]))
    needs_condition = kind in ("exclusive", "inclusive") and len(targets) > 1
    may_have = kind in ("task", "pass", "sub") and len(targets) > 1
    rest = draw(st.sampled_from(targets)) if needs_condition and not perhaps(draw, 6) else ""
    for target in targets:
        has_condition = target != rest and (needs_condition or (may_have and draw(st.booleans())))
        sheet.flow(
            name, target if target == rest else led(draw, sheet, target), draw(whens()) if has_condition else None
        )
    if rest:
        sheet.has_default(name, rest)


def led(draw: DrawFn, sheet: Sheet, target: str) -> str:
    """The target itself, or now and then a link that leads there."""
    if not perhaps(draw, 10):
        return target
    link = Event("link", f"to {target}")
    if not any(node.event == link for node in sheet.nodes):
        sheet.flow(sheet.node("catch", event=link), target)
    return sheet.node("throw", event=link)


def lead_here(draw: DrawFn, sheet: Sheet, name: str, before: list[str], start: str) -> None:
    """A flow to a node nothing leads to."""
    kinds = {node.id: node.kind for node in sheet.nodes}
    source = draw(st.sampled_from([each for each in before if kinds[each] in ("task", "pass", "parallel")] or [start]))
    sheet.flow(source, name)
