"""Nothing a designer writes runs Python, takes the memory or stalls the server: each ends in a refusal, and soon."""

from __future__ import annotations

import contextlib
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpmn.expressions import evaluate, run_script
from bpmn.expressions.bounds import LONGEST_SOURCE, MOST_ITEMS, walked_size
from domain.errors import BpmnError, ExpressionInvalid

SOON = 10.0  # seconds of the processor: an attack that works takes minutes

EXPRESSIONS = {
    "padding in an f-string": 'f"{x:>3000000000}"',
    "formatting by %": '"%3000000000d" % x',
    "formatting by method": '"{0.__class__}".format(x)',
    "a method": '"a".upper()',
    "an attribute": "x.real",
    "the class of a value": "x.__class__",
    "the way out through subclasses": "().__class__.__base__.__subclasses__()",
    "a hidden attribute by text": 'getattr(x, "__class__")',
    "a power": "9 ** 9 ** 9",
    "a large number": "99999999999999999999",
    "a large product": "9223372036854775807 * 2",
    "a shift": "1 << 1000000",
    "a repeated text": '"a" * 10 ** 9',
    "a repeated text, number first": '1000000000 * "a"',
    "a repeated list": "[0] * 1000000000",
    "a comprehension": "[a for a in rows]",
    "a generator": "sum(a for a in rows)",
    "a lambda": "(lambda: 1)()",
    "a call of a call": "len(rows)(1)",
    "a keyword": "round(x, ndigits=2)",
    "a star": "max(*rows)",
    "a walrus": "(y := 1)",
    "an import": '__import__("os")',
    "eval": 'eval("1")',
    "open": 'open("/etc/passwd")',
    "a range": "len(range(10 ** 9))",
    "many digits to round to": "round(5, -1000000000)",
    "many digits to read": f'int("{"9" * 1900}")',
    "a number that is none": "1e308 * 10",
    "bytes": 'b"a"',
    "a complex number": "1j",
    "the ellipsis": "...",
    "deep brackets": "(" * 250 + "1" + ")" * 250,
    "deep lists": "[" * 60 + "]" * 60,
    "deep signs": "-" * 1900 + "1",
    "deep nots": "not " * 400 + "x",
    "a long sum": "+".join("1" * 500),
    "a long source": "1" + " " * LONGEST_SOURCE + "+ 1",
    "a null byte": "1\0",
    "an address compared": "rows is rows",
    "await": "await x",
    "yield": "(yield x)",
    "a set": "{1, 2}",
    "keys that are no text": "{1: 2}",
    "a mapping unpacked": "{**{'a': 1}}",
    "a list shared many times": "[" + ",".join(["big"] * 300) + "]",
}
SCRIPTS = {
    "squares": "x = 3\n" + "x = x * x\n" * 34,
    "a list in itself": "s = [1]\n" + "s = [s, s]\n" * 40,
    "a mapping in itself": "s = {}\n" + "s = {'a': s, 'b': s}\n" * 40,
    "a list doubled": "s = [1]\n" + "s = s + s\n" * 40,
    "a text doubled": "s = 'aaaaaaaaaa'\n" + "s += s\n" * 40,
    "a deep list": "s = [1]\n" + "s = [s]\n" * 200,
    "one text many times": "t = 'a' * 100000\ns = [t] * 100",
    "many variables": "t = 'a' * 100000\n" + "".join(f"v{n} = t\n" for n in range(60)),
    "long lists again and again": "s = [0] * 9000\n" + "s = s + []\n" * 120,
    "a loop": "while true:\n    pass",
    "a for": "for a in rows:\n    pass",
    "a function": "def f():\n    pass",
    "a class": "class A:\n    pass",
    "an import": "import os",
    "with": "with x:\n    pass",
    "try": "try:\n    pass\nexcept Exception:\n    pass",
    "a change in place": "rows[0] = 5",
    "a changed attribute": "x.y = 5",
    "del": "del x",
    "a lost value": "rows",
    "a call for its effect": "len(rows)",
    "two targets": "a = b = 1",
    "unpacking": "a, b = rows",
    "a constant assigned": "true = 1",
    "a hidden name assigned": "__builtins__ = 1",
    "another exception": "raise ValueError('x')",
    "an error from elsewhere": "raise x",
    "global": "global x",
    "a power": "x **= 99",
    "a shift": "x <<= 99",
    "an annotation": "x: int = 1",
    "a decorated name": "import sys as x",
}
VARIABLES: dict[str, Any] = {"x": 3, "rows": [1, 2], "big": [0] * 9_000}


