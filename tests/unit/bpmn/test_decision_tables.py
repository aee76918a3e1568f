"""Decision tables: cells, hit policies, what a decision requires."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn.decision_tables import decide, read_decisions
from bpmn.decision_tables.cells import evaluator, holds
from bpmn.expressions import evaluate
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
    ],
)  # fmt: skip
def test_a_cell_holds_or_not(test: str, value: Any, expected: bool) -> None:
    assert holds(test, value, evaluator({"limit": 7}, {})) is expected


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
    with pytest.raises(ExpressionInvalid):
        decide(read_decisions(circle), "d", {"price": 4, "count": 3})


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
    assert decision.inputs[0].startswith("get(")
    assert decide({"d": decision}, "d", {"n": 5, "m": {}}) == "A"


def test_what_neither_reads_is_refused() -> None:
    with pytest.raises(DefinitionInvalid, match="phát hành"):
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
