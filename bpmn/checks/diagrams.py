"""Whether the picture shows what there is: each shape, line and plane an element of the file of its kind.

A picture changes nothing in how a process runs, so what is wrong with it is left out and said, no more.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bpmn.checks.standard.document import Document
from bpmn.drawing import finding
from bpmn.findings import Finding
from bpmn.names import DIAGRAM, SCOPES, local

LINES = frozenset({
    "sequenceFlow", "messageFlow", "association", "dataAssociation", "dataInputAssociation", "dataOutputAssociation",
    "conversationLink",
})  # fmt: skip
PLANES = SCOPES | {"collaboration", "choreography", "subChoreography", "globalConversation", "globalChoreographyTask"}
PLANE, SHAPE, EDGE = (f"{{{DIAGRAM}}}BPMN{kind}" for kind in ("Plane", "Shape", "Edge"))
# What a part of the picture names among the other parts, and of which kinds that is (BPMN 2.0, 12.2.3).
PARTS = {
    "sourceElement": (SHAPE, EDGE),
    "targetElement": (SHAPE, EDGE),
    "choreographyActivityShape": (SHAPE,),
    "labelStyle": (f"{{{DIAGRAM}}}BPMNLabelStyle",),
}


def check(root: etree._Element) -> Iterator[Finding]:
    """Whether every part of the pictures of a file, as drawn, shows something that is there."""
    document = Document(root)
    pictures = list(root.iter(f"{{{DIAGRAM}}}*"))
    parts = {name: part for part in pictures if (name := part.get("id"))}
    for part in pictures:
        yield from shown(part, document)
        for attribute, kinds in PARTS.items():
            name = part.get(attribute)
            found = None if name is None else parts.get(name.rpartition(":")[2])
            if name is not None and (found is None or found.tag not in kinds):
                yield left_out(part, attribute, name)


def shown(part: etree._Element, document: Document) -> Iterator[Finding]:
    """The element a shape, line or plane stands for is there, and of its kind."""
    name = part.get("bpmnElement")
    if name is None or document.may_lead_elsewhere(name):
        return
    found = document.named(name)
    if found is None or not fits(part, local(found)):
        yield left_out(part, "bpmnElement", name)


def fits(part: etree._Element, tag: str) -> bool:
    """Whether an element of this type is shown by such a part."""
    if part.tag == PLANE:
        return tag in PLANES
    return (tag in LINES) == (part.tag == EDGE)


def left_out(part: etree._Element, attribute: str, name: str) -> Finding:
    """The finding about a part of the picture that shows nothing."""
    return finding(
        "repaired", part, f"Hình vẽ {{}}: {attribute} “{name}” không phải phần tử hợp với nó; hình được bỏ qua",
        "Mở và lưu lại bằng công cụ thiết kế",
        f"the picture {{}}: {attribute} “{name}” is no element it can show; it is left out",
        "open and save it in the designer",
    )  # fmt: skip
