"""Puts new nodes and flows into a tree, each under an id nobody has."""

from __future__ import annotations

from lxml import etree

from bpmn.names import DRAWN_TYPE, INSERTED_FOR, MODEL, local


def free_id(root: etree._Element, wanted: str) -> str:
    """`wanted`, or `wanted_2` and so on, whichever no element of the document has."""
    taken = {node.get("id") for node in root.getroottree().getroot().iter() if node.get("id")}
    if wanted not in taken:
        return wanted
    return next(name for number in range(2, len(taken) + 3) if (name := f"{wanted}_{number}") not in taken)


def insert_node(scope: etree._Element, tag: str, suffix: str, served: etree._Element) -> etree._Element:
    """A new node in `scope`, named and marked after the drawn node it serves."""
    base = served.get("id") or "node"
    node = etree.SubElement(scope, f"{MODEL}{tag}", id=free_id(scope, f"{base}_{suffix}"))
    node.set(INSERTED_FOR, str(served.get(INSERTED_FOR) or base))
    return node


def insert_flow(scope: etree._Element, source: etree._Element, target: etree._Element) -> etree._Element:
    """A new flow in `scope` from `source` to `target`."""
    name = f"{source.get('id')}_to_{target.get('id')}"
    flow = etree.SubElement(scope, f"{MODEL}sequenceFlow", id=free_id(scope, name))
    flow.set("sourceRef", source.get("id", ""))
    flow.set("targetRef", target.get("id", ""))
    flow.set(INSERTED_FOR, source.get(INSERTED_FOR) or source.get("id") or "")
    return flow


def change_type(node: etree._Element, tag: str) -> None:
    """Turn `node` into another kind of node, and note what it was drawn as."""
    if DRAWN_TYPE not in node.attrib:
        node.set(DRAWN_TYPE, local(node))
    node.tag = f"{MODEL}{tag}"
