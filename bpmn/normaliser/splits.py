"""Draws the gateway behind a step or event that several flows leave."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bpmn.drawing import condition_of, finding
from bpmn.findings import Finding
from bpmn.names import ACTIVITIES, EVENTS, local
from bpmn.normaliser.conditions import add_condition
from bpmn.normaliser.insertion import Canvas


def repair(canvas: Canvas) -> Iterator[Finding]:
    """BPMN 2.0, 13.2.1: flows without condition part as at a parallel gateway, conditional ones as at an inclusive."""
    drawing = canvas.drawing()
    for node in drawing.nodes:
        flows, scope = drawing.outgoing(node), node.getparent()
        if local(node) not in ACTIVITIES | EVENTS or scope is None:
            continue
        if len(flows) > 1 or any(map(condition_of, flows)):
            yield draw_split(canvas, scope, node, flows)


def draw_split(canvas: Canvas, scope: etree._Element, node: etree._Element, flows: list[etree._Element]) -> Finding:
    """Move the flows behind a gateway of their own."""
    conditional = any(map(condition_of, flows)) or "default" in node.attrib
    gateway = canvas.insert_node(scope, "inclusiveGateway" if conditional else "parallelGateway", "split", node)
    if "default" in node.attrib:
        gateway.set("default", node.attrib.pop("default"))
    for flow in flows:
        flow.set("sourceRef", gateway.get("id", ""))
        if conditional and not condition_of(flow) and flow.get("id") != gateway.get("default"):
            add_condition(flow, "true")
    canvas.insert_flow(scope, node, gateway)
    if conditional:
        return finding(
            "repaired", node, "Các nhánh ra khỏi {} được đi theo điều kiện, như ở cổng chọn nhiều",
            "Vẽ cổng chọn một hoặc chọn nhiều sau bước này",
            "the flows out of {} are chosen by their conditions, as at an inclusive gateway",
            "draw an exclusive or inclusive gateway behind it",
        )  # fmt: skip
    return finding(
        "repaired", node, "Các nhánh ra khỏi {} được đi cùng lúc, như ở cổng song song",
        "Vẽ cổng song song, hoặc cổng chọn một nếu chỉ đi một nhánh",
        "all flows out of {} are taken, as at a parallel gateway",
        "draw a parallel gateway, or an exclusive one if only one is meant",
    )  # fmt: skip
