"""Puts referenced event definitions into their events, and gives messages and signals a name."""

from __future__ import annotations

import copy
from collections.abc import Iterator

from lxml import etree

from bpmn.drawing import finding, is_for_running, process_of
from bpmn.findings import Finding
from bpmn.names import EVENT_DEFINITIONS, MODEL, local
from bpmn.normaliser.insertion import Canvas

LARGEST_COPIED = 4_000  # bytes
NAMED = {"messageEventDefinition": "message", "signalEventDefinition": "signal"}


def repair(canvas: Canvas) -> Iterator[Finding]:
    """Resolve references first, since a definition put in place may lack its message."""
    resolve_definitions(canvas)
    yield from name_the_nameless(canvas.root)
    yield from complete_definitions(canvas)


def resolve_definitions(canvas: Canvas) -> None:
    """Replace each `eventDefinitionRef` by a copy of the definition at the root of the file."""
    shared = {node.get("id"): node for node in canvas.root if local(node) in EVENT_DEFINITIONS and is_small(node)}
    for reference in list(canvas.root.iter(f"{MODEL}eventDefinitionRef")):
        event, definition = reference.getparent(), shared.get((reference.text or "").strip())
        if event is None or definition is None:
            continue
        copied = copy.deepcopy(definition)
        copied.tail = None
        copied.set("id", canvas.free_id(f"{event.get('id')}_{definition.get('id')}"))
        event.replace(reference, copied)


def is_small(definition: etree._Element) -> bool:
    """Whether copying it into every event that names it stays harmless."""
    return len(etree.tostring(definition)) <= LARGEST_COPIED


def name_the_nameless(root: etree._Element) -> Iterator[Finding]:
    """A message or signal without a name takes its id for one."""
    for node in root:
        if local(node) in ("message", "signal") and not node.get("name"):
            node.set("name", node.get("id", ""))
            yield finding(
                "repaired", node, "{} chưa có tên, đã lấy mã làm tên", "Đặt tên để bên gửi và bên nhận gặp nhau",
                "{} had no name and took its id", "name it, so that sender and receiver meet",
            )  # fmt: skip


def complete_definitions(canvas: Canvas) -> Iterator[Finding]:
    """An event or task for a message or signal that names none gets one of its own, called as the event is."""
    for node in list(canvas.root.iter(f"{MODEL}*")):
        event = node.getparent()
        if local(node) not in NAMED or event is None or process_of(node) is None:
            continue
        kind = NAMED[local(node)]
        if node.get(f"{kind}Ref"):
            continue
        name = " ".join(event.get("name", "").split()) or event.get("id", "")
        made = etree.Element(f"{MODEL}{kind}", id=canvas.free_id(f"{event.get('id')}_{kind}"), name=name)
        canvas.root.insert(0, made)
        node.set(f"{kind}Ref", made.get("id", ""))
        vietnamese = "thông điệp" if kind == "message" else "tín hiệu"
        yield finding(
            "repaired", event, f"{{}} chưa chọn {vietnamese}, đã lấy tên “{name}”", f"Chọn {vietnamese} cho sự kiện",
            f"{{}} names no {kind} and takes “{name}”", f"choose a {kind} for the event",
            against_standard=is_for_running(node),
        )  # fmt: skip
