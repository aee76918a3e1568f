"""Joins link events by their name: a throwing link leads to the catching one of the same scope."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bpmn.drawing import children, event_definitions
from bpmn.findings import Finding
from bpmn.names import MODEL, SCOPES, local
from bpmn.normaliser.insertion import Canvas, change_type


def repair(canvas: Canvas) -> Iterator[Finding]:
    """Turn the pairs into plain events with a flow between them; a link without a partner stays for the checks."""
    for scope in [node for node in canvas.root.iter(f"{MODEL}*") if local(node) in SCOPES]:
        catches = {name: node for node in children(scope, "intermediateCatchEvent") if (name := link_name(node))}
        throws = [(link_name(node), node) for node in children(scope, "intermediateThrowEvent")]
        joined = [(node, catches[name]) for name, node in throws if name in catches]
        for throw, catch in joined:
            canvas.insert_flow(scope, throw, catch)
        for event in dict.fromkeys(node for pair in joined for node in pair):
            make_plain(event)
    yield from ()


def link_name(event: etree._Element) -> str:
    """The name that joins a link event to its partners; empty for other events."""
    link = event.find(f"{MODEL}linkEventDefinition")
    if link is None:
        return ""
    return " ".join((link.get("name") or event.get("name") or "").split())


def make_plain(event: etree._Element) -> None:
    """Take the definition off, and let a catching event pass the token on."""
    for definition in event_definitions(event):
        event.remove(definition)
    if local(event) == "intermediateCatchEvent":
        change_type(event, "intermediateThrowEvent")
