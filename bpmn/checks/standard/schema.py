"""Whether the file follows the XML schema of BPMN 2.0."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from threading import Lock
from typing import cast

from lxml import etree

from bpmn.checks.standard.document import Document, Node, breach
from bpmn.findings import Finding
from bpmn.spiff.schema import bpmn_schema

MOST_FINDINGS = 20
NAMESPACE = re.compile(r"\{[^}]*\}")
ONE_AT_A_TIME = Lock()


def validity(document: Document) -> Iterator[Finding]:
    """Order, spelling and number of elements and attributes; the engine reads what it knows and leaves out the rest."""
    found = faults(document.root)
    spaces = (node.nsmap.items() for node in document.root.iter()) if found else ()
    prefixes = {name: space for pairs in spaces for name, space in pairs if name}
    for fault in found:
        node = place_of(fault.path, document.root, prefixes)
        said = NAMESPACE.sub("", fault.message).replace("{", "").replace("}", "")
        yield breach(
            node, f"{{}} không đúng lược đồ XML của BPMN 2.0: {said}", "Xuất lại tệp theo chuẩn, hoặc sửa phần này",
            f"{{}} does not follow the XML schema of BPMN 2.0: {said}", "export the file again, or mend this part",
        )  # fmt: skip


def faults(root: Node) -> list[etree._LogEntry]:
    """The first of what the schema says against a drawing; none when it follows it."""
    with ONE_AT_A_TIME:
        schema = bpmn_schema()
        if schema.validate(root):
            return []
        return [*cast("Iterable[etree._LogEntry]", schema.error_log)][:MOST_FINDINGS]


def place_of(path: str | None, root: Node, prefixes: dict[str, str]) -> Node:
    """The element a fault is at, by the path libxml2 gives with the prefixes of the file; the root where it fails."""
    try:
        found = root.getroottree().xpath(path, namespaces=prefixes) if path else []
    except etree.XPathError:
        return root
    first = found[0] if isinstance(found, list) and found else root
    return first if isinstance(first, etree._Element) else root


RULES = (validity,)
