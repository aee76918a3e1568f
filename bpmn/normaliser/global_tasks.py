"""Turns a global task into a process of one step, so that a call activity can call it."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bpmn.findings import Finding
from bpmn.names import GLOBAL_TASKS, INSERTED_FOR, MODEL, local
from bpmn.normaliser.insertion import Canvas, change_type


def repair(canvas: Canvas) -> Iterator[Finding]:
    """Wrap each global task and point its callers at the wrapping; the drawing's reader sees no difference."""
    wrapped = {node.get("id"): wrap(canvas, node) for node in list(canvas.root) if local(node) in GLOBAL_TASKS}
    for caller in canvas.root.iter(f"{MODEL}callActivity"):
        if caller.get("calledElement") in wrapped:
            caller.set("calledElement", wrapped[caller.get("calledElement")])
    yield from ()


def wrap(canvas: Canvas, node: etree._Element) -> str:
    """Put the task into a process of its own, and give that process's id."""
    name = node.get("id") or ""
    process = etree.SubElement(canvas.root, f"{MODEL}process", id=canvas.free_id(f"{name}_process"))
    process.set("name", node.get("name") or name)
    process.set("isExecutable", "true")
    process.set(INSERTED_FOR, name)
    start = canvas.insert_node(process, "startEvent", "start", node)
    change_type(node, GLOBAL_TASKS[local(node)])
    if "scriptLanguage" in node.attrib:
        node.set("scriptFormat", node.attrib.pop("scriptLanguage"))
    process.append(node)
    end = canvas.insert_node(process, "endEvent", "end", node)
    canvas.insert_flow(process, start, node)
    canvas.insert_flow(process, node, end)
    return process.get("id") or ""
