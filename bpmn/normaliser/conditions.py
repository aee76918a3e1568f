"""Settles which way a token goes where a gateway's flows leave it open."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bpmn.drawing import Drawing, condition_of, finding
from bpmn.findings import Finding
from bpmn.names import MODEL, local
from bpmn.normaliser.insertion import Canvas

CHOOSING = ("exclusiveGateway", "inclusiveGateway", "complexGateway")


def repair(canvas: Canvas) -> Iterator[Finding]:
    """Drop empty conditions and those of default flows, then mend what each kind of gateway allows."""
    drawing = canvas.drawing()
    for flow in drawing.flows:
        written = flow.find(f"{MODEL}conditionExpression")
        if written is not None and not condition_of(flow):
            flow.remove(written)
    for gateway in drawing.of_type("parallelGateway"):
        yield from without_conditions(gateway, drawing)
    for node in drawing.nodes:
        yield from without_default_condition(node, drawing)
    for gateway in drawing.of_type(*CHOOSING):
        if len(drawing.outgoing(gateway)) > 1:
            yield from mend_gateway(gateway, drawing)


def without_conditions(gateway: etree._Element, drawing: Drawing) -> Iterator[Finding]:
    """A parallel gateway takes all its flows without looking at conditions (BPMN 2.0, 10.6.4)."""
    for flow in drawing.outgoing(gateway):
        written = flow.find(f"{MODEL}conditionExpression")
        if written is None:
            continue
        flow.remove(written)
        yield finding(
            "repaired", flow, "Điều kiện của {} bị bỏ qua: nó ra khỏi cổng song song",
            "Xóa điều kiện, hoặc đặt cổng chọn một hay chọn nhiều ở trước",
            "the condition of {} is ignored: it leaves a parallel gateway",
            "delete the condition, or draw an exclusive or inclusive gateway before it",
        )  # fmt: skip


def without_default_condition(node: etree._Element, drawing: Drawing) -> Iterator[Finding]:
    """A default flow has no condition; one that is written is ignored (BPMN 2.0, table 8.60 and 10.5.1)."""
    for flow in drawing.outgoing(node):
        written = flow.find(f"{MODEL}conditionExpression")
        if written is None or flow.get("id") != node.get("default"):
            continue
        flow.remove(written)
        yield finding(
            "repaired", flow, "Điều kiện trên nhánh mặc định của {} bị bỏ qua", "Xóa điều kiện trên nhánh mặc định",
            "the condition on the default flow {} is ignored", "remove the condition of the default flow",
        )  # fmt: skip


def mend_gateway(gateway: etree._Element, drawing: Drawing) -> Iterator[Finding]:
    """An inclusive gateway always takes a flow without condition; an exclusive one takes a single one last."""
    default = gateway.get("default")
    bare = [flow for flow in drawing.outgoing(gateway) if not condition_of(flow) and flow.get("id") != default]
    if local(gateway) == "inclusiveGateway":
        for flow in bare:
            add_condition(flow, "true")
            yield finding(
                "repaired", flow, "{} không có điều kiện nên luôn được đi",
                "Ghi điều kiện, hoặc đặt làm nhánh mặc định",
                "{} has no condition and is always taken", "write a condition, or make it the default flow",
            )  # fmt: skip
    elif local(gateway) == "exclusiveGateway" and len(bare) == 1 and not default:
        gateway.set("default", bare[0].get("id", ""))
        yield finding(
            "repaired", bare[0], "{} không có điều kiện, đã coi là nhánh mặc định của cổng",
            "Đặt làm nhánh mặc định, hoặc ghi điều kiện",
            "{} has no condition and is taken as the gateway's default",
            "make it the default flow, or write a condition",
        )  # fmt: skip


def add_condition(flow: etree._Element, condition: str) -> None:
    """Write a condition on a flow that has none."""
    etree.SubElement(flow, f"{MODEL}conditionExpression").text = condition
