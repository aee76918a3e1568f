"""Whether imports say what they bring."""

from __future__ import annotations

from collections.abc import Iterator

from bpmn.checks.standard.document import Document, breach
from bpmn.findings import Finding
from bpmn.names import BPMN

KINDS = frozenset({
    BPMN, "http://www.w3.org/2001/XMLSchema", "http://schemas.xmlsoap.org/wsdl/", "http://www.w3.org/TR/wsdl20/",
    "http://www.w3.org/ns/wsdl",
})  # fmt: skip


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


RULES = (say_what_they_bring,)
