"""Whether every node can be reached."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bpmn.drawing import Drawing, children, finding, is_compensation, is_event_sub_process
from bpmn.findings import Finding
from bpmn.names import INSERTED_FOR, local


def check(drawing: Drawing) -> Iterator[Finding]:
    """Advice for each node of an executable process that no token can reach."""
    for scope in drawing.scopes:
        if local(scope) == "adHocSubProcess":
            continue
        reached = reachable(scope, drawing)
        for node in children(scope):
            if node.get("id") not in reached and not node.get(INSERTED_FOR):
                yield finding(
                    "advice", node, "Không đường nào dẫn tới {}", "Nối từ một bước khác tới, hoặc xóa đi",
                    "nothing leads to {}", "connect it, or delete it",
                )  # fmt: skip


def reachable(scope: etree._Element, drawing: Drawing) -> set[str]:
    """The ids of the nodes of a scope a token can come to."""
    waiting = [
        node
        for node in children(scope)
        if local(node) == "startEvent" or is_event_sub_process(node) or is_compensation(node)
    ]
    reached: set[str] = set()
    while waiting:
        node = waiting.pop()
        name = node.get("id") or ""
        if name in reached:
            continue
        reached.add(name)
        waiting += drawing.successors(node) + drawing.boundaries(node)
    return reached
