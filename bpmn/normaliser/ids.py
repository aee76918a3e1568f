"""Gives an id to every element that needs one: SpiffWorkflow does not see a flow without id."""

from __future__ import annotations

from collections.abc import Iterator

from bpmn.drawing import finding
from bpmn.findings import Finding
from bpmn.names import EVENT_DEFINITIONS, FLOW_NODES, GLOBAL_TASKS, MODEL, local
from bpmn.normaliser.insertion import Canvas

NEEDED = FLOW_NODES | GLOBAL_TASKS.keys() | {"process", "sequenceFlow", "message", "signal", "error", "escalation"}
SILENT = EVENT_DEFINITIONS | {"sequenceFlow"}


def repair(canvas: Canvas) -> Iterator[Finding]:
    """Number what has no id, by its tag; a flow's id nobody looks for, so it is not mentioned."""
    for node in canvas.root.iter(f"{MODEL}*"):
        if local(node) not in NEEDED or node.get("id"):
            continue
        node.set("id", canvas.free_id(f"{local(node)}_1"))
        if local(node) not in SILENT:
            yield finding(
                "repaired", node, "{} chưa có mã, đã đặt mã tạm", "Mở và lưu lại bằng công cụ thiết kế",
                "{} had no id and was given one", "open and save it in the designer",
            )  # fmt: skip
