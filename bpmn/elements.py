"""The elements of a drawing, as the engine and the pages know them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from lxml import etree

from bpmn.drawing import line_of, process_of, scope_of
from bpmn.names import DRAWN_ID, DRAWN_TYPE, EXTENSION, FLOW_NODES, GLOBAL_TASKS, INSERTED_FOR, MARKS, MODEL, local

LISTED = FLOW_NODES | GLOBAL_TASKS.keys() | {"process", "sequenceFlow"}
CARRIERS = ("multiInstanceLoopCharacteristics", "messageEventDefinition")


@dataclass(frozen=True, slots=True)
class Element:
    """One node or flow of the drawing.

    `type` is the BPMN tag; `scope` the id of the process or sub-process it lies in (None for a process);
    `extensions` maps our attributes to their text, those of its multi-instance marker and message included.
    """

    id: str
    type: str
    name: str
    process_id: str
    scope: str | None
    extensions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    documentation: str = ""
    line: int | None = None


def read_elements(root: etree._Element) -> dict[str, Element]:
    """The elements of a normalised tree by their id in the drawing, without what the normaliser inserted."""
    found = (
        read_element(node)
        for node in root.iter(f"{MODEL}*")
        if local(node) in LISTED and node.get("id") and INSERTED_FOR not in node.attrib
    )
    return {element.id: element for element in found}


def read_element(node: etree._Element) -> Element:
    """The element at `node`."""
    scope, process = scope_of(node), process_of(node)
    return Element(
        id=own_id(node),
        type=node.get(DRAWN_TYPE, local(node)),
        name=" ".join(node.get("name", "").split()),
        process_id=own_id(process) if process is not None else "",
        scope=own_id(scope) if scope is not None else None,
        extensions=MappingProxyType(extensions_of(node)),
        documentation=(node.findtext(f"{MODEL}documentation") or "").strip(),
        line=line_of(node),
    )


def own_id(node: etree._Element) -> str:
    """The id a node has in the drawing."""
    return node.get(DRAWN_ID) or node.get("id") or ""


def extensions_of(node: etree._Element) -> dict[str, str]:
    """Our attributes on a node and on the parts that carry attributes of their own."""
    carriers = [node, *(child for child in node if local(child) in CARRIERS)]
    return {
        name[len(EXTENSION) :]: carrier.get(name, "")
        for carrier in carriers
        for name in map(str, carrier.attrib)
        if name.startswith(EXTENSION) and name not in MARKS
    }
