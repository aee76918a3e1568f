"""Whether a process or sub-process begins and ends as the standard asks, and everything between is connected."""

from __future__ import annotations

from collections.abc import Iterator

from bpmn.checks.standard.document import (
    NODES,
    Document,
    Node,
    breach,
    children_of,
    is_undone_by,
    starts_by_event,
)
from bpmn.checks.standard.flows import is_joined
from bpmn.findings import Finding
from bpmn.names import local


def starts_have_no_incoming(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.5.2."""
    for event in document.of_type("startEvent"):
        if is_joined(document, event)[0]:
            yield breach(
                event, "{} không được có đường nối đi vào", "Xóa đường nối đi vào",
                "{} must not have an incoming flow", "delete the flow",
            )  # fmt: skip


def ends_have_no_outgoing(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.5.3."""
    for event in document.of_type("endEvent"):
        if is_joined(document, event)[1]:
            yield breach(
                event, "{} không được có đường nối đi ra", "Xóa đường nối đi ra",
                "{} must not have an outgoing flow", "delete the flow",
            )  # fmt: skip


def starts_lead_on(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.5.2: at least one flow leaves a start event."""
    for event in document.of_type("startEvent"):
        if not document.leaving(event):
            yield breach(
                event, "{} không dẫn tới đâu", "Nối sự kiện bắt đầu tới bước đầu tiên",
                "{} leads nowhere", "connect the start event to the first step",
            )  # fmt: skip


def ends_are_reached(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.5.3: at least one flow arrives at an end event."""
    for event in document.of_type("endEvent"):
        if not document.arriving(event):
            yield breach(
                event, "Không đường nối nào tới {}", "Nối từ bước cuối cùng tới, hoặc xóa đi",
                "no flow leads to {}", "connect the last step to it, or delete it",
            )  # fmt: skip


def starts_and_ends_go_together(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.5.2 and 10.5.3: a level with a start has an end, one with an end has a start."""
    for level in document.levels():
        starts, ends = children_of(level, "startEvent"), children_of(level, "endEvent")
        if local(level) == "adHocSubProcess" or bool(starts) == bool(ends):
            continue
        if ends and any(node.get("instantiate") == "true" for node in children_of(level, *NODES)):
            continue
        missing, missing_en = ("sự kiện kết thúc", "end event") if starts else ("sự kiện bắt đầu", "start event")
        yield breach(
            (starts or ends)[0], f"Cùng tầng với {{}} không có {missing}", f"Vẽ {missing}",
            f"there is no {missing_en} on the level of {{}}", f"draw one {missing_en} at least",
        )  # fmt: skip


def everything_is_led_to(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.5.2: where a start event is drawn, every node has an incoming flow."""
    for node in nodes_beside(document, "startEvent"):
        if local(node) == "startEvent" or begins_by_itself(document, node) or is_joined(document, node)[0]:
            continue
        yield breach(
            node, "Không đường nối nào tới {} dù đã có sự kiện bắt đầu", "Nối từ một bước khác tới, hoặc xóa đi",
            "no flow leads to {} though a start event is drawn", "connect it, or delete it",
        )  # fmt: skip


def everything_leads_on(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.5.3: where an end event is drawn, every node has an outgoing flow."""
    for node in nodes_beside(document, "endEvent"):
        if local(node) == "endEvent" or stops_by_itself(document, node) or is_joined(document, node)[1]:
            continue
        yield breach(
            node, "Không đường nối nào ra khỏi {} dù đã có sự kiện kết thúc",
            "Nối tới sự kiện kết thúc hoặc bước sau", "no flow leaves {} though an end event is drawn",
            "connect it to an end event or the next step",
        )  # fmt: skip


def intermediate_events_stand_in_a_flow(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.5.4: a flow arrives and a flow leaves, on the open side of a link one of the two."""
    for event in document.of_type("intermediateThrowEvent", "intermediateCatchEvent"):
        arrives, leaves = is_joined(document, event)
        if not (arrives or begins_by_itself(document, event)) or not (leaves or stops_by_itself(document, event)):
            yield breach(
                event, "{} phải có đường nối vào và đường nối ra", "Nối sự kiện với bước trước và bước sau",
                "{} must have flows into and out of it", "connect it with the steps before and behind",
            )  # fmt: skip


def nodes_beside(document: Document, tag: str) -> Iterator[Node]:
    """The nodes of every level that has an event of this type."""
    for level in document.levels():
        if local(level) != "adHocSubProcess" and children_of(level, tag):
            yield from children_of(level, *NODES)


def begins_by_itself(document: Document, node: Node) -> bool:
    """Whether a token comes here without a flow."""
    if local(node) == "boundaryEvent" or is_undone_by(node) or starts_by_event(node):
        return True
    return node.get("instantiate") == "true" or (
        local(node) == "intermediateCatchEvent" and "link" in document.kinds(node)
    )


def stops_by_itself(document: Document, node: Node) -> bool:
    """Whether a token goes no further here without a flow."""
    if is_undone_by(node) or starts_by_event(node):
        return True
    kinds = document.kinds(node)
    return (local(node) == "boundaryEvent" and "compensate" in kinds) or (
        local(node) == "intermediateThrowEvent" and "link" in kinds
    )


RULES = (
    starts_have_no_incoming,
    ends_have_no_outgoing,
    starts_lead_on,
    ends_are_reached,
    starts_and_ends_go_together,
    everything_is_led_to,
    everything_leads_on,
    intermediate_events_stand_in_a_flow,
)
