"""Decision tables (DMN): which decision a file holds."""

from __future__ import annotations

from lxml import etree

from bpmn.decision_tables import read_decisions
from bpmn.parsing import refusal
from bpmn.vendors import split


def is_dmn(root: etree._Element) -> bool:
    """Whether the file is one of decisions."""
    return "/DMN/" in split(str(root.tag))[0]


def decision_id(xml: bytes) -> str:
    """The id of the decision a file is for: the first that no other of the file requires.

    Raises DefinitionInvalid for what is no decision table, or cannot be asked.
    """
    decisions = read_decisions(xml)
    required = {each for decision in decisions.values() for each in decision.requires}
    found = next((name for name in decisions if name and name not in required), None)
    if found is None:
        raise refusal("Tệp không có bảng quyết định nào", "the file holds no decision")
    return found
