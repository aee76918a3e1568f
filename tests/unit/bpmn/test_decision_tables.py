"""Decision tables: cells, hit policies, what a decision requires."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bpmn.checks import judge
from bpmn.decision_tables import decide, read_decisions
from bpmn.decision_tables.cells import evaluator, holds, read_test
from bpmn.decisions import decision_id
from bpmn.expressions import evaluate
from bpmn.expressions.dialects import Untranslatable
from bpmn.expressions.dialects.feel import INPUT
from domain.errors import DefinitionInvalid, ExpressionInvalid


def table(rules: str, *, policy: str = 'hitPolicy="UNIQUE"', outputs: str = '<output id="o" name="level"/>') -> bytes:
    """A file with one decision `d` on the variable `n`; rules like `< 5 => "low"`."""
    lines = [line.split("=>") for line in rules.strip().splitlines()]
    cells = "".join(
        "<rule>"
        + f"<inputEntry><text>{test.strip().replace('<', '&lt;')}</text></inputEntry>"
        + "".join(f"<outputEntry><text>{each.strip()}</text></outputEntry>" for each in results.split(";"))
        + "</rule>"
        for test, results in lines
    )
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="f" name="f" namespace="x">'
        f'<decision id="d" name="Mức"><decisionTable {policy}><input><inputExpression><text>n</text></inputExpression>'
        f"</input>{outputs}{cells}</decisionTable></decision></definitions>"
    ).encode()


def asked(xml: bytes, n: Any) -> Any:
    return decide(read_decisions(xml), "d", {"n": n})


@pytest.mark.parametrize(
    ("test", "value", "expected"),
    [
        ("-", 3, True), ("", None, True), ("5", 5, True), ("5", 6, False), ('"a", "b"', "b", True),
        ('"a, b"', "a, b", True), ("< 5", 4, True), (">= 5", 5, True), ("!= 5", 5, False), ("[1..5]", 5, True),
        ("[1..5)", 5, False), ("(1..5]", 1, False), ("]1..5[", 3, True), ('not("a", "b")', "c", True),
        ('not("a", "b")', "a", False), ("< 5", None, False), ("null", None, True), ("true", True, True),
        ("true", False, False), ("false", False, True), ("limit", 7, True), ("< limit + 1", 7, True),
        ("[1, 2, 7]", 7, True), ("< 3, > 9", 10, True), ('date("2026-03-01")', "2026-03-01", False),
        ('["a", "b"]', "b", True), ('["a", "b"]', ["a", "b"], True), ("names", "b", True), ("not(names)", "b", False),
        ("not(< 5)", 5, True), ("not([1..5], > 9)", 7, True), ("not([1..5], > 9)", 10, False), 
        ("not(null)", None, False),
        ("? > 5", 6, True), ("? > 5", 5, False), ("? > 5 and ? < 9", 7, True), ('starts with(?, "a")', "ab", True),
        ('ends with(?, "a")', "ab", False), ('contains(?, "b")', "abc", True), ("? = limit", 7, True),
        ("modulo(?, 2) = 0", 4, True), ("even(?)", 3, False), ("odd(?)", 3, True), ("? in [1..3]", 3, True),
        ("count(?) > 1", [1, 2], True), ("list contains(?, 2)", [1, 2], True), ("?", True, True), ("?", False, False),
        ("if ? > 5 then true else false", 6, True), ("]1..5[", 1, False), ("[1.5..2.5]", 2.5, True),
        ("[limit..limit + 2]", 9, True), ("(limit..limit + 2)", 9, False), ('["a".."c"]', "b", True),
        ('"a..b"', "a..b", True), ('["a..b", "c"]', "a..b", True), ('"x, \\"y\\""', 'x, "y"', True), ("-5", -5, True),
        ("< -5", -6, True), ("box.size", 3, True), ("> box.size", 4, True), ("rows[1]", 10, True),
        ('> date("2026-03-01")', date(2026, 3, 2), True), ('date("2026-03-01")', date(2026, 3, 1), True),
        ('[date("2026-01-01")..date("2026-12-31")]', date(2026, 12, 31), True),
        ('< date and time("2026-03-01T08:00:00+07:00")', datetime(2026, 3, 1, tzinfo=UTC), True),
        ('<= duration("P3D")', timedelta(days=3), True), ("= 5", 5, True), ("1, 2, 3", 2, True),
        ("not(1, 2)", 2, False),
    ],
)  # fmt: skip
def test_a_cell_holds_or_not(test: str, value: Any, expected: bool) -> None:
    known = {"limit": 7, "names": ["a", "b"], "box": {"size": 3}, "rows": [10, 20], INPUT: value}
    assert holds(read_test(test), value, evaluator(known, {})) is expected


@pytest.mark.parametrize("test", ['"a",', "< ", "5 apples", 'matches(?, "a")', "[1..]", "? ? 1", "not(", "=> 5"])
def test_a_cell_that_no_language_reads_is_refused(test: str) -> None:
    with pytest.raises(Untranslatable):
        read_test(test)


def test_a_unique_table_gives_its_one_hit_or_nothing() -> None:
    rules = '< 5 => "low"\n[5..10] => "high"'
    assert (asked(table(rules), 3), asked(table(rules), 10), asked(table(rules), 11)) == ("low", "high", None)
    with pytest.raises(ExpressionInvalid):
        asked(table('< 5 => "low"\n< 9 => "high"'), 3)


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ('hitPolicy="FIRST"', 1),
        ('hitPolicy="RULE ORDER"', [1, 3, 2]),
        ('hitPolicy="COLLECT"', [1, 3, 2]),
        ('hitPolicy="COLLECT" aggregation="SUM"', 6),
        ('hitPolicy="COLLECT" aggregation="MIN"', 1),
        ('hitPolicy="COLLECT" aggregation="MAX"', 3),
        ('hitPolicy="COLLECT" aggregation="COUNT"', 3),
    ],
)
def test_each_hit_policy(policy: str, expected: Any) -> None:
    assert asked(table("- => 1\n> 0 => 3\n< 9 => n", policy=policy), 2) == expected


def test_a_priority_is_the_order_of_the_listed_values() -> None:
    outputs = '<output name="level"><outputValues><text>"high", "middle", "low"</text></outputValues></output>'
    rules = '- => "low"\n- => "high"\n- => "middle"'
    assert asked(table(rules, policy='hitPolicy="PRIORITY"', outputs=outputs), 1) == "high"
    ordered = asked(table(rules, policy='hitPolicy="OUTPUT ORDER"', outputs=outputs), 1)
    assert ordered == ["high", "middle", "low"]


def test_any_needs_agreement() -> None:
    assert asked(table("- => 1\n> 0 => 1", policy='hitPolicy="ANY"'), 2) == 1
    with pytest.raises(ExpressionInvalid):
        asked(table("- => 1\n> 0 => 2", policy='hitPolicy="ANY"'), 2)


def test_several_outputs_are_a_mapping() -> None:
    outputs = '<output name="unit"/><output name="days"/>'
    assert asked(table('- => "u1"; n * 2', outputs=outputs), 4) == {"unit": "u1", "days": 8}


def test_a_decision_asks_those_it_requires_first() -> None:
    xml = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="f" name="f" namespace="x">
    <decision id="total" name="Total"><literalExpression><text>price * count</text></literalExpression></decision>
    <decision id="d" name="D"><informationRequirement><requiredDecision href="#total"/></informationRequirement>
    <literalExpression><text>"big" if total > 10 else "small"</text></literalExpression></decision></definitions>"""
    assert decide(read_decisions(xml), "d", {"price": 4, "count": 3}) == "big"
    circle = xml.replace(b'<decision id="total" name="Total">', b'<decision id="total" name="Total">'
                         b'<informationRequirement><requiredDecision href="#d"/></informationRequirement>')  # fmt: skip
    with pytest.raises(DefinitionInvalid):
        read_decisions(circle)


