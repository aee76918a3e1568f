"""Random graphs of tasks and gateways: flows lead anywhere forward, and back to a task, so that each turn waits."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.unit.engine.spiff.token_game.drawing import Drawing, Event
from tests.unit.engine.spiff.token_game.sheet import CAUGHT, DrawFn, Sheet, perhaps, repeats, whens

KINDS = ["task", "task", "task", "exclusive", "exclusive", "parallel", "inclusive", "inclusive", "pass", "catch", "sub"]


@st.composite
def unstructured(draw: DrawFn) -> Drawing:
    sheet = Sheet()
    graph(draw, sheet, draw(st.integers(3, 10)), nested=False)
    return sheet.drawing


def graph(draw: DrawFn, sheet: Sheet, size: int, *, nested: bool) -> None:
    """A level of about `size` nodes in a row; each leads to some later ones, a few back to an earlier task."""
    start = sheet.node("start")
    row = [some_node(draw, sheet, nested) for _ in range(size)]
    last = sheet.node("end", event=Event("terminate") if perhaps(draw, 8) else None)
    sheet.flow(start, draw(st.sampled_from(row[:2])))
    boundaries = [node.id for node in sheet.nodes if node.kind == "boundary"]
    for name in row + boundaries:
        host = next(node.host for node in sheet.nodes if node.id == name) or name
        lead_on(draw, sheet, name, [*row[row.index(host) + 1 :], last], earlier(sheet, row))
    for number, name in enumerate(row):
        if not any(flow.target == name for flow in sheet.flows):
            lead_here(draw, sheet, name, row[:number], start)


def earlier(sheet: Sheet, row: list[str]) -> list[str]:
    """Where a flow may lead back to."""
    return [node.id for node in sheet.nodes if node.kind == "task" and node.id in row]


def some_node(draw: DrawFn, sheet: Sheet, nested: bool) -> str:
    kind = draw(st.sampled_from(KINDS))
    if kind == "catch":
        return sheet.node("catch", event=draw(st.sampled_from(CAUGHT)))
    if kind == "sub":
        if nested:
            return sheet.node("task")
        inside = sheet.level()
        graph(draw, inside, draw(st.integers(1, 4)), nested=True)
        name = sheet.node("sub", inside=inside.drawing, repeat=draw(repeats()) if perhaps(draw, 4) else None)
    else:
        name = sheet.node(kind)
    if kind in ("task", "sub") and perhaps(draw, 4):
        sheet.node("boundary", event=draw(st.sampled_from(CAUGHT[:3])), host=name, interrupting=draw(st.booleans()))
    return name


def lead_on(draw: DrawFn, sheet: Sheet, name: str, later: list[str], tasks: list[str]) -> None:
    """One to three flows out, with conditions and a default where the standard asks for them."""
    kind = next(node.kind for node in sheet.nodes if node.id == name)
    targets = draw(st.lists(st.sampled_from(later), min_size=1, max_size=3, unique=True))
    if tasks and perhaps(draw, 4):
        targets.append(draw(st.sampled_from(tasks)))
    targets = list(dict.fromkeys(targets))
    needs_condition = kind in ("exclusive", "inclusive") and len(targets) > 1
    may_have = kind in ("task", "pass", "sub") and len(targets) > 1
    for target in targets:
        sheet.flow(name, target, draw(whens()) if needs_condition or (may_have and draw(st.booleans())) else None)
    if needs_condition and not perhaps(draw, 6):
        rest = draw(st.sampled_from(targets))
        sheet.flows[:] = [each for each in sheet.flows if (each.source, each.target) != (name, rest)]
        sheet.flow(name, rest)
        sheet.has_default(name, rest)


def lead_here(draw: DrawFn, sheet: Sheet, name: str, before: list[str], start: str) -> None:
    """A flow to a node nothing leads to."""
    kinds = {node.id: node.kind for node in sheet.nodes}
    source = draw(st.sampled_from([each for each in before if kinds[each] in ("task", "pass", "parallel")] or [start]))
    sheet.flow(source, name)
