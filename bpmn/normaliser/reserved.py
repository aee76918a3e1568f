"""Renames nodes whose ids SpiffWorkflow 3.2 keeps for its own nodes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from bpmn.findings import Finding
from bpmn.names import DRAWN_ID, FLOW_NODES, MODEL, local
from bpmn.normaliser.insertion import free_id

RESERVED = re.compile(
    r"(Start|End|Root|StartEventSplit|StartEventJoin)|.*\.(EndJoin|BoundaryEventSplit|BoundaryEventJoin)|.* \[child\]"
)
ATTRIBUTES = ("sourceRef", "targetRef", "attachedToRef", "activityRef")
TEXTS = ("incoming", "outgoing", "flowNodeRef")


def repair(root: etree._Element) -> Iterator[Finding]:
    """Rename them with a mark that keeps the drawn id; who looks at the drawing or its history sees the old one."""
    for node in [each for each in root.iter(f"{MODEL}*") if local(each) in FLOW_NODES]:
        drawn = node.get("id", "")
        if RESERVED.fullmatch(drawn):
            rename(root, node, drawn, free_id(root, f"{drawn.replace('.', '_').replace(' ', '_')}_drawn"))
    yield from ()


def rename(root: etree._Element, node: etree._Element, drawn: str, name: str) -> None:
    """Give `node` the id `name` and point every reference at it."""
    node.set("id", name)
    node.set(DRAWN_ID, drawn)
    for each in root.iter():
        for attribute in (*ATTRIBUTES, "bpmnElement"):
            if each.get(attribute) == drawn:
                each.set(attribute, name)
        if local(each) in TEXTS and (each.text or "").strip() == drawn:
            each.text = name
