"""Whether event-based gateways are followed by what can be waited for."""

from __future__ import annotations

from collections.abc import Iterator

from bpmn.checks.standard.document import Document, Node, breach
from bpmn.findings import Finding
from bpmn.names import local

AWAITED = frozenset({"message", "timer", "signal", "conditional"})


def followers(document: Document, gateway: Node) -> list[Node]:
    """What the flows of a gateway lead to."""
    found = (document.named(flow.get("targetRef")) for flow in document.leaving(gateway))
    return [node for node in found if node is not None]


def have_two_ways_out(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.6.6."""
    for gateway in document.of_type("eventBasedGateway"):
        if document.counts(gateway)[1] < 2:
            yield breach(
                gateway, "{} phải có ít nhất hai nhánh ra", "Thêm nhánh, hoặc bỏ cổng này",
                "{} must have at least two outgoing flows", "add a flow, or drop the gateway",
            )  # fmt: skip


def lead_to_what_is_awaited(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.6.6: catch events of four kinds, or receive tasks without boundary events."""
    hosts = {id(document.named(event.get("attachedToRef"))) for event in document.of_type("boundaryEvent")}
    for gateway in document.of_type("eventBasedGateway"):
        for node in followers(document, gateway):
            kinds = document.kinds(node)
            if local(node) == "intermediateCatchEvent" and kinds and kinds <= AWAITED:
                continue
            if local(node) != "receiveTask" or id(node) in hosts:
                yield breach(
                    node, "Sau cổng chờ sự kiện không thể là {}, hoặc không thể có sự kiện biên trên đó",
                    "Đặt sự kiện chờ hoặc bước chờ nhận, không có sự kiện biên, ngay sau cổng",
                    "{} cannot stand behind an event-based gateway, or not with a boundary event",
                    "put a catch event or a receive task without boundary events behind the gateway",
                )  # fmt: skip


def do_not_mix_messages_and_receive_tasks(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.6.6: message events, or receive tasks, not both."""
    for gateway in document.of_type("eventBasedGateway"):
        nodes = followers(document, gateway)
        messages = any(local(node) != "receiveTask" and "message" in document.kinds(node) for node in nodes)
        if messages and any(local(node) == "receiveTask" for node in nodes):
            yield breach(
                gateway, "Sau {} có cả sự kiện thông điệp lẫn bước chờ nhận", "Chỉ dùng một trong hai cách",
                "{} is followed by message events and receive tasks", "use one of the two only",
            )  # fmt: skip


def are_the_only_way_to_what_follows(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.6.6: no other flow leads to what is awaited."""
    for gateway in document.of_type("eventBasedGateway"):
        for node in followers(document, gateway):
            if document.counts(node)[0] > 1:
                yield breach(
                    node, "{} đứng sau cổng chờ sự kiện nên chỉ có một đường vào", "Xóa các đường vào khác",
                    "{} stands behind an event-based gateway and has one incoming flow only", "delete the other flows",
                )  # fmt: skip


def what_starts_a_case_is_not_led_to(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.6.6 and 10.3.3: an instantiating gateway or receive task has no incoming flow."""
    for node in document.of_type("eventBasedGateway", "receiveTask"):
        if node.get("instantiate") == "true" and document.counts(node)[0]:
            yield breach(
                node, "{} khởi tạo hồ sơ nên không có đường nối vào; đã coi là bước thường",
                "Xóa đường nối vào, hoặc bỏ instantiate",
                "{} starts a case and has no incoming flow; it was read as a plain one",
                "delete the flow into it, or instantiate",
            )  # fmt: skip


def only_a_start_waits_for_all(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.6.6: the parallel type is for a gateway that starts a case."""
    for gateway in document.of_type("eventBasedGateway"):
        if gateway.get("eventGatewayType") == "Parallel" and gateway.get("instantiate") != "true":
            yield breach(
                gateway, "{} thuộc loại song song nhưng không khởi tạo hồ sơ; đã coi là chọn một",
                "Bỏ eventGatewayType, hoặc đặt instantiate", "{} is parallel but starts no case; read as exclusive",
                "drop eventGatewayType, or set instantiate",
            )  # fmt: skip


RULES = (
    have_two_ways_out,
    lead_to_what_is_awaited,
    do_not_mix_messages_and_receive_tasks,
    are_the_only_way_to_what_follows,
    what_starts_a_case_is_not_led_to,
    only_a_start_waits_for_all,
)
