"""Takes the namespace prefix off references: `tns:order` and `order` name the same message of the file."""

from __future__ import annotations

from collections.abc import Iterator

from bpmn.findings import Finding
from bpmn.names import MODEL, bare, local
from bpmn.normaliser.insertion import Canvas

ATTRIBUTES = ("messageRef", "signalRef", "errorRef", "escalationRef", "calledElement", "attachedToRef", "sourceRef",
              "targetRef", "default", "activityRef", "processRef")  # fmt: skip
TEXTS = ("eventDefinitionRef", "flowNodeRef", "loopDataInputRef", "loopDataOutputRef")


def repair(canvas: Canvas) -> Iterator[Finding]:
    """Rewrite the references in place; nothing a designer could see changes."""
    known = {node.get("id") for node in canvas.root.iter(f"{MODEL}*") if node.get("id")}
    for node in canvas.root.iter(f"{MODEL}*"):
        for name in ATTRIBUTES:
            value = node.get(name)
            if value is not None and value not in known and bare(value) in known:
                node.set(name, bare(value))
            elif value == "":
                del node.attrib[name]
        if local(node) in TEXTS and node.text:
            text = node.text.strip()
            node.text = bare(text) if text not in known and bare(text) in known else text
    yield from ()
