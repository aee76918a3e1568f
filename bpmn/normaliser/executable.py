"""Marks a process as executable when the drawing says nothing about it."""

from __future__ import annotations

from collections.abc import Iterator

from bpmn.drawing import children, finding
from bpmn.findings import Finding
from bpmn.names import MODEL
from bpmn.normaliser.insertion import Canvas


def repair(canvas: Canvas) -> Iterator[Finding]:
    """When no process says that it runs, those that hold steps and do not say they don't are meant to."""
    processes = canvas.root.findall(f"{MODEL}process")
    if not any(process.get("isExecutable") == "true" for process in processes):
        for process in processes:
            if "isExecutable" in process.attrib or not children(process):
                continue
            process.set("isExecutable", "true")
            yield finding(
                "repaired", process, "{} chưa ghi là chạy được, đã coi là chạy được",
                "Đánh dấu “Chạy được” trong thuộc tính của quy trình",
                "{} did not say that it is executable and is taken to be", "mark the process as executable",
            )  # fmt: skip
    for process in processes:
        process.set("isExecutable", "true" if process.get("isExecutable") == "true" else "false")
