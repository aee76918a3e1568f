"""Whether imports say what they bring, and bring it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bpmn.checks.standard.document import Document, Node, breach
from bpmn.checks.standard.references import fits, references_of, targets
from bpmn.findings import Finding
from bpmn.names import BPMN
from bpmn.parsing import LARGEST_FILE, parse_xml
from domain.errors import DefinitionInvalid

KINDS = frozenset({
    BPMN, "http://www.w3.org/2001/XMLSchema", "http://schemas.xmlsoap.org/wsdl/", "http://www.w3.org/TR/wsdl20/",
    "http://www.w3.org/ns/wsdl",
})  # fmt: skip
MOST_IMPORTS = 20  # files that are looked at


def say_what_they_bring(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 8.2.2: a kind of file, a place and a namespace."""
    for node in document.of_type("import"):
        missing = [name for name in ("namespace", "location") if not node.get(name, "").strip()]
        if missing or node.get("importType", "") not in KINDS:
            yield breach(
                node, "Phần nhập tệp khác không ghi đủ loại tệp, nơi lấy và không gian tên; tệp đó không được đọc",
                "Ghi importType, location và namespace của tệp được nhập",
                "an import does not say kind, location and namespace; the file is not read",
                "write importType, location and namespace of the imported file",
            )  # fmt: skip


def files_are_there(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 8.2.2: the file lies where the import says; one on the network is not looked for."""
    for node in document.of_type("import")[:MOST_IMPORTS]:
        place = place_of(document, node)
        if place is not None and not place.is_file():
            yield breach(
                node, f"Không tìm thấy tệp được nhập “{node.get('location')}”", "Đặt tệp cùng chỗ, hoặc sửa location",
                f"the imported file {node.get('location')} is not there", "put it there, or mend the location",
            )  # fmt: skip


def drawings_have_their_namespace(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 8.2.2: what is imported as a drawing is one, of the namespace the import says."""
    for node, root in drawings(document):
        if root is None or root.get("targetNamespace") != node.get("namespace"):
            yield breach(
                node, f"Tệp được nhập “{node.get('location')}” không phải BPMN của không gian tên đã ghi",
                "Sửa namespace theo targetNamespace của tệp đó",
                f"the imported file {node.get('location')} is no BPMN of the namespace it is imported under",
                "write the targetNamespace of that file",
            )  # fmt: skip


def ids_are_unique_over_files(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 15.3.2: files of one namespace share no id."""
    for node, root in drawings(document):
        if root is None or root.get("targetNamespace") != document.target:
            continue
        shared = sorted(document.by_id.keys() & Document(root).by_id.keys())
        if shared:
            yield breach(
                document.by_id[shared[0]],
                f"Mã “{shared[0]}” cũng được dùng trong tệp được nhập “{node.get('location')}”",
                "Đặt mã khác", f"the id {shared[0]} is also used in the imported file {node.get('location')}",
                "give it another id",
            )  # fmt: skip


def references_are_met(document: Document) -> Iterator[Finding]:
    """REF.1 to REF.6: what a prefix says to be imported is in the imported file, of the right kind."""
    known: dict[str, list[Document]] = {}
    for node, root in drawings(document):
        if root is not None:
            known.setdefault(node.get("namespace", ""), []).append(Document(root))
    for node in document.root.iter(f"{{{BPMN}}}*") if known else ():
        for name, value in references_of(node):
            wanted, (prefix, _, plain) = targets(node, name), value.strip().partition(":")
            files = known.get(node.nsmap.get(prefix) or "", []) if plain and wanted is not False else []
            found = [file.by_id[plain] for file in files if plain in file.by_id]
            if files and not any(fits(each, wanted) for each in found):
                yield breach(
                    node, f"{{}}: {name} “{value}” không trỏ tới phần tử phù hợp nào trong tệp được nhập",
                    "Chọn lại phần tử được trỏ tới, hoặc xóa tham chiếu này",
                    f"{{}}: {name} “{value}” points to no fitting element of the imported file",
                    "choose the element again, or delete the reference",
                )  # fmt: skip


def place_of(document: Document, node: Node) -> Path | None:
    """Where an imported file should lie; None when that is not beside this file, or this file has no place."""
    location = node.get("location", "").strip()
    if document.folder is None or not location or ":" in location or "\0" in location or location.startswith("/"):
        return None
    return document.folder / location


def drawings(document: Document) -> Iterator[tuple[Node, Node | None]]:
    """The imports of drawings that are there, with their root; None for what cannot be read."""
    for node in document.of_type("import")[:MOST_IMPORTS]:
        place = place_of(document, node)
        if node.get("importType") != BPMN or place is None or not place.is_file():
            continue
        try:
            with place.open("rb") as file:
                yield node, parse_xml(file.read(LARGEST_FILE + 1))
        except DefinitionInvalid:
            yield node, None


RULES = (
    say_what_they_bring,
    files_are_there,
    drawings_have_their_namespace,
    ids_are_unique_over_files,
    references_are_met,
)