@pytest.mark.parametrize("attack", EXPRESSIONS)
def test_an_expression_ends_soon_in_a_refusal(attack: str) -> None:
    started = time.process_time()
    with pytest.raises(ExpressionInvalid):
        evaluate(EXPRESSIONS[attack], VARIABLES)
    assert time.process_time() - started < SOON


@pytest.mark.parametrize("attack", SCRIPTS)
def test_a_script_ends_soon_in_a_refusal(attack: str) -> None:
    started = time.process_time()
    with pytest.raises(ExpressionInvalid):
        run_script(SCRIPTS[attack], VARIABLES)
    assert time.process_time() - started < SOON


def test_the_dearest_script_that_is_allowed_ends_soon() -> None:
    """Whole lists of texts compared and searched as often as 2,000 characters can ask for."""
    rows = ["a" * 90] * 9_000 + ["b"]
    source = ("x = " + " or ".join(["t in r"] * 15) + "\n") * 13
    started = time.process_time()
    for _ in range(10):
        run_script(source, {"r": rows, "t": "a" * 89 + "c"})
    assert (time.process_time() - started) / 10 < SOON


@pytest.mark.parametrize("value", [object(), {1, 2}, b"a", float("nan"), {1: 2}, len, [object()], 2**63])
def test_a_variable_of_another_kind_is_refused(value: object) -> None:
    with pytest.raises(ExpressionInvalid):
        evaluate("strange", {"strange": value})


def test_a_function_cannot_bring_in_what_is_too_large() -> None:
    with pytest.raises(ExpressionInvalid):
        evaluate("many()", {}, {"many": lambda: list(range(MOST_ITEMS + 1))})


def test_a_shared_value_counts_as_often_as_it_is_met() -> None:
    shared = [1, 2, 3]
    assert walked_size([shared, shared, "ab"]) == (10, 2)
    value: list[Any] = [1]
    for _ in range(40):
        value = [value, value]
    with pytest.raises(ExpressionInvalid):
        walked_size(value)


TOKENS = [
    "a", "b", "s", "1", "9223372036854775807", '"x"', "[", "]", "(", ")", "{", "}", ":", ",", "+", "*", "**", "%", ".",
    "=", "==", " if ", " else ", " in ", " not ", " and ", " or ", " for ", "lambda ", "len(", "str(", "date(", "\n",
    "    ", "assert ", "raise Exception(", "pass", "f'", "'", "\\", "#", "@", "__class__",
]  # fmt: skip


@settings(max_examples=300)
@given(st.lists(st.sampled_from(TOKENS), max_size=40).map("".join))
def test_any_text_is_run_or_refused(source: str) -> None:
    variables = {"a": 3, "b": "text", "s": [1, [2, {"k": None}]]}
    for run in (evaluate, run_script):
        with contextlib.suppress(ExpressionInvalid, BpmnError):
            run(source, variables)
    assert variables == {"a": 3, "b": "text", "s": [1, [2, {"k": None}]]}


@settings(max_examples=200)
@given(st.text(max_size=60))
def test_any_characters_are_run_or_refused(source: str) -> None:
    for run in (evaluate, run_script):
        with contextlib.suppress(ExpressionInvalid, BpmnError):
            run(source, {})
