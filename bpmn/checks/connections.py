"""Whether flows and events are joined as the standard allows."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bpmn.drawing import Drawing, children, event_definitions, finding, is_event_sub_process, scope_of
from bpmn.findings import Finding
from bpmn.names import local

AWAITED = ("messageEventDefinition", "timerEventDefinition", "signalEventDefinition", "conditionalEventDefinition")


def check(drawing: Drawing) -> Iterator[Finding]:
    """BPMN 2.0, chapters 8.3.13 (sequence flow), 10.5 (events) and 10.6.6 (event-based gateway)."""
    for node in drawing.nodes:
        yield from ends_of_flows(node, drawing)
    for flow in drawing.flows:
        yield from crossing(flow, drawing)
    for gateway in drawing.of_type("eventBasedGateway"):
        yield from awaited_events(gateway, drawing)
    for scope in drawing.scopes:
        yield from way_in(scope, drawing)


def ends_of_flows(node: etree._Element, drawing: Drawing) -> Iterator[Finding]:
    """Nothing leads to a start, a boundary event or an event sub-process; nothing leaves an end."""
    if local(node) in ("startEvent", "boundaryEvent") and drawing.incoming(node):
        yield finding(
            "error", node, "{} không được có đường nối đi vào", "Xóa đường nối đi vào, hoặc đổi loại sự kiện",
            "{} must not have an incoming flow", "delete the flow, or change the kind of event",
            against_standard=True,
        )  # fmt: skip
    if local(node) == "endEvent" and drawing.outgoing(node):
        yield finding(
            "error", node, "{} không được có đường nối đi ra", "Xóa đường nối đi ra, hoặc đổi loại sự kiện",
            "{} must not have an outgoing flow", "delete the flow, or change the kind of event",
            against_standard=True,
        )  # fmt: skip
    if is_event_sub_process(node) and (drawing.incoming(node) or drawing.outgoing(node)):
        yield finding(
            "error", node, "{} do sự kiện khởi động nên không nối với bước nào", "Xóa các đường nối vào và ra",
            "{} is started by an event and must not be connected", "delete the flows into and out of it",
            against_standard=True,
        )  # fmt: skip


def crossing(flow: etree._Element, drawing: Drawing) -> Iterator[Finding]:
    """A flow stays inside one process or sub-process."""
    source, target = drawing.source(flow), drawing.target(flow)
    if source is None or target is None or scope_of(source) is scope_of(target):
        return
    yield finding(
        "error", flow, "{} đi xuyên qua ranh giới của quy trình hoặc quy trình con",
        "Nối tới chính quy trình con, hoặc dùng thông điệp giữa hai quy trình",
        "{} crosses the border of a process or sub-process",
        "connect the sub-process itself, or use a message between processes",
        against_standard=True,
    )  # fmt: skip


def awaited_events(gateway: etree._Element, drawing: Drawing) -> Iterator[Finding]:
    """Behind an event-based gateway stand events to wait for, or receive tasks."""
    for node in drawing.successors(gateway):
        if local(node) == "receiveTask":
            yield from bordered(node, drawing)
            continue
        kinds = [local(definition) for definition in event_definitions(node)]
        if local(node) == "intermediateCatchEvent" and kinds and all(kind in AWAITED for kind in kinds):
            continue
        yield finding(
            "error", node, "Sau cổng chờ sự kiện không thể là {}",
            "Đặt sự kiện chờ (thông điệp, tín hiệu, hẹn giờ, điều kiện) hoặc bước chờ nhận ngay sau cổng",
            "{} cannot stand behind an event-based gateway", "put a catch event or a receive task behind the gateway",
            against_standard=True,
        )  # fmt: skip


def bordered(task: etree._Element, drawing: Drawing) -> Iterator[Finding]:
    """A receive task behind an event-based gateway carries no boundary event (BPMN 2.0, 10.6.6)."""
    for event in drawing.boundaries(task):
        yield finding(
            "error", event, "{} không gắn được vào bước chờ nhận đứng sau cổng chờ sự kiện",
            "Đặt sự kiện này thành một nhánh của cổng",
            "{} cannot be attached to a receive task behind an event-based gateway",
            "make the event a branch of the gateway",
            against_standard=True,
        )  # fmt: skip


def way_in(scope: etree._Element, drawing: Drawing) -> Iterator[Finding]:
    """A scope begins somewhere: not when every node of it is behind another."""
    if not children(scope) or is_event_sub_process(scope) or local(scope) == "adHocSubProcess":
        return
    nodes = [node for node in children(scope) if not is_event_sub_process(node)]
    if not nodes:
        yield finding(
            "error", scope, "{} chỉ có quy trình con do sự kiện khởi động, không có bước nào của mình",
            "Vẽ sự kiện bắt đầu và các bước",
            "{} holds event sub-processes alone and no step of its own", "draw a start event and its steps",
        )  # fmt: skip
    elif not any(local(node) == "startEvent" for node in nodes):
        yield finding(
            "error", scope, "{} không có chỗ bắt đầu: bước nào cũng đứng sau bước khác", "Vẽ sự kiện bắt đầu",
            "{} begins nowhere: every step is behind another", "draw a start event",
        )  # fmt: skip
