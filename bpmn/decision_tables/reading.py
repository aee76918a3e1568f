"""Reads the decisions of a DMN file."""

from __future__ import annotations

from lxml import etree

from bpmn.decision_tables.cells import expressions_of
from bpmn.decision_tables.table import AGGREGATIONS, POLICY_NAMED, Decision, Output, Rule
from bpmn.expressions import check_expression
from bpmn.expressions.dialects import in_ours
from bpmn.findings import Finding
from bpmn.parsing import parse_xml
from domain.errors import DefinitionInvalid, ExpressionInvalid

XmlNode = etree._Element


def read_decisions(xml: bytes) -> dict[str, Decision]:
    """The decisions of the file by id. Raises DefinitionInvalid for what cannot be asked."""
    root = parse_xml(xml)
    decisions = {node.get("id", ""): read_decision(node) for node in root.findall("{*}decision")}
    for decision in decisions.values():
        check(decision)
    return decisions


def read_decision(node: XmlNode) -> Decision:
    """One decision: a table or a literal expression."""
    name = node.get("name") or node.get("id") or ""
    requires = tuple(
        required.get("href", "").removeprefix("#")
        for required in node.iterfind("{*}informationRequirement/{*}requiredDecision")
    )
    table = node.find("{*}decisionTable")
    if table is not None:
        return read_table(node.get("id", ""), name, requires, table)
    expression = in_ours(text_of(node.find("{*}literalExpression")))
    if not expression:
        raise refusal(node, "không có bảng và không có biểu thức", "it has neither a table nor an expression")
    return Decision(node.get("id", ""), name, requires, expression)


def read_table(id: str, name: str, requires: tuple[str, ...], table: XmlNode) -> Decision:
    """The rules of a decision table."""
    policy = POLICY_NAMED.get(table.get("hitPolicy", "UNIQUE"))
    aggregation = table.get("aggregation")
    if policy is None or (aggregation is not None and aggregation not in AGGREGATIONS):
        raise refusal(table, "cách chọn dòng không được hỗ trợ", "its hit policy is not supported")
    inputs = tuple(in_ours(text_of(node.find("{*}inputExpression"))) for node in table.findall("{*}input"))
    outputs = tuple(Output(node.get("name") or name, tuple(ranking_of(node))) for node in table.findall("{*}output"))
    rules = tuple(read_rule(node, len(inputs), len(outputs)) for node in table.findall("{*}rule"))
    return Decision(id, name, requires, None, policy, aggregation, inputs, outputs, rules)


def read_rule(node: XmlNode, inputs: int, outputs: int) -> Rule:
    """One line of a table, with a cell for each column."""
    tests = tuple(text_of(cell) for cell in node.findall("{*}inputEntry"))
    results = tuple(in_ours(text_of(cell)) for cell in node.findall("{*}outputEntry"))
    if (len(tests), len(results)) != (inputs, outputs) or not outputs:
        raise refusal(node, "số ô của một dòng không khớp số cột", "a rule has not one cell for each column")
    return Rule(tests, results)


def ranking_of(output: XmlNode) -> list[str]:
    """The listed values of an output, best first."""
    listed = text_of(output.find("{*}outputValues"))
    return list(expressions_of(listed)) if listed else []


def check(decision: Decision) -> None:
    """Refuse a decision with an expression that cannot be read."""
    cells = [cell for rule in decision.rules for cell in rule.results if cell not in ("", "-")]
    tests = [source for rule in decision.rules for test in rule.tests for source in expressions_of(test)]
    rankings = [source for output in decision.outputs for source in output.ranking]
    literal = [decision.expression] if decision.expression is not None else []
    for source in [*decision.inputs, *tests, *cells, *rankings, *literal]:
        try:
            check_expression(source)
        except ExpressionInvalid as error:
            said = f"Bảng quyết định “{decision.name}”: “{source}”: {error}"
            english = f"decision {decision.id}: {source}: {error.english}"
            raise DefinitionInvalid(
                [Finding("error", decision.id, None, said, "Sửa ô này trong bảng", english, "mend the cell")]
            ) from error


def text_of(node: XmlNode | None) -> str:
    """The text of an expression or cell."""
    return (node.findtext("{*}text") or "").strip() if node is not None else ""


def refusal(node: XmlNode, message: str, english: str) -> DefinitionInvalid:
    """What is wrong, with the decision it is in."""
    decision = next((each for each in (node, *node.iterancestors()) if each.tag.endswith("}decision")), node)
    name = decision.get("name") or decision.get("id") or ""
    finding = Finding(
        "error", decision.get("id"), None, f"Bảng quyết định “{name}”: {message}", "Sửa bảng quyết định",
        f"decision {name}: {english}", "mend the table",
    )  # fmt: skip
    return DefinitionInvalid([finding])
