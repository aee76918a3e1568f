"""Whether message flows join two pools at elements that send and receive."""

from __future__ import annotations

from collections.abc import Iterator

from bpmn.checks.standard.document import Document, Node, breach
from bpmn.drawing import process_of
from bpmn.findings import Finding
from bpmn.names import EVENTS, local

WRONG_ENDS = {
    "sourceRef": ("startEvent", "intermediateCatchEvent", "boundaryEvent"),
    "targetRef": ("endEvent", "intermediateThrowEvent"),
}


def join_two_pools(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 9.4: both ends lie in different pools."""
    for flow in document.of_type("messageFlow"):
        source, target = (document.named(flow.get(name)) for name in ("sourceRef", "targetRef"))
        if source is None or target is None:
            continue
        pools = [pool_of(document, end) for end in (source, target)]
        if source is target or (pools[0] is not None and pools[0] is pools[1]):
            yield breach(
                flow, "{} nối hai phần tử của cùng một quy trình nên không có tác dụng",
                "Dùng đường nối thường trong cùng một quy trình",
                "{} joins two elements of one process and has no effect", "use a sequence flow inside a process",
            )  # fmt: skip


def pool_of(document: Document, end: Node) -> Node | None:
    """The process behind an end; for a pool without one, the pool."""
    if local(end) == "participant":
        process = document.named(end.get("processRef"))
        return end if process is None else process
    return process_of(end)


def leave_senders_and_reach_receivers(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.5: what waits sends nothing, what sends waits for nothing."""
    for flow in document.of_type("messageFlow"):
        for name, wrong in WRONG_ENDS.items():
            end = document.named(flow.get(name))
            if end is not None and local(end) in wrong:
                side, side_en = ("gửi", "source") if name == "sourceRef" else ("nhận", "target")
                yield breach(
                    end, f"{{}} không thể là đầu {side} của luồng thông điệp",
                    "Đảo chiều hoặc nối lại luồng thông điệp",
                    f"{{}} cannot be the {side_en} of a message flow",
                    "turn the message flow round, or connect it again",
                )  # fmt: skip


def events_at_their_ends_are_messages(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.5: an event at the end of a message flow has a message among its definitions."""
    for flow in document.of_type("messageFlow"):
        for name, wrong in WRONG_ENDS.items():
            end = document.named(flow.get(name))
            if end is None or local(end) not in EVENTS or local(end) in wrong:
                continue
            if "message" not in document.kinds(end):
                yield breach(
                    end, "{} nối với luồng thông điệp nhưng không phải sự kiện thông điệp",
                    "Đổi thành sự kiện thông điệp, hoặc xóa luồng thông điệp",
                    "{} is joined by a message flow but is no message event",
                    "make it a message event, or delete the message flow",
                )  # fmt: skip


RULES = (join_two_pools, leave_senders_and_reach_receivers, events_at_their_ends_are_messages)
