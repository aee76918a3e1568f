"""The functions every expression has: days, periods, texts, lists."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn.expressions import BUILT_IN, KNOWN_FUNCTIONS, check_expression, evaluate, variables_read
from bpmn.expressions.functions import FUNCTIONS
from bpmn.expressions.reading import ARITIES
from domain.errors import ExpressionInvalid
from domain.periods import EVERY, holding, named

NIGHT = datetime(2026, 3, 6, 18, 30, tzinfo=UTC)  # already 7 March in Vietnam
ROWS = [{"unit": "u1", "agreed": True}, {"unit": "u2", "agreed": False}, {"unit": "u3"}]


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("date(night)", date(2026, 3, 7)),
        ("date('2026-03-06T18:30:00+00:00')", date(2026, 3, 7)),
        ("date(2026, 3, 4)", date(2026, 3, 4)),
        ("instant('2026-03-04T08:00:00')", datetime(2026, 3, 4, 1, tzinfo=UTC)),
        ("night < instant('2026-03-07T08:00:00+07:00')", True),
        ("duration('P1W2D')", timedelta(days=9)),
        ("night + duration('-PT30M')", NIGHT - timedelta(minutes=30)),
        ("date('2026-03-04') + duration('P3D')", date(2026, 3, 7)),
        ("add_days('2026-02-27', 2)", date(2026, 3, 1)),
        ("add_days(due, -1)", None),
        ("add_months('2026-01-31', 1)", date(2026, 2, 28)),
        ("add_months('2026-01-31', -2)", date(2025, 11, 30)),
        ("days_between('2026-03-01', '2026-02-27')", -2),
        ("days_between(due, '2026-02-27')", None),
        ("[year(night), half_year(night), quarter(night), month(night), weekday(night)]", [2026, 1, 1, 3, 6]),
        ("quarter('2026-10-01') * 10 + half_year('2026-07-01')", 42),
    ],
)
def test_days_are_vietnamese_and_none_stays_none(source: str, value: object) -> None:
    assert evaluate(source, {"night": NIGHT, "due": None}) == value


@pytest.mark.parametrize(
    "source",
    ["duration('P1M')", "duration('P')", "duration('')", "duration('PT')", "duration(3)", "add_days('2026-01-01', 1.5)",
     "add_days('2026-01-01', 999999999)", "add_months('2026-01-01', 10000)", "date('mai')", "date()", "date(1, 2)",
     "date('2026-03-04') + duration('PT5H')", "date('2026-03-04') - duration('PT5H')", "year('x')", "instant(5)",
     "period('2026', 'decade')", "period(3)", "period(1, 'year')", "days_between(3, 4)"],
)  # fmt: skip
def test_what_is_no_day_and_no_length_is_refused(source: str) -> None:
    with pytest.raises(ExpressionInvalid) as refusal:
        evaluate(source, {})
    assert refusal.value.english != str(refusal.value)


def test_the_period_of_a_case_tells_its_days_and_its_cut_off() -> None:
    assert evaluate("period()", {"period": "2026-Q1"}) == {
        "name": "2026-Q1",
        "label": "quý I năm 2026",
        "first": date(2026, 1, 1),
        "last": date(2026, 3, 31),
        "data_from": date(2025, 12, 15),
        "data_to": date(2026, 3, 14),
        "reporting_from": date(2026, 3, 15),
    }
    assert evaluate("period()['data_to'] == period('2026-Q1')['data_to']", {"period": "2026-Q1"}) is True


@pytest.mark.parametrize("variables", [{}, {"period": None}, {"period": "once"}, {"period": "2026-02-02"}])
def test_a_case_that_reports_on_no_period_has_none(variables: dict[str, Any]) -> None:
    assert evaluate("period() is None", variables) is True


def test_a_day_lies_in_a_period_of_each_kind() -> None:
    names = [evaluate(f"period('2026-08-05', '{every}')['name']", {}) for every in EVERY]
    assert names == ["2026-W32", "2026-08", "2026-Q3", "2026-H2", "2026"]
    assert evaluate("period('2026-08-05', 'week')['data_to']", {}) is None


def test_asking_for_the_period_reads_its_variable() -> None:
    assert variables_read("period()['first'] < day") == {"period", "day"}
    assert variables_read("period('2026')['first']") == frozenset()


@given(st.sampled_from(EVERY), st.dates(date(1990, 1, 1), date(2200, 1, 1)))
def test_every_period_is_found_again_by_its_name(every: Any, day: date) -> None:
    found = holding(every, day)
    assert found.first <= day <= found.last
    assert named(found.name) == found


@pytest.mark.parametrize(
    "name", ["", "once", "2026-Q5", "2026-W54", "2025-W53", "2026-13", "2026-H0", "26", "2026-Q1 "]
)
def test_what_names_no_period_gives_none(name: str) -> None:
    assert named(name) is None


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("get(rows[0], 'unit')", "u1"),
        ("get(rows[2], 'agreed')", None),
        ("get(nothing, 'unit', 'không rõ')", "không rõ"),
        ("nth(rows, 1)['unit'] + nth(rows, -1)['unit']", "u1u3"),
        ("nth(rows, 4)", None),
        ("column(rows, 'agreed')", [True, False, None]),
        ("column(where(rows, 'agreed', false), 'unit')", ["u2"]),
        ("count(column(rows, 'agreed'), true)", 1),
        ("count([1, true, 'a'], 1)", 1),
        ("all(column(rows, 'unit')) and not all(column(rows, 'agreed'))", True),
        ("any(column(rows, 'agreed'))", True),
        ("[empty(nothing), empty(''), empty([]), empty({}), empty(0), empty(rows)]", [True] * 4 + [False] * 2),
        ("variable('rows') == rows and variable('missing') is None", True),
        ("variable('missing', 5) + variable('nothing', 1)", 6),
        ("lower('ĐÃ KÝ') + upper('đ') + trim(' a ')", "đã kýĐa"),
        ("starts_with('Kế hoạch', 'Kế') and ends_with('Kế hoạch', 'hoạch')", True),
        ("join(column(rows, 'unit'), '; ')", "u1; u2; u3"),
        ("[bool('true'), bool('FALSE'), bool(''), bool(null), bool(2)]", [True, False, False, False, True]),
    ],
)
def test_lists_texts_and_what_is_missing(source: str, value: object) -> None:
    assert evaluate(source, {"rows": ROWS, "nothing": None}) == value


@pytest.mark.parametrize(
    "source",
    ["get('abc', 'a')", "nth('abc', 1)", "nth(rows, 0)", "nth(rows, true)", "column('abc', 'a')", "column([1], 'a')",
     "where(5, 'a', 1)", "count('aa', 'a')", "all('abc')", "any({'a': 1})", "lower(5)", "join('abc')", "join([1])",
     "starts_with(null, 'a')", "bool('có lẽ')", "variable(5)", "variable()", "get(rows)", "nth()"],
)  # fmt: skip
def test_a_function_says_what_it_takes(source: str) -> None:
    with pytest.raises(ExpressionInvalid) as refusal:
        evaluate(source, {"rows": ROWS})
    name = source.partition("(")[0]
    assert name in str(refusal.value) or "đúng hay sai" in str(refusal.value)


def test_a_drawing_may_name_every_function_there_is() -> None:
    assert set(FUNCTIONS) | {"variable"} == BUILT_IN
    assert set(ARITIES) >= KNOWN_FUNCTIONS
    for name, (fewest, most) in ARITIES.items():
        for count in {fewest, min(most, 5)}:
            check_expression(f"{name}({', '.join(['x'] * count)})", {name})


@pytest.mark.parametrize("source", ["count(rows)", "before(due)", "today(1)", "date()", "variable()", "unit(a, b)"])
def test_a_wrong_number_of_values_is_seen_at_the_drawing(source: str) -> None:
    with pytest.raises(ExpressionInvalid, match=source.partition("(")[0]):
        check_expression(source)


@pytest.mark.parametrize(
    ("source", "line", "variable"),
    [
        ("missing > 1", 1, "missing"),
        ("len(rows) > 1 and due + 3 > 1", 1, "due"),
        ("a if b else days_between(day, other) + nothing", 1, "day, other, nothing"),
        ("column(scalar, 'a')", 1, "scalar"),
        ("rows[7]", 1, "rows"),
    ],
)
def test_a_refusal_names_the_variable_and_the_line(source: str, line: int, variable: str) -> None:
    variables = {"rows": ROWS, "due": "mai", "scalar": 5, "a": 1, "b": False, "nothing": None}
    with pytest.raises(ExpressionInvalid) as refusal:
        evaluate(source, variables | {"day": "2026-01-01", "other": "2026-01-02"})
    assert (refusal.value.line, refusal.value.variable) == (line, variable)
