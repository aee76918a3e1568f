"""What a designer begins with: an empty process, or a copy of another under a key of its own."""

from __future__ import annotations

from lxml import etree

from bpmn.names import BPMN, DIAGRAM, MODEL, OURS
from bpmn.parsing import parse_xml
from domain.errors import Invalid

DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
NAMESPACES = {"bpmn": BPMN, "bpmndi": DIAGRAM, "dc": DC, "di": DI, "bangiao": OURS}
STEPS = (("startEvent", "bat_dau", "Bắt đầu", 160, 102, 36, 36), ("endEvent", "ket_thuc", "Kết thúc", 420, 102, 36, 36))
TASK = ("userTask", "buoc_1", "Bước đầu tiên", 250, 80, 110, 80)
FLOWS = (("den_buoc_1", "bat_dau", "buoc_1", 196, 250), ("den_ket_thuc", "buoc_1", "ket_thuc", 360, 420))


def blank(key: str, name: str) -> bytes:
    """A process of one step for the official of the lead unit, drawn."""
    root = etree.Element(f"{MODEL}definitions", nsmap=NAMESPACES, id=f"{key}_definitions", targetNamespace=OURS)
    process = etree.SubElement(root, f"{MODEL}process", id=key, name=name, isExecutable="true")
    plane = etree.SubElement(
        etree.SubElement(root, f"{{{DIAGRAM}}}BPMNDiagram", id=f"{key}_diagram"),
        f"{{{DIAGRAM}}}BPMNPlane",
        id=f"{key}_plane",
        bpmnElement=key,
    )
    for tag, element, called, x, y, width, height in (STEPS[0], TASK, STEPS[1]):
        node = etree.SubElement(process, f"{MODEL}{tag}", id=element, name=called)
        if tag == "userTask":
            node.set(f"{{{OURS}}}role", "official")
            node.set(f"{{{OURS}}}unit", "lead")
        shape = etree.SubElement(plane, f"{{{DIAGRAM}}}BPMNShape", id=f"{element}_di", bpmnElement=element)
        bounds = {"x": x, "y": y, "width": width, "height": height}
        etree.SubElement(shape, f"{{{DC}}}Bounds", {side: str(size) for side, size in bounds.items()})
    for flow, source, target, start, end in FLOWS:
        etree.SubElement(process, f"{MODEL}sequenceFlow", id=flow, sourceRef=source, targetRef=target)
        edge = etree.SubElement(plane, f"{{{DIAGRAM}}}BPMNEdge", id=f"{flow}_di", bpmnElement=flow)
        for x in (start, end):
            etree.SubElement(edge, f"{{{DI}}}waypoint", x=str(x), y="120")
    return _written(root)


def copy_of(xml: bytes, key: str, name: str) -> bytes:
    """The drawing with its first executable process called `key` and `name`; nothing else changes.

    Raises DefinitionInvalid for no BPMN file, Invalid when something else in it has that id.
    """
    root = parse_xml(xml)
    processes = root.findall(f"{MODEL}process")
    if not processes:
        raise Invalid("Tệp không có quy trình nào", "the file has no process")
    process = next((each for each in processes if each.get("isExecutable") == "true"), processes[0])
    before = process.get("id", "")
    if before != key and any(node.get("id") == key for node in root.iter("{*}*")):
        raise Invalid(f"Trong bản vẽ đã có phần tử mang mã {key}", f"an element of the drawing is already called {key}")
    process.set("id", key)
    process.set("name", name)
    for node in root.iter("{*}*"):
        for attribute in ("bpmnElement", "processRef"):
            if node.get(attribute) == before:
                node.set(attribute, key)
    return _written(root)


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
