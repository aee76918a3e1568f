"""Leaves out data objects and data stores: they are drawn for people; variables travel with the token.

What passes between a call activity and what it calls stays.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bpmn.drawing import finding
from bpmn.findings import Finding
from bpmn.names import MODEL, local
from bpmn.normaliser.insertion import Canvas

DRAWN = ("dataObject", "dataObjectReference", "dataStore", "dataStoreReference")
WIRING = ("dataInputAssociation", "dataOutputAssociation", "ioSpecification", "property")
LOOPED = ("loopDataInputRef", "loopDataOutputRef")


def repair(canvas: Canvas) -> Iterator[Finding]:
    """Resolve what a repetition runs over to a variable, then take the rest out."""
    names = variable_names(canvas.root)
    for reference in canvas.root.iter(*(f"{MODEL}{tag}" for tag in LOOPED)):
        reference.text = names.get((reference.text or "").strip(), (reference.text or "").strip())
    for node in [each for each in canvas.root.iter(f"{MODEL}*") if local(each) in (*DRAWN, *WIRING)]:
        if is_passing(node):
            continue
        if local(node) == "dataStoreReference":
            yield finding(
                "repaired", node,
                f"Kho dữ liệu “{node.get('name') or node.get('id')}” chỉ để minh họa, không được đọc ghi",
                "Dùng bước tự động nếu cần đọc hoặc ghi dữ liệu ngoài",
                "the data store is an illustration: it is neither read nor written",
                "use a service task to read or write data elsewhere",
            )  # fmt: skip
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)


def is_passing(node: etree._Element) -> bool:
    """Whether it is an association by which variables pass between a call activity and what it calls."""
    return (
        local(node) in ("dataInputAssociation", "dataOutputAssociation")
        and local(node.getparent()) == "callActivity"
        and {local(each) for each in node} == {"assignment"}
    )


def variable_names(root: etree._Element) -> dict[str, str]:
    """The variable behind each data input, output, object and reference, by its id.

    A data input is filled by an association, from an object; an object is the variable of its name or id.
    """
    objects = {
        node.get("id", ""): node.get("name") or node.get("id") or ""
        for node in root.iter(*(f"{MODEL}{tag}" for tag in ("dataObject", "dataInput", "dataOutput")))
    }
    for node in root.iter(f"{MODEL}dataObjectReference"):
        objects[node.get("id", "")] = objects.get(
            node.get("dataObjectRef", ""), node.get("name") or node.get("id") or ""
        )
    for association in root.iter(f"{MODEL}dataInputAssociation"):
        source, target = (association.findtext(f"{MODEL}{tag}", "").strip() for tag in ("sourceRef", "targetRef"))
        if source in objects and target:
            objects[target] = objects[source]
    for association in root.iter(f"{MODEL}dataOutputAssociation"):
        source, target = (association.findtext(f"{MODEL}{tag}", "").strip() for tag in ("sourceRef", "targetRef"))
        if target in objects and source:
            objects[source] = objects[target]
    return objects
