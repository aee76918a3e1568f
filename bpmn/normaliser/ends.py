"""Draws the end event behind a node that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bpmn.drawing import Drawing, children, event_definitions, finding, is_compensation, is_event_sub_process
from bpmn.findings import Finding
from bpmn.names import EVENTS, INSERTED_FOR, local
from bpmn.normaliser.insertion import Canvas

# The definition that ends a path by itself, by the event that carries it.
FINAL = {"boundaryEvent": "compensateEventDefinition", "intermediateThrowEvent": "linkEventDefinition"}


def repair(canvas: Canvas) -> Iterator[Finding]:
    """BPMN 2.0, 10.5.3: without an end event, a path ends where no flow leads on."""
    drawing = canvas.drawing()
    for scope in drawing.scopes:
        if local(scope) == "adHocSubProcess":
            continue
        drawn = any(INSERTED_FOR not in node.attrib for node in children(scope, "endEvent"))
        leaves = [node for node in children(scope) if leads_nowhere(node, drawing)]
        for node in leaves:
            canvas.insert_flow(scope, node, canvas.insert_node(scope, "endEvent", "end", node))
            if INSERTED_FOR not in node.attrib:
                yield finding(
                    "repaired", node, "Sau {} không có gì, đã thêm sự kiện kết thúc", "Vẽ sự kiện kết thúc",
                    "{} leads nowhere; an end event was added", "draw an end event",
                    against_standard=must_lead_on(node, drawn),
                )  # fmt: skip


def must_lead_on(node: etree._Element, has_end: bool) -> bool:
    """Whether the standard asks for a flow out of `node`: of events always, of the rest beside a drawn end event."""
    return has_end or local(node) in EVENTS


def leads_nowhere(node: etree._Element, drawing: Drawing) -> bool:
    """Whether a token would stand still behind `node` for want of an end event."""
    if local(node) == "endEvent" or is_compensation(node) or is_event_sub_process(node) or drawing.outgoing(node):
        return False
    return not any(local(definition) == FINAL.get(local(node)) for definition in event_definitions(node))
