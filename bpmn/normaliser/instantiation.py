"""Puts a start event where a receive task or an event-based gateway begins a process."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bpmn.drawing import Drawing, finding
from bpmn.findings import Finding
from bpmn.names import MODEL, local
from bpmn.normaliser.insertion import Canvas, change_type


def repair(canvas: Canvas) -> Iterator[Finding]:
    """BPMN 2.0, 10.3.3 and 10.6.6: the message that starts the instance is the one the step waits for."""
    drawing = canvas.drawing()
    for task in drawing.of_type("receiveTask"):
        if task.get("instantiate") == "true" and not drawing.incoming(task):
            start_before(canvas, task)
    for gateway in drawing.of_type("eventBasedGateway"):
        if gateway.get("instantiate") == "true" and not drawing.incoming(gateway):
            yield from started_together(gateway, drawing)
            start_behind(canvas, gateway, drawing)


def started_together(gateway: etree._Element, drawing: Drawing) -> Iterator[Finding]:
    """A case is started by one event; that all of a parallel gateway must come is not carried out."""
    if gateway.get("eventGatewayType") == "Parallel" and len(drawing.outgoing(gateway)) > 1:
        yield finding(
            "error", gateway, "{} chờ mọi sự kiện cùng đến mới bắt đầu, hệ thống chưa bắt đầu hồ sơ như vậy được",
            "Bắt đầu bằng một sự kiện, và đón các sự kiện khác ở các bước song song ngay sau đó",
            "{} starts a case when all its events have come, which is not carried out",
            "start with one of them and catch the others in parallel steps after it",
        )  # fmt: skip


def start_before(canvas: Canvas, task: etree._Element) -> None:
    """A message start event for the receive task, which has then received."""
    scope = task.getparent()
    if scope is None:
        return
    start = canvas.insert_node(scope, "startEvent", "start", task)
    definition = etree.SubElement(start, f"{MODEL}messageEventDefinition", id=f"{start.get('id')}_message")
    definition.set("messageRef", task.get("messageRef", ""))
    canvas.insert_flow(scope, start, task)
    change_type(task, "task")


def start_behind(canvas: Canvas, gateway: etree._Element, drawing: Drawing) -> None:
    """Each event behind the gateway starts an instance; the gateway itself has nothing left to do."""
    scope = gateway.getparent()
    if scope is None:
        return
    for flow in drawing.outgoing(gateway):
        follower = drawing.target(flow)
        scope.remove(flow)
        if follower is None:
            continue
        if local(follower) == "receiveTask":
            start_before(canvas, follower)
        else:
            change_type(follower, "startEvent")
    scope.remove(gateway)
