"""Renames nodes whose ids SpiffWorkflow 3.2 keeps for its own nodes."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bpmn.findings import Finding
from bpmn.names import DRAWN_ID, FLOW_NODES, MODEL, local
from bpmn.normaliser.insertion import Canvas

NAMES = frozenset({"Start", "End", "Root", "StartEventSplit", "StartEventJoin"})
ENDINGS = (".EndJoin", ".BoundaryEventSplit", ".BoundaryEventJoin", " [child]")
ATTRIBUTES = ("sourceRef", "targetRef", "attachedToRef", "activityRef", "bpmnElement")
TEXTS = ("incoming", "outgoing", "flowNodeRef")


def repair(canvas: Canvas) -> Iterator[Finding]:
    """Rename them with a mark that keeps the drawn id; who looks at the drawing or its history sees the old one."""
    renamed: dict[str, str] = {}
    for node in canvas.root.iter(f"{MODEL}*"):
        drawn = node.get("id") or ""
        if local(node) not in FLOW_NODES or not (drawn in NAMES or drawn.endswith(ENDINGS)):
            continue
        renamed[drawn] = canvas.free_id(f"{drawn.replace('.', '_').replace(' ', '_')}_drawn")
        node.set("id", renamed[drawn])
        node.set(DRAWN_ID, drawn)
    if renamed:
        point_at_new_names(canvas.root, renamed)
    yield from ()


def point_at_new_names(root: etree._Element, renamed: dict[str, str]) -> None:
    """Rewrite every reference to a renamed node."""
    for node in root.iter():
        for attribute in ATTRIBUTES:
            if node.get(attribute) in renamed:
                node.set(attribute, renamed[node.get(attribute) or ""])
        if local(node) in TEXTS and (node.text or "").strip() in renamed:
            node.text = renamed[(node.text or "").strip()]
