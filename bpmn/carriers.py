"""Where expressions and scripts stand in a drawing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from bpmn.drawing import is_illustration
from bpmn.names import EXTENSION, FLOW_NODES, MODEL, TIMES, local

Kind = Literal["expression", "script", "timer"]
EXPRESSION_TAGS = (
    "conditionExpression", "condition", "completionCondition", "loopCondition", "loopCardinality",
    "activationCondition",
)  # fmt: skip
CONDITIONS = frozenset(EXPRESSION_TAGS) - {"loopCardinality"}
EXPRESSION_ATTRIBUTES = (
    "unit", "dueDate", "dueDays", "followUpDays", "priority", "payload", "correlation", "collection", "outputElement",
)  # fmt: skip

LABELS = {
    "conditionExpression": "điều kiện",
    "condition": "điều kiện",
    "completionCondition": "điều kiện hoàn thành",
    "loopCondition": "điều kiện lặp",
    "loopCardinality": "số lần lặp",
    "activationCondition": "điều kiện đi tiếp",
    "from": "dữ liệu chuyển",
    "script": "phép tính",
    "unit": "đơn vị nhận việc",
    "dueDate": "hạn",
    "dueDays": "số ngày của hạn",
    "followUpDays": "số ngày nhắc lại",
    "priority": "mức ưu tiên",
    "payload": "dữ liệu gửi đi",
    "correlation": "khóa đối chiếu",
    "collection": "danh sách lặp",
    "outputElement": "kết quả mỗi lượt",
}


@dataclass(frozen=True)
class Carrier:
    """One place that holds a source: the text of `node`, or one of its attributes."""

    node: etree._Element
    kind: Kind
    attribute: str | None = None

    @property
    def source(self) -> str:
        """The source as it stands there, stripped unless it is a script (whose lines are indented)."""
        text = self.node.get(self.attribute, "") if self.attribute else self.node.text or ""
        return text if self.kind == "script" else text.strip()

    def rewrite(self, source: str) -> None:
        """Put `source` in its place."""
        if self.attribute:
            self.node.set(self.attribute, source)
        else:
            self.node.text = source

    @property
    def label(self) -> str:
        """The name of the attribute or of the element that holds it."""
        return self.attribute.removeprefix(EXTENSION) if self.attribute else local(self.node)

    @property
    def words(self) -> str:
        """What a designer calls it, in Vietnamese."""
        return LABELS.get(self.label, self.label)


def carriers(root: etree._Element) -> Iterator[Carrier]:
    """Every non-empty source of what can run, in the order of the file."""
    for node in root.iter(f"{MODEL}*"):
        if is_illustration(node):
            continue
        for name in node.attrib:
            if str(name).startswith(EXTENSION) and str(name)[len(EXTENSION) :] in EXPRESSION_ATTRIBUTES:
                yield Carrier(node, "expression", str(name))
        kind = "expression" if is_passed(node) else kind_of(local(node))
        if kind and (node.text or "").strip():
            yield Carrier(node, kind)


def kind_of(tag: str) -> Kind | None:
    """What the text of an element with this tag is."""
    if tag in EXPRESSION_TAGS:
        return "expression"
    if tag in TIMES:
        return "timer"
    return "script" if tag == "script" else None


def is_passed(node: etree._Element) -> bool:
    """Whether it is a value that goes into a called process or comes back."""
    return local(node) == "from" and any(local(each) == "callActivity" for each in node.iterancestors())


def owner(node: etree._Element) -> etree._Element:
    """The flow node, flow or message an expression belongs to: what somebody can click on."""
    kinds = FLOW_NODES | {"sequenceFlow", "message", "process"}
    return next((each for each in (node, *node.iterancestors()) if local(each) in kinds), node)
