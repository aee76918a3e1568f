"""Reads the decisions of a DMN file; what would not be asked as DMN 1.3 says is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from lxml import etree

from bpmn.decision_tables.cells import CellTest, parts_of, read_test
from bpmn.decision_tables.deciding import in_order
from bpmn.decision_tables.table import AGGREGATIONS, POLICY_NAMED, RANKING, Decision, Input, Output, Rule
from bpmn.drawing import line_of
from bpmn.expressions.dialects import Untranslatable, is_foreign, of_table
from bpmn.findings import Finding
from bpmn.parsing import parse_xml
from domain.errors import DefinitionInvalid, ExpressionInvalid

XmlNode = etree._Element
BOXED = ("context", "invocation", "relation", "list", "functionDefinition", "for", "every", "some", "filter",
         "conditional")  # fmt: skip
LANGUAGES = ("", "feel", "https://bangiao.vn/schema/bpmn/1.0")


def read_decisions(xml: bytes) -> dict[str, Decision]:
    """The decisions of the file by id. Raises DefinitionInvalid for what cannot be asked."""
    root = parse_xml(xml)
    nodes = root.findall("{*}decision")
    names = frozenset(name for node in nodes for name in (title(node), variable_of(node)) if " " in name)
    decisions = {node.get("id", ""): read_decision(node, names) for node in nodes}
    for node in nodes:
        check_requirements(node, decisions)
    return decisions


def read_decision(node: XmlNode, names: frozenset[str]) -> Decision:
    """One decision: a table or a literal expression. `names` are those of decisions, as far as they have blanks."""
    requires = tuple(
        required.get("href", "").removeprefix("#")
        for required in node.iterfind("{*}informationRequirement/{*}requiredDecision")
    )
    if node.find("{*}knowledgeRequirement") is not None:
        refuse(node, "dùng mô hình kiến thức (businessKnowledgeModel), chưa làm được",
               "it asks a business knowledge model, which is not carried out")  # fmt: skip
    known = (node.get("id", ""), title(node), variable_of(node), requires)
    table = node.find("{*}decisionTable")
    if table is not None:
        return read_table(known, table, names)
    written = node.find("{*}literalExpression")
    if written is None or text_of(written) in ("", "-"):
        found = next((tag for tag in BOXED if node.find(f"{{*}}{tag}") is not None), "")
        refuse(node, f"không có bảng và không có biểu thức{found and f', chỉ có {found}'}",
               f"it has neither a table nor an expression{found and f', but a {found}'}")  # fmt: skip
    return Decision(*known, source_of(written, names))


def title(node: XmlNode) -> str:
    """What the decision is called."""
    return " ".join((node.get("name") or node.get("id") or "").split())


def variable_of(node: XmlNode) -> str:
    """The name under which other decisions know its result."""
    variable = node.find("{*}variable")
    return " ".join((variable.get("name") or "").split()) or title(node) if variable is not None else title(node)


def read_table(known: tuple[str, str, str, tuple[str, ...]], table: XmlNode, names: frozenset[str]) -> Decision:
    """The rules of a decision table."""
    check_language(table)
    policy = POLICY_NAMED.get(table.get("hitPolicy", "UNIQUE"))
    aggregation = table.get("aggregation") if policy == "COLLECT" else None
    if policy is None or (aggregation is not None and aggregation not in AGGREGATIONS):
        refuse(table, "cách chọn dòng không được hỗ trợ", "its hit policy is not supported")
    inputs = tuple(read_input(node, names) for node in table.findall("{*}input"))
    columns = table.findall("{*}output")
    outputs = tuple(read_output(node, known[1], names) for node in columns)
    if len({output.name for output in outputs}) < len(outputs):
        refuse(table, "hai cột kết quả cùng tên hoặc không có tên", "two outputs have the same name or none")
    if policy in RANKING and not all(output.values for output in outputs):
        refuse(table, "cách chọn dòng cần thứ tự các giá trị (outputValues) của mỗi cột kết quả",
               "its hit policy needs the values of each output in order (outputValues)")  # fmt: skip
    if aggregation is not None and len(outputs) != 1:
        refuse(table, "chỉ cộng gộp được khi có một cột kết quả", "only one output can be aggregated")
    rules = tuple(read_rule(node, len(inputs), len(outputs), names) for node in table.findall("{*}rule"))
    return Decision(*known, None, policy, aggregation, inputs, outputs, rules)


def read_input(node: XmlNode, names: frozenset[str]) -> Input:
    """A column of tests."""
    expression = node.find("{*}inputExpression")
    if expression is None or not text_of(expression):
        refuse(node, "một cột điều kiện không ghi xét điều gì", "an input says nothing that is tested")
    return Input(source_of(expression, names), test_of(node.find("{*}inputValues"), names))


def read_output(node: XmlNode, title: str, names: frozenset[str]) -> Output:
    """A column of results."""
    values, default = node.find("{*}outputValues"), node.find("{*}defaultOutputEntry")
    listed = [] if values is None else [each for each in parts_of(text_of(values)) if each]
    return Output(
        node.get("name") or title,
        tuple(translated(node, each, names) for each in listed),
        "" if default is None else source_of(default, names),
    )


def read_rule(node: XmlNode, inputs: int, outputs: int, names: frozenset[str]) -> Rule:
    """One line of a table, with a cell for each column."""
    tests = tuple(test_of(cell, names) for cell in node.findall("{*}inputEntry"))
    results = tuple(source_of(cell, names) for cell in node.findall("{*}outputEntry"))
    if (len(tests), len(results)) != (inputs, outputs) or not outputs:
        refuse(node, "số ô của một dòng không khớp số cột", "a rule has not one cell for each column")
    return Rule(tests, results)


def test_of(cell: XmlNode | None, names: frozenset[str]) -> CellTest:
    """The test in a cell."""
    text = "" if cell is None else text_of(cell)
    if cell is not None:
        check_language(cell)
    try:
        return read_test(text, names)
    except Untranslatable as reason:
        refuse_source(node=cell, source=text, reason=reason)


def source_of(cell: XmlNode, names: frozenset[str]) -> str:
    """The expression in a cell, in our language; empty for an empty one."""
    check_language(cell)
    text = text_of(cell)
    return "" if text in ("", "-") else translated(cell, text, names)


def translated(node: XmlNode, text: str, names: frozenset[str]) -> str:
    """The expression in our language. Raises DefinitionInvalid."""
    try:
        return of_table(text, names)
    except Untranslatable as reason:
        refuse_source(node, text, reason)


def check_language(node: XmlNode) -> None:
    """Refuse another language than FEEL and ours; JUEL in its brackets can be told apart."""
    language = node.get("expressionLanguage", "").strip()
    named = "feel" if "feel" in language.lower() else language
    if named not in LANGUAGES and not is_foreign(text_of(node)):
        refuse(node, f"viết bằng ngôn ngữ “{language}”", f"it is written in the language {language}")


def check_requirements(node: XmlNode, decisions: Mapping[str, Decision]) -> None:
    """Refuse a decision that requires one of another file, or itself."""
    try:
        in_order(decisions, node.get("id", ""))
    except ExpressionInvalid as error:
        refuse(
            node, f"cần quyết định khác không hỏi được: {error}", f"it requires what cannot be asked: {error.english}"
        )


def text_of(node: XmlNode) -> str:
    """The text of an expression or cell."""
    return (node.findtext("{*}text") or "").strip()


def refuse_source(node: XmlNode | None, source: str, reason: Untranslatable) -> NoReturn:
    """Refuse an expression, with the reason."""
    assert node is not None
    refuse(node, f"“{source}”: {reason}", f"{source}: {reason.english}", reason.remedy, reason.remedy_en)


def refuse(
    node: XmlNode, message: str, english: str, remedy: str = "Sửa bảng quyết định", remedy_en: str = "mend the table"
) -> NoReturn:
    """Raise DefinitionInvalid with what is wrong, and the decision it is in."""
    decision = next((each for each in (node, *node.iterancestors()) if str(each.tag).endswith("}decision")), node)
    raise DefinitionInvalid(
        [
            Finding(
                "error", decision.get("id"), line_of(node), f"Bảng quyết định “{title(decision)}”: {message}", remedy,
                f"decision {title(decision)}: {english}", remedy_en,
            )
        ]
    )  # fmt: skip
