"""Whether a token at a gateway knows where to go."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bpmn.drawing import Drawing, condition_of, finding
from bpmn.findings import Finding
from bpmn.names import INSERTED_FOR


def check(drawing: Drawing) -> Iterator[Finding]:
    """BPMN 2.0, 13.4.2 and 13.4.3: without a condition that holds and without a default, the instance fails."""
    for gateway in drawing.of_type("exclusiveGateway"):
        if len(drawing.outgoing(gateway)) > 1:
            yield from missing_conditions(gateway, drawing)
    for gateway in drawing.of_type("exclusiveGateway", "inclusiveGateway"):
        yield from missing_default(gateway, drawing)


def missing_conditions(gateway: etree._Element, drawing: Drawing) -> Iterator[Finding]:
    """Every flow out of an exclusive gateway has a condition or is its default."""
    for flow in drawing.outgoing(gateway):
        if not condition_of(flow) and flow.get("id") != gateway.get("default"):
            yield finding(
                "error", flow, "{} ra khỏi cổng chọn một chưa có điều kiện",
                "Ghi điều kiện, hoặc đặt làm nhánh mặc định của cổng",
                "{} leaves an exclusive gateway without a condition",
                "write a condition, or make it the gateway's default flow",
            )  # fmt: skip


def missing_default(gateway: etree._Element, drawing: Drawing) -> Iterator[Finding]:
    """Where every flow has a condition, none may hold."""
    flows = drawing.outgoing(gateway)
    if gateway.get("default") or len(flows) < 2 or gateway.get(INSERTED_FOR):
        return
    if all(condition_of(flow) not in ("", "true", "True") for flow in flows):
        yield finding(
            "advice", gateway, "{} không có nhánh mặc định: khi không điều kiện nào đúng, hồ sơ dừng lại",
            "Đặt một nhánh làm mặc định",
            "{} has no default flow: when no condition holds, the case stops", "make one flow the default",
        )  # fmt: skip
