"""Turns a global task into a process of one step, so that a call activity can call it."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bpmn.findings import Finding
from bpmn.names import DRAWN_TYPE, GLOBAL_TASKS, INSERTED_FOR, MODEL, local
from bpmn.normaliser.insertion import free_id, insert_flow


def repair(root: etree._Element) -> Iterator[Finding]:
    """Wrap each global task and point its callers at the wrapping; the drawing's reader sees no difference."""
    for node in [each for each in root if local(each) in GLOBAL_TASKS]:
        name = node.get("id", "")
        process = etree.SubElement(root, f"{MODEL}process", id=free_id(root, f"{name}_process"), isExecutable="true")
        process.set("name", node.get("name", name))
        process.set(INSERTED_FOR, name)
        start, end = (
            etree.SubElement(process, f"{MODEL}{tag}", {"id": free_id(root, f"{name}_{tag}"), INSERTED_FOR: name})
            for tag in ("startEvent", "endEvent")
        )
        node.set(DRAWN_TYPE, local(node))
        node.tag = f"{MODEL}{GLOBAL_TASKS[local(node)]}"
        process.append(node)
        insert_flow(process, start, node)
        insert_flow(process, node, end)
        for caller in root.iter(f"{MODEL}callActivity"):
            if caller.get("calledElement") == name:
                caller.set("calledElement", process.get("id", ""))
    yield from ()
