"""The tree under repair: new nodes and flows, each under an id nobody has."""

from __future__ import annotations

from lxml import etree

from bpmn.drawing import Drawing
from bpmn.names import DRAWN_TYPE, INSERTED_FOR, MODEL, local


class Canvas:
    """A tree that repairs change. The ids are collected once: a search a time would stall on a large drawing."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.ids = {name for node in root.iter() if (name := node.get("id"))}
        self.numbers: dict[str, int] = {}

    def drawing(self) -> Drawing:
        """The drawing as it is now."""
        return Drawing(self.root)

    def free_id(self, wanted: str) -> str:
        """`wanted`, or `wanted_2` and so on, whichever no element of the document has; taken from now on."""
        name = wanted
        while name in self.ids:
            self.numbers[wanted] = self.numbers.get(wanted, 1) + 1
            name = f"{wanted}_{self.numbers[wanted]}"
        self.ids.add(name)
        return name

    def insert_node(self, scope: etree._Element, tag: str, suffix: str, served: etree._Element) -> etree._Element:
        """A new node in `scope`, named and marked after the drawn node it serves."""
        base = served.get("id") or "node"
        node = etree.SubElement(scope, f"{MODEL}{tag}", id=self.free_id(f"{base}_{suffix}"))
        node.set(INSERTED_FOR, str(served.get(INSERTED_FOR) or base))
        return node

    def insert_flow(self, scope: etree._Element, source: etree._Element, target: etree._Element) -> etree._Element:
        """A new flow in `scope` from `source` to `target`."""
        flow = etree.SubElement(scope, f"{MODEL}sequenceFlow")
        flow.set("id", self.free_id(f"{source.get('id')}_to_{target.get('id')}"))
        flow.set("sourceRef", source.get("id") or "")
        flow.set("targetRef", target.get("id") or "")
        flow.set(INSERTED_FOR, source.get(INSERTED_FOR) or source.get("id") or "")
        return flow


def change_type(node: etree._Element, tag: str) -> None:
    """Turn `node` into another kind of node, and note what it was drawn as."""
    if DRAWN_TYPE not in node.attrib:
        node.set(DRAWN_TYPE, local(node))
    node.tag = f"{MODEL}{tag}"
