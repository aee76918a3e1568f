"""Gives a script task without a script an empty one."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bpmn.drawing import finding
from bpmn.findings import Finding
from bpmn.names import MODEL
from bpmn.normaliser.insertion import Canvas


def repair(canvas: Canvas) -> Iterator[Finding]:
    """A task with nothing to compute passes the token on."""
    for task in canvas.root.iter(f"{MODEL}scriptTask", f"{MODEL}globalScriptTask"):
        script = task.find(f"{MODEL}script")
        if script is not None and (script.text or "").strip():
            continue
        if script is None:
            script = etree.SubElement(task, f"{MODEL}script")
        script.text = "pass"
        yield finding(
            "repaired", task, "{} chưa có nội dung tính, sẽ đi qua ngay",
            "Viết phép tính, hoặc đổi sang loại bước khác",
            "{} has no script and passes at once", "write the script, or choose another kind of task",
        )  # fmt: skip
