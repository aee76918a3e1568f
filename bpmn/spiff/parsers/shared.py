"""What the elements of a file refer to: messages, signals, errors, escalations."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from bpmn.drawing import Drawing
from bpmn.elements import extensions_of, own_id
from bpmn.names import DRAWN_TYPE, EXTENSION, INSERTED_FOR, MODEL, bare, local
from bpmn.spiff.node import Drawn
from bpmn.spiff.process_spec import ProcessSpec

XmlNode = etree._Element


@dataclass
class File:
    """A normalised drawing while its specs are built; `specs` are the processes by id."""

    drawing: Drawing
    specs: dict[str, ProcessSpec] = field(default_factory=dict)

    def named(self, reference: str | None) -> str:
        """The name of a message or signal; the reference itself when nothing has that id."""
        found = self.drawing.by_id.get(bare(reference))
        return (found.get("name") or bare(reference)) if found is not None else bare(reference)

    def code(self, reference: str | None, attribute: str) -> str | None:
        """The code of an error or escalation; None without a reference: any."""
        if not reference:
            return None
        found = self.drawing.by_id.get(bare(reference))
        return bare(reference) if found is None else found.get(attribute) or found.get("name") or bare(reference)

    def extension(self, reference: str | None, name: str) -> str | None:
        """Our attribute on the element with this id."""
        found = self.drawing.by_id.get(bare(reference))
        return found.get(f"{EXTENSION}{name}") if found is not None else None


def drawn(node: XmlNode) -> Drawn:
    """What the drawing says of a node."""
    name = " ".join(node.get("name", "").split())
    kind, serves = node.get(DRAWN_TYPE) or local(node), node.get(INSERTED_FOR, "")
    return Drawn(own_id(node), kind, name, extensions_of(node), node.get("id", ""), serves)


def is_inserted(node: XmlNode) -> bool:
    """Whether nobody drew it."""
    return INSERTED_FOR in node.attrib


def child_text(node: XmlNode, tag: str) -> str | None:
    """The text of a child element, None when it is empty or missing."""
    return (node.findtext(f"{MODEL}{tag}") or "").strip() or None


def flag(node: XmlNode, attribute: str, default: bool) -> bool:
    """An XML boolean."""
    return node.get(attribute, "true" if default else "false").strip() in ("true", "1")


def number(node: XmlNode, attribute: str, default: int) -> int:
    """An XML integer; what is none counts as the default."""
    text = (node.get(attribute) or "").strip()
    return int(text) if text.lstrip("-").isdigit() else default
