"""Whether imports say what they bring, and bring it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bpmn.checks.standard.document import Document, Node, breach
from bpmn.checks.standard.neighbours import imports_of, place_of, read_import
from bpmn.checks.standard.schema import faults
from bpmn.findings import Finding
from bpmn.names import BPMN, XML_SCHEMA

WSDL = ("http://schemas.xmlsoap.org/wsdl/", "http://www.w3.org/TR/wsdl20/", "http://www.w3.org/ns/wsdl")
ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S")
KINDS = frozenset({BPMN, XML_SCHEMA, *WSDL})
ROOTS = frozenset(
    {f"{{{XML_SCHEMA}}}schema"} | {f"{{{space}}}{tag}" for space in WSDL for tag in ("definitions", "description")}
)


def say_what_they_bring(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 8.2.2: a kind of file (an absolute URI: of other kinds than ours, too), a place and a namespace."""
    for node in document.of_type("import"):
        missing = [name for name in ("namespace", "location") if not node.get(name, "").strip()]
        if missing or not ABSOLUTE.match(node.get("importType", "")):
            yield breach(
                node, "Phần nhập tệp khác không ghi đủ loại tệp, nơi lấy và không gian tên; tệp đó không được đọc",
                "Ghi importType, location và namespace của tệp được nhập",
                "an import does not say kind, location and namespace; the file is not read",
                "write importType, location and namespace of the imported file",
            )  # fmt: skip


def files_are_there(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 8.2.2: the file lies where the import says; one on the network is not looked for."""
    for node in imports_of(document.root):
        place = place_of(document.folder, node)
        if place is not None and not place.is_file():
            yield breach(
                node, f"Không tìm thấy tệp được nhập “{node.get('location')}”", "Đặt tệp cùng chỗ, hoặc sửa location",
                f"the imported file {node.get('location')} is not there", "put it there, or mend the location",
            )  # fmt: skip


def files_have_their_namespace(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 8.2.2: what is imported is of the kind and of the namespace the import says."""
    for node, root in found(document):
        if root is None or not is_of_kind(root, node) or root.get("targetNamespace") != node.get("namespace"):
            yield breach(
                node, f"Tệp được nhập “{node.get('location')}” không đúng loại hoặc không gian tên đã ghi",
                "Sửa importType, và namespace theo targetNamespace của tệp đó",
                f"the imported file {node.get('location')} is not of the kind and namespace it is imported under",
                "mend importType, and write the targetNamespace of that file",
            )  # fmt: skip


def drawings_follow_the_schema(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 8.2.2: an imported drawing is one that can be read: it follows the XML schema."""
    for node, root in found(document):
        if root is None or root.tag != f"{{{BPMN}}}definitions":
            continue
        for fault in faults(root)[:1]:
            yield breach(
                node, f"Tệp được nhập “{node.get('location')}” không đúng lược đồ XML của BPMN 2.0 (dòng {fault.line})",
                "Sửa tệp đó, hoặc xuất lại theo chuẩn",
                f"the imported file {node.get('location')} does not follow the XML schema (line {fault.line})",
                "mend that file, or export it again",
            )  # fmt: skip


def is_of_kind(root: Node, node: Node) -> bool:
    """Whether the root of an imported file is that of the kind the import says."""
    if node.get("importType") == BPMN:
        return root.tag == f"{{{BPMN}}}definitions"
    return root.tag in ROOTS


def ids_are_unique_over_files(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 15.3.2: files of one namespace share no id."""
    for file in filter(None, document.neighbours.get(document.target, ())):
        shared = sorted(document.by_id.keys() & file.by_id.keys())
        if shared:
            yield breach(
                document.by_id[shared[0]], f"Mã “{shared[0]}” cũng được dùng trong tệp được nhập", "Đặt mã khác",
                f"the id {shared[0]} is also used in an imported file", "give it another id",
            )  # fmt: skip


def found(document: Document) -> Iterator[tuple[Node, Node | None]]:
    """The imports whose files are there, with their root; None for what cannot be read."""
    for node in imports_of(document.root):
        place = place_of(document.folder, node)
        if place is not None and place.is_file() and node.get("importType") in KINDS:
            yield node, read_import(document.folder, node)


RULES = (
    say_what_they_bring,
    files_are_there,
    files_have_their_namespace,
    drawings_follow_the_schema,
    ids_are_unique_over_files,
)
