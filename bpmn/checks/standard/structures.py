"""Whether the structures behind item definitions, interfaces and operations are there."""

from __future__ import annotations

from collections.abc import Iterator

from bpmn.checks.standard.document import Document, Node, breach
from bpmn.checks.standard.imports import WSDL
from bpmn.checks.standard.neighbours import imports_of, read_import
from bpmn.findings import Finding
from bpmn.names import BPMN, XML_SCHEMA

CARRIERS = {"itemDefinition": "structureRef", "interface": "implementationRef", "operation": "implementationRef"}
# What brings a schema or service in from files that are not read.
FURTHER = tuple(f"{{{space}}}{tag}" for space in (XML_SCHEMA, *WSDL) for tag in ("include", "import", "redefine"))
BUILT_IN = frozenset({
    "anyType", "anySimpleType", "anyAtomicType", "anyURI", "base64Binary", "boolean", "byte", "date", "dateTime",
    "dateTimeStamp", "dayTimeDuration", "decimal", "double", "duration", "ENTITIES", "ENTITY", "error", "float",
    "gDay", "gMonth", "gMonthDay", "gYear", "gYearMonth", "hexBinary", "ID", "IDREF", "IDREFS", "int", "integer",
    "language", "long", "Name", "NCName", "negativeInteger", "NMTOKEN", "NMTOKENS", "nonNegativeInteger",
    "nonPositiveInteger", "normalizedString", "NOTATION", "positiveInteger", "QName", "short", "string", "time",
    "token", "unsignedByte", "unsignedInt", "unsignedLong", "unsignedShort", "untypedAtomic", "yearMonthDuration",
})  # fmt: skip


def are_types_of_xml_schema(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 8.3.10: a structure of the namespace of XML Schema is one of its types (XML Schema 2, 3)."""
    for node, space, name in structures(document):
        if space == XML_SCHEMA and name not in BUILT_IN:
            yield unknown(node, name, "XML Schema", "XML Schema")


def are_found_where_they_are_imported_from(document: Document) -> Iterator[Finding]:
    """BPMN 2.0, 8.2.2 and 8.3.10: a structure of an imported namespace is declared in a file imported for it."""
    declared: dict[str, set[str] | None] = {}
    for node in imports_of(document.root):
        if node.get("importType") == BPMN:
            continue
        space, root = node.get("namespace", ""), read_import(document.folder, node)
        known = declared.setdefault(space, set())
        whole = root is not None and not any(True for _ in root.iter(*FURTHER))
        declared[space] = known | names_in(root) if whole and root is not None and known is not None else None
    for node, space, name in structures(document):
        names = declared.get(space)
        if names is not None and name not in names:
            yield unknown(node, name, "tệp được nhập", "the imported file")


def structures(document: Document) -> Iterator[tuple[Node, str, str]]:
    """Every reference to a structure that has a prefix: its element, its namespace and its name there."""
    for node in document.of_type(*CARRIERS):
        for attribute in set(CARRIERS.values()):
            prefix, colon, name = node.get(attribute, "").strip().partition(":")
            space = node.nsmap.get(prefix)
            if colon and space is not None:
                yield node, space, name


def names_in(root: Node) -> set[str]:
    """Every name an XML schema or a WSDL file declares."""
    return {name for each in root.iter() if (name := each.get("name"))}


def unknown(node: Node, name: str, place: str, place_en: str) -> Finding:
    """The finding about a structure that is declared nowhere."""
    return breach(
        node, f"Cấu trúc “{name}” của {{}} không có trong {place}; biến không cần kiểu nên đã bỏ qua",
        "Chọn một kiểu có thật, hoặc xóa tham chiếu này",
        f"the structure {name} of {{}} is not in {place_en}; variables need no type, so it is left out",
        "choose a type there is, or delete the reference",
    )  # fmt: skip


RULES = (are_types_of_xml_schema, are_found_where_they_are_imported_from)
