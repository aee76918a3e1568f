"""Spells truth values `true` and `false`: XML Schema also knows 1 and 0, and blanks around them."""

from __future__ import annotations

from lxml import etree

from bpmn.names import MODEL

NAMES = frozenset({
    "cancelActivity", "cancelRemainingInstances", "instantiate", "isClosed", "isCollection", "isExecutable",
    "isForCompensation", "isImmediate", "isInterrupting", "isSequential", "isUnlimited", "parallelMultiple",
    "testBefore", "triggeredByEvent", "waitForCompletion",
})  # fmt: skip
SPELLINGS = {"1": "true", "true": "true", "0": "false", "false": "false"}


def spell_out(root: etree._Element) -> None:
    """Rewrite them in place; what is no truth value stays, for the schema to refuse."""
    for node in root.iter(f"{MODEL}*"):
        for name in NAMES.intersection(map(str, node.attrib)):
            value = node.get(name, "")
            node.set(name, SPELLINGS.get(value.strip(), value))