DMN = '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="f" name="f" namespace="x">{}</definitions>'
ROLES = (
    '<decision id="role" name="Vai trò"><variable name="Vai trò ký"/><informationRequirement>'
    '<requiredDecision href="#size"/></informationRequirement><informationRequirement><requiredInput href="#pages"/>'
    "</informationRequirement><decisionTable><input><inputExpression><text>Cỡ hồ sơ</text></inputExpression></input>"
    '<output name="role"/><output name="days"/>'
    '<rule><inputEntry><text>"to"</text></inputEntry><outputEntry><text>"leader"</text></outputEntry>'
    "<outputEntry><text>pages * 2</text></outputEntry></rule>"
    '<rule><inputEntry><text>not("to")</text></inputEntry><outputEntry><text>"head"</text></outputEntry>'
    "<outputEntry><text>1</text></outputEntry></rule></decisionTable></decision>"
    '<inputData id="pages" name="pages"/>'
    '<decision id="size" name="Cỡ hồ sơ"><informationRequirement><requiredInput href="#pages"/>'
    '</informationRequirement><literalExpression><text>if pages > 100 then "to" else "nhỏ"</text>'
    "</literalExpression></decision>"
    '<decision id="top" name="Hạn"><informationRequirement><requiredDecision href="#role"/></informationRequirement>'
    "<literalExpression><text>Vai trò ký.days + 1</text></literalExpression></decision>"
)


