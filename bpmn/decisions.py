"""Decision tables (DMN): which decision a file holds."""

from __future__ import annotations

from bpmn.parsing import parse_xml, refusal


def decision_id(xml: bytes) -> str:
    """The id of the first decision in the file. Raises DefinitionInvalid for what is no decision table."""
    root = parse_xml(xml)
    for element in root.iter("{*}decision"):
        found = element.get("id")
        if found:
            return str(found)
    raise refusal("Tệp không có bảng quyết định nào", "the file holds no decision")
