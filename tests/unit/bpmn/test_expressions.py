"""The language of conditions and scripts says what it promises."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn.expressions import check_expression, check_script, evaluate, run_script, variables_read, variables_set
from domain.errors import BpmnError, ExpressionInvalid

NUMBERS = st.integers(-(10**6), 10**6)
NAMES = st.sampled_from(["a", "b", "số_lượng", "due_date"])
KEYS = st.sampled_from(["unit", "days", "tên"])
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-(2**62), 2**62), st.floats(-1e9, 1e9), KEYS, st.dates())
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
)


@pytest.mark.parametrize(
    ("source", "variables", "value"),
    [
        ("a + 1", {"a": 2}, 3),
        ("true and not false", {}, True),
        ("null is None", {}, True),
        ('"a" in test and "b" not in test', {"test": "xa"}, True),
        ("part['unit'] if by_letter else 'lead'", {"part": {"unit": "u1"}, "by_letter": True}, "u1"),
        ("len(parts) > 0", {"parts": ({"unit": "u1"},)}, True),
        ("rows[1:]", {"rows": [1, 2, 3]}, [2, 3]),
        ("1 < n <= 3", {"n": 3}, True),
        ("date('2026-03-04') - date(2026, 3, 1)", {}, timedelta(days=3)),
        ("due_date < '2026-04-01'", {"due_date": "2026-03-31"}, True),
        ("{'unit': lead, 'days': [1, 2]}", {"lead": "u1"}, {"unit": "u1", "days": [1, 2]}),
        ("max(3, 7) + min([4, 2]) + sum([1, 2]) + abs(-1)", {}, 13),
        ("'Số ' + str(12)", {}, "Số 12"),
        ("int('7') // 2 + round(2.567, 1)", {}, 5.6),
        ("a\n  and b", {"a": True, "b": 5}, 5),
    ],
)
def test_an_expression_has_the_value_it_reads_as(source: str, variables: dict[str, Any], value: object) -> None:
    assert evaluate(source, variables) == value


@given(NUMBERS, NUMBERS, st.sampled_from([("+", operator.add), ("-", operator.sub), ("*", operator.mul)]))
def test_whole_numbers_count_as_in_python(left: int, right: int, sign: tuple[str, Any]) -> None:
    assert evaluate(f"a {sign[0]} b", {"a": left, "b": right}) == sign[1](left, right)


@given(st.dictionaries(NAMES, VALUES))
def test_every_value_of_a_case_can_be_read_and_is_left_as_it_was(variables: dict[str, Any]) -> None:
    before = repr(variables)
    for name, value in variables.items():
        assert evaluate(name, variables) == value
        assert run_script(f"copy = {name}", variables) == {"copy": value}
    assert repr(variables) == before


def test_frozen_containers_are_lists_and_mappings_too() -> None:
    variables: Mapping[str, Any] = MappingProxyType({"part": MappingProxyType({"unit": "u1"}), "rows": (1, 2)})
    assert evaluate("part['unit'] in ['u1'] and 2 in rows and 'unit' in part", variables) is True


def test_functions_of_the_calendar_are_handed_in() -> None:
    functions = {"today": lambda: date(2026, 3, 4), "before": lambda day, days: day and day - timedelta(days=days)}
    assert evaluate("before(today(), 3)", {}, functions) == date(2026, 3, 1)
    assert evaluate("before(due_date, 3)", {"due_date": None}, functions) is None


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("missing > 1", "missing"),
        ("part['unit']", "unit"),
        ("1 / 0", "chia"),
        ("rows[5]", ""),
        ("'a' + 1", "+"),
        ("'a' < 1", "<"),
        ("len(3)", "len"),
        ("unknown(1)", "unknown"),
        ("int('ba')", "ba"),
        ("date('hôm nay')", "hôm nay"),
        ("", "trống"),
        ("a ==", "đọc"),
        ("len", "len"),
    ],
)
def test_what_cannot_be_evaluated_is_refused_and_named(source: str, words: str) -> None:
    with pytest.raises(ExpressionInvalid) as refusal:
        evaluate(source, {"part": {}, "rows": [1], "a": 1})
    assert words in str(refusal.value)
    assert refusal.value.english
    assert refusal.value.english != str(refusal.value)


def test_the_scripts_of_the_conformance_models_run() -> None:
    assert run_script("pass", {"a": 1}) == {}
    assert run_script("integerVariable = integerVariable + 1", {"integerVariable": 0}) == {"integerVariable": 1}
    assert run_script('data = "String"', {}) == {"data": "String"}
    assert run_script('assert data == "String"', {"data": "String"}) == {}
    with pytest.raises(BpmnError) as error:
        run_script('raise Exception("ERR_CODE")', {})
    assert error.value.code == "ERR_CODE"


def test_a_script_chooses_by_if_and_keeps_its_indentation() -> None:
    source = """
        if days > 5:
            level = "xa"
        elif days > 2:
            level = "gần"
        else:
            level = "sát"
            late = true
        days += 1
    """
    assert run_script(source, {"days": 1}) == {"level": "sát", "late": True, "days": 2}
    assert run_script(source, {"days": 4}) == {"level": "gần", "days": 5}
    assert run_script(source, {"days": 9}) == {"level": "xa", "days": 10}


def test_a_script_sees_what_it_set_and_leaves_its_input_alone() -> None:
    variables = {"rows": [1, 2]}
    assert run_script("rows = rows + [3]\ncount = len(rows)", variables) == {"rows": [1, 2, 3], "count": 3}
    assert variables == {"rows": [1, 2]}


def test_a_failed_assertion_names_its_line() -> None:
    with pytest.raises(ExpressionInvalid) as refusal:
        run_script("a = 1\nassert a == 2, 'a phải là 2'", {})
    assert refusal.value.line == 2
    assert "a phải là 2" in str(refusal.value)


@pytest.mark.parametrize("source", ["a = 1\nb = c", "a = 1\nb = = 2", "a = 1\nfor x in y: pass", "a = 1\nb = 1 / 0"])
def test_a_refused_script_names_the_line(source: str) -> None:
    with pytest.raises(ExpressionInvalid) as refusal:
        run_script(source, {"y": []})
    assert refusal.value.line == 2


def test_a_check_finds_functions_that_do_not_exist_without_running() -> None:
    check_expression("working_days(3) > today()")
    check_script('if late:\n    raise Exception("LATE")\nelse:\n    due = after(today(), 3)')
    with pytest.raises(ExpressionInvalid, match="wait"):
        check_expression("wait(3)")
    with pytest.raises(ExpressionInvalid, match="wait"):
        check_script("if true:\n    x = wait(3)")


def test_the_variables_of_a_source_are_known() -> None:
    assert variables_read("a + len(b['c']) if true else d") == {"a", "b", "d"}
    assert variables_set("a = 1\nif a:\n    b += 2\nelse:\n    pass") == {"a", "b"}


def test_dates_with_and_without_time_do_not_mix() -> None:
    with pytest.raises(ExpressionInvalid):
        evaluate("a < b", {"a": date(2026, 1, 1), "b": datetime(2026, 1, 1, 8)})