def test_one_table_feeds_another_by_the_name_it_is_known_by() -> None:
    decisions = read_decisions(DMN.format(ROLES).encode())
    assert decide(decisions, "role", {"pages": 200}) == {"role": "leader", "days": 400}
    assert decide(decisions, "top", {"pages": 3, "Cỡ hồ sơ": "to"}) == 2
    assert decision_id(DMN.format(ROLES).encode()) == "top"


DEFAULT = '<output name="level"><defaultOutputEntry><text>"none"</text></defaultOutputEntry></output>'
VALUES = '<output name="level"><outputValues><text>"high", "low"</text></outputValues></output>'


@pytest.mark.parametrize(
    ("rules", "policy", "outputs", "n", "expected"),
    [
        ("> 5 => 1", "UNIQUE", DEFAULT, 3, "none"),
        ("> 5 => 1", "COLLECT", DEFAULT, 3, "none"),
        ("> 5 => 1", "UNIQUE", DEFAULT, 6, 1),
        ("> 5 => 1", "UNIQUE", "<output/>", 3, None),
        ("> 5 => 1", "FIRST", "<output/>", 3, None),
        ("> 5 => 1", "ANY", "<output/>", 3, None),
        ("> 5 => 1", "COLLECT", "<output/>", 3, []),
        ("> 5 => 1", "RULE ORDER", "<output/>", 3, []),
        ('- => "low"', "UNIQUE", VALUES, 3, "low"),
        ('> 1 => "low"\n> 2 => "high"', "PRIORITY", VALUES, 3, "high"),
        ('> 1 => "low"\n> 2 => "high"', "OUTPUT ORDER", VALUES, 3, ["high", "low"]),
        ('> 1 => "low"\n> 2 => "high"', "RULE ORDER", VALUES, 3, ["low", "high"]),
        ("> 1 => 4\n> 2 => 4", "ANY", "<output/>", 3, 4),
        ("- => n + 1\n- => -n", "COLLECT", "<output/>", 3, [4, -3]),
        ('- => if n > 2 then "x" else "y"', "UNIQUE", "<output/>", 3, "x"),
        ("- => floor(n / 2)\n- => ceiling(n / 2)", "RULE ORDER", "<output/>", 3, [1, 2]),
        ("- => mean([n, 5])", "UNIQUE", "<output/>", 3, 4),
        ('- => string join(["a", "b"], "-")', "UNIQUE", "<output/>", 3, "a-b"),
        ("- => append([1], n)\n- => concatenate([1], [2])", "COLLECT", "<output/>", 3, [[1, 3], [1, 2]]),
    ],
)
def test_what_a_table_gives(rules: str, policy: str, outputs: str, n: Any, expected: Any) -> None:
    assert asked(table(rules, policy=f'hitPolicy="{policy}"', outputs=outputs), n) == expected


@pytest.mark.parametrize("aggregation", ["SUM", "MIN", "MAX"])
def test_of_no_hit_there_is_nothing_to_aggregate(aggregation: str) -> None:
    assert asked(table("> 5 => 1", policy=f'hitPolicy="COLLECT" aggregation="{aggregation}"'), 3) is None
    assert asked(table("> 5 => 1", policy='hitPolicy="COLLECT" aggregation="COUNT"'), 3) == 0
    assert asked(table("- => 1\n- => 2", policy=f'hitPolicy="RULE ORDER" aggregation="{aggregation}"'), 3) == [1, 2]


def test_values_outside_those_listed_stop_the_case() -> None:
    with pytest.raises(ExpressionInvalid, match="không nằm trong"):
        asked(table('- => "middle"', outputs=VALUES), 3)
    allowed = table("- => 1").replace(b"</inputExpression>", b"</inputExpression><inputValues><text>[1..5]</text>"
                                      b"</inputValues>")  # fmt: skip
    assert (asked(allowed, 5), asked(allowed, None)) == (1, 1)
    with pytest.raises(ExpressionInvalid, match="không nhận"):
        asked(allowed, 6)


