"""Whether what is waited for is sent by somebody."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bpmn.drawing import Drawing, finding
from bpmn.findings import Finding
from bpmn.names import EXTENSION, MODEL, local

SENDERS = ("intermediateThrowEvent", "endEvent", "sendTask")
CATCHERS = ("intermediateCatchEvent", "boundaryEvent", "receiveTask")
KINDS = (("message", "thông điệp"), ("signal", "tín hiệu"))


def check(drawing: Drawing) -> Iterator[Finding]:
    """Advice for a message or signal that no step sends; one with a correlation is meant to come from outside."""
    for kind, vietnamese in KINDS:
        sent = {name for node in drawing.of_type(*SENDERS) for name in names(node, kind, drawing)}
        for node in drawing.of_type(*CATCHERS):
            for name in names(node, kind, drawing):
                if name in sent or has_correlation(node, drawing):
                    continue
                yield finding(
                    "advice", node, f"{{}} chờ {vietnamese} “{name}” nhưng không bước nào trong tệp gửi",
                    f"Gửi {vietnamese} này từ một bước khác, hoặc qua API",
                    f"{{}} waits for the {kind} “{name}”, which no step of the file sends",
                    f"send the {kind} from another step, or by the API",
                )  # fmt: skip


def references(node: etree._Element, kind: str) -> list[etree._Element]:
    """The node itself or the definitions in it that may name a message or signal."""
    return [node, *node.findall(f"{MODEL}{kind}EventDefinition")]


def names(node: etree._Element, kind: str, drawing: Drawing) -> list[str]:
    """The names of the messages or signals of a node."""
    found = (drawing.by_id.get(each.get(f"{kind}Ref") or "") for each in references(node, kind))
    return [each.get("name") or "" for each in found if each is not None and local(each) == kind]


def has_correlation(node: etree._Element, drawing: Drawing) -> bool:
    """Whether the node, its definition or its message says by which key it is found."""
    parts = references(node, "message")
    messages = [drawing.by_id.get(part.get("messageRef") or "") for part in parts]
    return any(each is not None and each.get(f"{EXTENSION}correlation") for each in [*parts, *messages])
