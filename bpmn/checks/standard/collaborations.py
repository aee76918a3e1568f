"""Whether collaborations and conversations say who takes part."""

from __future__ import annotations

from collections.abc import Iterator

from bpmn.checks.standard.document import (
    ARTIFACTS,
    CHOREOGRAPHIES,
    CONVERSATION_NODES,
    Document,
    Node,
    breach,
    children_of,
    texts,
)
from bpmn.findings import Finding
from bpmn.names import local

NOT_GLOBAL = frozenset({"participantAssociation", "messageFlowAssociation", "conversationAssociation"})


def drawn(node: Node, message: str, remedy: str, english: str, remedy_en: str) -> Finding:
    """A finding about what is drawn for people alone."""
    return breach(node, f"{message}; chỉ để minh họa, không ảnh hưởng khi chạy", remedy,
                  f"{english}; it is an illustration", remedy_en)  # fmt: skip


def only_collaborations_name_choreographies(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 9.2: a choreography or global conversation refers to no choreography."""
    for node in document.of_type("globalConversation", *sorted(CHOREOGRAPHIES)):
        if children_of(node, "choreographyRef"):
            yield drawn(
                node, "Biên đạo hoặc hội thoại dùng chung không được trỏ tới biên đạo", "Xóa choreographyRef",
                "a choreography or global conversation refers to a choreography", "delete choreographyRef",
            )  # fmt: skip


def multiplicities_are_possible(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, table 9.4: at least 0, at most 1 or more, and not less than at least."""
    for node in document.of_type("participantMultiplicity"):
        least, most = number(node, "minimum", 0), number(node, "maximum", None)
        if least is None or least < 0 or (most is None and least > 1) or (most is not None and most < max(1, least)):
            yield drawn(
                node, "Số bên tham gia ít nhất và nhiều nhất không hợp lệ", "Sửa minimum và maximum",
                "minimum and maximum of participants are impossible", "mend minimum and maximum",
            )  # fmt: skip


def number(node: Node, name: str, otherwise: int | None) -> int | None:
    """An attribute as a whole number, `otherwise` when it is missing or none."""
    value = node.get(name, "").strip()
    return int(value) if value.removeprefix("-").isdecimal() and len(value) < 20 else otherwise


def global_conversations_are_empty(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 9.7: participants, message flows and keys alone."""
    for node in document.of_type("globalConversation"):
        if children_of(node, *CONVERSATION_NODES, *NOT_GLOBAL, *ARTIFACTS, "conversationLink"):
            yield drawn(
                node, "Hội thoại dùng chung chỉ chứa các bên và luồng thông điệp", "Xóa các phần khác",
                "a global conversation holds more than participants and message flows", "delete the rest",
            )  # fmt: skip


def closed_as_their_choreography(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 9.2: a collaboration is closed when its choreography is."""
    for node in document.of_type("collaboration"):
        for name in texts(node, "choreographyRef"):
            found = document.named(name)
            if found is not None and is_closed(found) != is_closed(node):
                yield drawn(
                    node, f"isClosed khác với biên đạo “{name}”", "Ghi isClosed giống nhau",
                    f"isClosed differs from the choreography {name}", "write the same isClosed",
                )  # fmt: skip


def is_closed(node: Node) -> bool:
    """Whether nothing but what is drawn is exchanged."""
    return node.get("isClosed") in ("true", "1")


def conversations_have_two_sides(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, table 9.7: two participants at least, where they are named."""
    for node in document.of_type(*sorted(CONVERSATION_NODES)):
        if len(texts(node, "participantRef")) == 1:
            yield drawn(
                node, "Hội thoại chỉ có một bên", "Ghi participantRef của các bên",
                "a conversation has one participant", "write participantRef for each",
            )  # fmt: skip


def links_join_a_conversation_and_a_side(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 9.6: one end is a conversation, the other takes part in it."""
    for node in document.of_type("conversationLink"):
        ends = [document.type_named(node.get(name)) for name in ("sourceRef", "targetRef")]
        if all(ends) and sum(end in CONVERSATION_NODES for end in ends) != 1:
            yield drawn(
                node, "Đường nối hội thoại phải nối một hội thoại với một bên", "Nối lại đường này",
                "a conversation link joins no conversation with a participant", "connect it again",
            )  # fmt: skip


def pools_are_drawn_once(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 9.3: of one collaboration, one participant a process."""
    for node in document.of_type("collaboration"):
        seen: set[str] = set()
        for participant in children_of(node, "participant"):
            name = participant.get("processRef", "")
            if name and name in seen and local(document.named(name)) == "process":
                yield drawn(
                    participant, f"Hai bên cùng dùng quy trình “{name}”", "Mỗi bên một quy trình",
                    f"two participants have the process {name}", "one process a participant",
                )  # fmt: skip
            seen.add(name)


RULES = (
    only_collaborations_name_choreographies,
    multiplicities_are_possible,
    global_conversations_are_empty,
    closed_as_their_choreography,
    conversations_have_two_sides,
    links_join_a_conversation_and_a_side,
    pools_are_drawn_once,
)