def literal(inside: str) -> str:
    return f'<decision id="d" name="D">{inside}</decision>'


OTHER_FILE = '<informationRequirement><requiredDecision href="other.dmn#x"/></informationRequirement>'
FIVE = "<literalExpression><text>5</text></literalExpression>"


@pytest.mark.parametrize(
    ("xml", "english"),
    [
        (table("- => 1", policy='hitPolicy="PRIORITY"'), "outputValues"),
        (table("- => 1; 2", policy='hitPolicy="COLLECT" aggregation="SUM"',
               outputs='<output name="a"/><output name="b"/>'), "aggregated"),
        (table("- => 1; 2", outputs='<output name="a"/><output name="a"/>'), "same name"),
        (table("- => matches(n)"), "matches"),
        (table("apples eaten => 1"), "a name with a space"),
        (table("- => 1").replace(b"<text>n</text>", b"<text></text>"), "says nothing"),
        (table("- => 1").replace(b"<outputEntry>", b'<outputEntry expressionLanguage="groovy">'), "groovy"),
        (DMN.format(literal(OTHER_FILE + FIVE)).encode(), "other.dmn"),
        (DMN.format(literal("<context/>")).encode(), "but a context"),
        (DMN.format(literal("<literalExpression/>")).encode(), "neither"),
        (DMN.format(literal('<knowledgeRequirement><requiredKnowledge href="#k"/></knowledgeRequirement>'
                            + FIVE)).encode(), "knowledge"),
        (DMN.format(literal('<informationRequirement><requiredDecision href="#d"/></informationRequirement>'
                            + FIVE)).encode(), "requires"),
    ],
)  # fmt: skip
def test_what_is_not_asked_as_the_standard_says_is_refused_with_the_reason(xml: bytes, english: str) -> None:
    with pytest.raises(DefinitionInvalid) as refusal:
        decision_id(xml)
    (found,) = refusal.value.findings
    assert (found.element, english in found.message_en) == ("d", True), found
    assert all((found.message, found.remedy, found.remedy_en, found.line))


def test_a_file_with_no_decision_is_refused() -> None:
    with pytest.raises(DefinitionInvalid):
        decision_id(DMN.format("").encode())


def test_a_file_of_decisions_is_checked_like_a_drawing() -> None:
    assert judge(DMN.format(ROLES).encode()).can_run
    assert not judge(table("- => matches(n)")).can_run


def test_tables_in_brackets_of_juel_are_read() -> None:
    xml = table("- => ${n * 2}").replace(b"<outputEntry>", b'<outputEntry expressionLanguage="juel">')
    assert asked(xml, 4) == 8


@pytest.mark.parametrize(
    "xml",
    [
        table("< 5 => x.y()"),
        table("< (5 => 1"),
        table("- => 1", policy='hitPolicy="SOME"'),
        table("- => 1; 2"),
        b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"><decision id="d"/></definitions>',
    ],
)
def test_what_cannot_be_asked_is_refused_when_read(xml: bytes) -> None:
    with pytest.raises(DefinitionInvalid):
        read_decisions(xml)


def test_what_only_feel_reads_is_put_into_our_language() -> None:
    xml = table('5 => if n = 5 then upper case("a") else null').replace(
        b"<text>n</text>", b"<text>get or else(m.n, n)</text>"
    )
    decision = read_decisions(xml)["d"]
    assert decision.inputs[0].source.startswith("get(")
    assert decide({"d": decision}, "d", {"n": 5, "m": {}}) == "A"


def test_what_neither_reads_is_refused() -> None:
    with pytest.raises(DefinitionInvalid):
        read_decisions(table("5 => for x in y return x + 1"))


def test_comparing_counts_as_work_like_everything_else() -> None:
    """Each rule compares a long list: what a table does with it is seen by whoever counts."""
    seen: list[str] = []

    def counting(source: str, variables: Any, functions: Any) -> Any:
        seen.append(source)
        return evaluate(source, variables, functions)

    xml = table("[0, 1] => 1\n[0, 1] => 1", policy='hitPolicy="COLLECT" aggregation="SUM"')
    assert decide(read_decisions(xml), "d", {"n": [0, 1]}, {}, counting) == 2
    assert seen.count("value == bound") == 2
    assert "sum(found)" in seen
