"""Draws the start event a scope leaves out, and joins several plain starts of a sub-process."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bpmn.drawing import (
    Drawing,
    children,
    event_definitions,
    finding,
    is_compensation,
    is_event_sub_process,
)
from bpmn.findings import Finding
from bpmn.names import local
from bpmn.normaliser.insertion import Canvas, change_type


def repair(canvas: Canvas) -> Iterator[Finding]:
    """BPMN 2.0, 10.5.2: without a start event, what no flow leads to begins together."""
    drawing = canvas.drawing()
    for scope in drawing.scopes:
        if local(scope) == "adHocSubProcess" or is_event_sub_process(scope):
            continue
        starts = children(scope, "startEvent")
        if not starts:
            yield from draw_start(canvas, scope, first_nodes(scope, drawing))
        elif local(scope) != "process" and len(starts) > 1 and not any(map(event_definitions, starts)):
            yield from join_starts(canvas, scope, starts)


def first_nodes(scope: etree._Element, drawing: Drawing) -> list[etree._Element]:
    """The nodes of a scope that begin when nothing says what begins."""
    return [
        node
        for node in children(scope)
        if not drawing.incoming(node)
        and local(node) != "boundaryEvent"
        and not is_compensation(node)
        and not is_event_sub_process(node)
    ]


def draw_start(canvas: Canvas, scope: etree._Element, first: list[etree._Element]) -> Iterator[Finding]:
    """A start event before the first nodes, or alone with an end in an empty sub-process."""
    if children(scope) and not first:
        return
    if not children(scope):
        if local(scope) == "process":
            return
        start = canvas.insert_node(scope, "startEvent", "start", scope)
        end = canvas.insert_node(scope, "endEvent", "end", scope)
        canvas.insert_flow(scope, start, end)
        yield finding(
            "repaired", scope, "{} còn trống, sẽ đi qua ngay", "Vẽ các bước bên trong",
            "{} is empty and passes at once", "draw its steps",
        )  # fmt: skip
        return
    start = canvas.insert_node(scope, "startEvent", "start", first[0])
    lead_to(canvas, scope, start, first)
    yield finding(
        "repaired", scope, "{} chưa có sự kiện bắt đầu, đã thêm trước các bước đầu tiên", "Vẽ sự kiện bắt đầu",
        "{} has no start event; one was added before its first steps", "draw a start event",
    )  # fmt: skip


def join_starts(canvas: Canvas, scope: etree._Element, starts: list[etree._Element]) -> Iterator[Finding]:
    """One start before several: each of them then passes a token on."""
    start = canvas.insert_node(scope, "startEvent", "start", starts[0])
    for drawn in starts:
        change_type(drawn, "intermediateThrowEvent")
    lead_to(canvas, scope, start, starts)
    yield finding(
        "repaired", scope, "{} có nhiều sự kiện bắt đầu, tất cả sẽ bắt đầu cùng lúc", "Chỉ để một sự kiện bắt đầu",
        "{} has several start events; all begin together", "keep one start event",
    )  # fmt: skip


def lead_to(canvas: Canvas, scope: etree._Element, start: etree._Element, first: list[etree._Element]) -> None:
    """Flows from `start` to the first nodes, through a parallel gateway when there are several."""
    source = start
    if len(first) > 1:
        source = canvas.insert_node(scope, "parallelGateway", "split", start)
        canvas.insert_flow(scope, start, source)
    for node in first:
        canvas.insert_flow(scope, source, node)
