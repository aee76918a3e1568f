"""Whether choreographies hold what they may and say who begins."""

from __future__ import annotations

from collections.abc import Iterator

from bpmn.checks.standard.collaborations import drawn
from bpmn.checks.standard.document import CHOREOGRAPHY_ACTIVITIES, Document, children_of, texts
from bpmn.findings import Finding
from bpmn.names import ACTIVITIES, local

LEVELS = ("choreography", "subChoreography")
ALLOWED = {
    "startEvent": frozenset({"timer", "conditional", "signal"}),
    "endEvent": frozenset({"terminate"}),
    "intermediateThrowEvent": frozenset({"link"}),
    "intermediateCatchEvent": frozenset({"timer", "conditional", "signal", "link", "message"}),
    "boundaryEvent": frozenset({"timer", "conditional", "signal", "cancel", "compensate", "message"}),
}


def hold_no_process_activities(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 11.4: a choreography holds choreography activities alone."""
    for level in document.of_type(*LEVELS):
        for node in children_of(level, *ACTIVITIES):
            yield drawn(
                node, "{} là bước của quy trình, không nằm được trong biên đạo", "Đổi thành bước biên đạo",
                "{} is an activity of a process and cannot lie in a choreography", "make it a choreography task",
            )  # fmt: skip


def events_are_seen_by_all(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 11.5: nobody sends or waits alone in a choreography."""
    for level in document.of_type(*LEVELS):
        for event in children_of(level, *ALLOWED):
            if document.kinds(event) - ALLOWED[local(event)]:
                yield drawn(
                    event, "{} thuộc loại không dùng được trong biên đạo", "Đổi loại sự kiện",
                    "{} is of a kind no choreography may use", "change the kind of the event",
                )  # fmt: skip


def somebody_taking_part_begins(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 11.4: who initiates is one of the participants."""
    for node in document.of_type(*sorted(CHOREOGRAPHY_ACTIVITIES)):
        taking_part = [document.named(name) for name in texts(node, "participantRef")]
        first = document.named(node.get("initiatingParticipantRef"))
        if first is not None and first not in taking_part:
            yield drawn(
                node, "Bên bắt đầu không thuộc các bên của bước biên đạo", "Chọn một trong các bên tham gia",
                "who initiates is none of the participants", "choose one of the participants",
            )  # fmt: skip


def tasks_have_two_sides(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 11.4.1: a choreography task has exactly two participants."""
    for node in document.of_type("choreographyTask"):
        if len(set(texts(node, "participantRef"))) != 2:
            yield drawn(
                node, "Bước biên đạo phải có đúng hai bên", "Ghi hai participantRef",
                "a choreography task has exactly two participants", "write two participantRef",
            )  # fmt: skip


def messages_go_between_those_taking_part(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 11.4.1: the message flows of a task join its two participants."""
    for node in document.of_type("choreographyTask"):
        taking_part = [document.named(name) for name in texts(node, "participantRef")]
        for name in texts(node, "messageFlowRef"):
            flow = document.named(name)
            if flow is None:
                continue
            ends = [document.named(flow.get(end)) for end in ("sourceRef", "targetRef")]
            if any(local(end) == "participant" and end not in taking_part for end in ends):
                yield drawn(
                    node, f"Luồng thông điệp “{name}” không nối hai bên của bước biên đạo", "Chọn luồng giữa hai bên",
                    f"the message flow {name} joins others than the two participants", "choose a flow between the two",
                )  # fmt: skip


RULES = (
    hold_no_process_activities,
    events_are_seen_by_all,
    somebody_taking_part_begins,
    tasks_have_two_sides,
    messages_go_between_those_taking_part,
)
