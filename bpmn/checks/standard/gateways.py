"""Whether gateways part and join as they say."""

from __future__ import annotations

from collections.abc import Iterator

from bpmn.checks.standard.document import Document, breach
from bpmn.findings import Finding
from bpmn.names import GATEWAYS


def keep_their_direction(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, table 8.48: what converges has one way out, what diverges one way in, what is mixed several of both."""
    for gateway in document.of_type(*sorted(GATEWAYS)):
        arriving, leaving = document.counts(gateway)
        direction = gateway.get("gatewayDirection")
        broken = {
            "Converging": leaving > 1,
            "Diverging": arriving > 1,
            "Mixed": arriving < 2 or leaving < 2,
        }
        if broken.get(direction or ""):
            yield breach(
                gateway, f"{{}} ghi hướng {direction} nhưng có {arriving} đường vào, {leaving} đường ra; đã bỏ qua",
                "Sửa hoặc xóa gatewayDirection",
                f"{{}} says {direction} but has {arriving} flows in and {leaving} out; the direction was ignored",
                "mend or delete gatewayDirection",
            )  # fmt: skip


def part_or_join(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 10.6.1: several flows in, or several out."""
    for gateway in document.of_type(*sorted(GATEWAYS)):
        arriving, leaving = document.counts(gateway)
        if arriving < 2 and leaving < 2:
            yield breach(
                gateway, "{} không tách cũng không gộp nhánh nào", "Nối thêm nhánh, hoặc xóa cổng này",
                "{} neither parts nor joins flows", "connect more flows, or delete the gateway",
            )  # fmt: skip


RULES = (keep_their_direction, part_or_join)
