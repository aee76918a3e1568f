"""FEEL and JUEL are written in our language where they mean the same; where they do not, the reason is told."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpmn.expressions import check_expression, evaluate
from bpmn.expressions.dialects import Untranslatable, is_foreign, translated, why_not
from domain.errors import ExpressionInvalid

TODAY = date(2026, 3, 4)
FUNCTIONS = {"today": lambda: TODAY}
ROWS = [{"status": "ok", "done": True, "unit": "u1"}, {"status": "no", "done": False}, {"status": "ok", "done": True}]


@pytest.mark.parametrize(
    ("source", "ours"),
    [
        ("${a == 1}", "a == 1"),
        ("#{ a ne 'x && y' }", "a != 'x && y'"),
        ("${!(a > 1 || b < 2) and c gt 3}", "not (a > 1 or b < 2) and c > 3"),
        ("${amount > 100 and (status eq 'ok' or late)}", "amount > 100 and (status == 'ok' or bool(late))"),
        ("${a.b == 'x'}", "get(a, 'b') == 'x'"),
        ("${execution.getVariable('x')}", "variable('x')"),
        ("= a = 1", "a == 1"),
        ('=status = "đã = ký"', "status == 'đã = ký'"),
        ("=count(rows) >= 2", "len(rows) >= 2"),
        ("=x", "x"),
        ("=x = null", "variable('x') is null"),
        ('=some r in rows satisfies r.status = "ok"', "count(column(rows, 'status'), 'ok') > 0"),
        ("=class = 1", "variable('class') == 1"),
    ],
)
def test_what_means_the_same_is_written_so(source: str, ours: str) -> None:
    assert translated(source) == ours


@pytest.mark.parametrize(
    ("source", "variables", "value"),
    [
        # Expression Language 2.1: coercion to Boolean (1.18.5), empty (1.10), equality with null (1.8.2)
        ("${approved}", {"approved": True}, True),
        ("${approved}", {"approved": "false"}, False),
        ("${approved}", {"approved": None}, False),
        ("${!approved}", {"approved": "true"}, False),
        ("${!approved}", {"approved": None}, True),
        ("${approved == true}", {"approved": "true"}, True),
        ("${approved == 'true'}", {"approved": True}, True),
        ("${approved == false}", {"approved": None}, False),
        ("${approved == false}", {"approved": "false"}, True),
        ("${approved != false}", {"approved": None}, True),
        ("${x == null}", {"x": None}, True),
        ("${null != x}", {"x": 1}, True),
        ("${empty x}", {"x": []}, True),
        ("${not empty x && x.size() == 2}", {"x": [1, 2]}, True),
        ("${empty x}", {"x": 0}, False),
        ("${a == b == c}", {"a": 1, "b": 2, "c": False}, True),
        ("${a ? b : c ? 1 : 2}", {"a": False, "b": 0, "c": True}, True),
        ("${execution.getVariable('x') == null}", {}, True),
        ("${-7 / 2 < -3.4}", {}, True),
        ("${n % 2 == 0}", {"n": -4}, True),
        ("${rows[0].status.equals('ok') and rows.get(1)['status'] == 'no'}", {"rows": ROWS}, True),
        ("${map.containsKey('a') && map['a'].startsWith('x')}", {"map": {"a": "xy"}}, True),
        ("${name.toLowerCase().equalsIgnoreCase('ĐÃ KÝ')}", {"name": "Đã Ký"}, True),
        ("${a.b.c == null}", {"a": None}, True),
        # Flowable's functions of variables: a missing one is null and compares as false
        ("${vars:equals(x, 'a')}", {"x": "a"}, True),
        ("${vars:eq(x, 'a') || var:exists(x)}", {}, False),
        ("${variables:gt('x', 3) && vars:get(x) == 5}", {"x": 5}, True),
        ("${vars:gte(x, 3)}", {}, False),
        ("${vars:getOrDefault(x, 4) > 3}", {}, True),
        # DMN 1.3, chapter 10.3: null, ternary logic, positions from 1, intervals, filters
        ("=approved", {"approved": True}, True),
        ("=approved", {"approved": "false"}, False),
        ("=not(approved)", {"approved": None}, False),
        ("=not(approved)", {"approved": False}, True),
        ("=x = null", {}, True),
        ("=x != null and x.y > 3", {}, False),
        ("=x.y = null", {"x": {"z": 1}}, True),
        ('=x.y = "a"', {"x": {}}, False),
        ("=x or true", {"x": None}, True),
        ("=if x then 1 = 2 else true", {"x": None}, True),
        ("=x between 1 and 5", {"x": 5}, True),
        ("=x in [1..5)", {"x": 5}, False),
        ("=x in ]1..5]", {"x": 1}, False),
        ("=x in (<3, [10..20], 30)", {"x": 30}, True),
        ('=x in ["a", "b"]', {"x": "b"}, True),
        ("=rows[1].unit = \"u1\" and rows[-1].status = \"ok\" and rows[9] = null", {"rows": ROWS}, True),
        ('=count(rows[status = "ok"]) = 2', {"rows": ROWS}, True),
        ('=rows[item.status = "no"][1].done = false', {"rows": ROWS}, True),
        ("=some r in rows satisfies not(r.done)", {"rows": ROWS}, True),
        ("=every r in rows satisfies r.done", {"rows": ROWS}, False),
        ("=every r in rows satisfies r.done = true", {"rows": []}, True),
        ("=some x in tags satisfies x = \"gấp\"", {"tags": ["gấp"]}, True),
        ("=list contains(for r in rows return r.unit, \"u1\")", {"rows": ROWS}, True),
        ('=contains(s, "ó") and starts with(s, "c") and ends with(s, "n")', {"s": "có in"}, True),
        ('=string length(upper case(s)) = 2 and substring(s, 2) = "b"', {"s": "ab"}, True),
        ('=substring(s, 2, 3) + substring(s, -1) = "bcde"', {"s": "abcde"}, True),
        ('=date("2026-03-01") + duration("P3D") = today()', {}, True),
        ("=today().year * 100 + today().month = 202603", {}, True),
        ('=date(due) <= @"2026-03-04"', {"due": "2026-03-04"}, True),
        ("=get or else(x, 5) = 5 and not(is defined(x))", {}, True),
        ("=sum([1, 2]) = sum(1, 2) and max(a, 3) = 3", {"a": 1}, True),
        ("={a: 1, \"b c\": [x]}.a = 1", {"x": 2}, True),
        ("=-(x - 1) * 2 = -4", {"x": 3}, True),
    ],
)  # fmt: skip
def test_the_translation_gives_what_the_original_gives(source: str, variables: dict[str, Any], value: object) -> None:
    assert bool(evaluate(translated(source, is_condition=True), variables, FUNCTIONS)) is value


@pytest.mark.parametrize(
    ("source", "variables"),
    [
        ("${missing == null}", {}),
        ("${x > 5}", {"x": None}),
        ("${approved}", {"approved": "có lẽ"}),
        ("${rows.isEmpty()}", {"rows": None}),
        ("=x > 5", {"x": None}),
        ("=x > 5", {"x": "7"}),
        ("=x.y", {"x": "text"}),
        ("=rows[status = \"ok\"] = rows", {"rows": "text"}),
    ],
)  # fmt: skip
def test_where_the_original_has_no_value_ours_stops(source: str, variables: dict[str, Any]) -> None:
    with pytest.raises(ExpressionInvalid):
        evaluate(translated(source, is_condition=True), variables)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("${task.name}", "task"),
        ("${bean.run(x)}", "run"),
        ("${x % 3}", "số dư"),
        ("${'a' + b}", "nối chữ"),
        ("${execution.id == 1}", "execution"),
        ("${myFunction(x)}", "myFunction"),
        ("${ns:call(x)}", "ns"),
        ("${vars:containsAny(x, 1)}", "containsAny"),
        ("${vars:eq(x)}", "eq"),
        ("${a}${b}", "}"),
        ("Xin chào ${a}", "trọn"),
        ("${", "trọn"),
        ("${}", "trọn"),
        ("${a ==}", "trọn"),
        ("${a b}", "b"),
        ("=", "trọn"),
        ("=due date > 1", "dấu cách"),
        ("=x ** 2", "lũy thừa"),
        ("=xs[n]", "ngoặc vuông"),
        ("=xs[item > 5]", "vòng lặp"),
        ("=for x in xs return x + 1", "vòng lặp"),
        ("=some x in xs, y in ys satisfies x = y", "nhiều danh sách"),
        ("=for i in 1..3 return i", "khoảng số"),
        ("=x in tags", "danh sách"),
        ("=x instance of number", "instance of"),
        ("=string(x)", "string"),
        ("=f(x)", "f"),
        ("=date(\"mai\")", "ngày"),
        ("=date and time(\"2026-01-01T08:00:00\")", "múi giờ"),
        ("=duration(\"P1M\")", "tuần"),
        ("=substring(s, n)", "số viết sẵn"),
        ("=function(x) x + 1", "function"),
        ("={a: 1, b: a}", "mục trước"),
        ("=now().time", "time"),
        ("=1 < 2 < 3", "<"),
        ("=contains(\"a\")", "1 giá trị"),
        ("=" + "(" * 60 + "1" + ")" * 60, "tầng"),
        ("=" + "-" * 1500 + "1", "tầng"),
        ("${" + "!" * 1500 + "a}", "tầng"),
        ("=" + "a" * 3000, "ký tự"),
        ("=" + " + ".join(["1"] * 60), "tầng"),
    ],
)  # fmt: skip
def test_what_means_something_else_is_refused_with_its_reason(source: str, reason: str) -> None:
    refusal = why_not(source)
    assert reason in str(refusal)
    assert refusal.english != str(refusal)
    assert refusal.remedy != refusal.remedy_en
    with pytest.raises(Untranslatable):
        translated(source, is_condition=True)


def test_ours_is_not_foreign() -> None:
    assert [is_foreign(each) for each in ("a == 1", "== 1", "P3D", "=a", "${a}", "#{a}")] == [False] * 3 + [True] * 3


TOKENS = [
    "a", "b.c", "x", "1", "-", "+", "*", "/", "%", "=", "==", "!=", "<", "(", ")", "[", "]", "{", "}", ",", ":", "..",
    ".", '"t"', "'t'", " and ", " or ", " not ", "not(", " in ", " between ", "if ", " then ", " else ", "some r in ",
    "for r in ", " satisfies ", " return ", "empty ", "!", "?", "&&", "||", "null", "true", "count(", "date(", "@",
    "starts with(", ".size()", "execution.getVariable(", " instance of ", "\\", "\n", "class", "`",
]  # fmt: skip


@settings(max_examples=400)
@given(st.lists(st.sampled_from(TOKENS), max_size=25).map("".join), st.booleans(), st.booleans())
def test_any_source_is_translated_or_refused(source: str, is_juel: bool, is_condition: bool) -> None:
    with contextlib.suppress(Untranslatable):
        ours = translated(f"${{{source}}}" if is_juel else f"={source}", is_condition=is_condition)
        check_expression(ours)
        with contextlib.suppress(ExpressionInvalid):
            evaluate(ours, {"a": 1, "b": {"c": "t"}, "x": [1, {"y": None}]}, FUNCTIONS)


@given(st.text(max_size=80))
def test_any_characters_are_translated_or_refused(source: str) -> None:
    for wrapped in (f"${{{source}}}", f"={source}"):
        with contextlib.suppress(Untranslatable):
            check_expression(translated(wrapped))


@given(st.text(max_size=30))
def test_a_text_stays_the_same_text(words: str) -> None:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    for wrapped in (f'${{"{escaped}"}}', f'="{escaped}"'):
        with contextlib.suppress(Untranslatable):
            assert evaluate(translated(wrapped), {}) == words
