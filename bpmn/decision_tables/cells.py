"""The tests in the cells of a table, FEEL's unary tests: `-`, `"a", "b"`, `< 5`, `[1..5)`, `not("a")`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from bpmn.expressions import evaluate
from domain.errors import ExpressionInvalid

Functions = Mapping[str, Callable[..., Any]]
Evaluation = Callable[[str, Mapping[str, Any], Functions], Any]


class Evaluate(Protocol):
    """Evaluates a source of the table on the case's variables, or on others."""

    def __call__(self, source: str, variables: Mapping[str, Any] | None = None, /) -> Any: ...


COMPARISON = re.compile(r"(<=|>=|!=|<|>|=)\s*(.+)", re.DOTALL)
INTERVAL = re.compile(r"([\[\](])\s*(.+?)\s*\.\.\s*(.+?)\s*([\[\])])", re.DOTALL)
NEGATION = re.compile(r"not\s*\((.*)\)", re.DOTALL)
OPENING, CLOSING = "([{", ")]}"
DEEPEST = 20


def holds(test: str, value: Any, evaluated: Evaluate, depth: int = 0) -> bool:
    """Whether `value` passes the test. Raises ExpressionInvalid."""
    text = test.strip()
    if text in ("", "-"):
        return True
    negation = NEGATION.fullmatch(text)
    if negation and depth < DEEPEST and is_one_pair(text):
        return not holds(negation[1], value, evaluated, depth + 1)
    return any(holds_one(part, value, evaluated) for part in parts_of(text))


def holds_one(text: str, value: Any, evaluated: Evaluate) -> bool:
    """Whether one of the alternatives holds."""
    if comparison := COMPARISON.fullmatch(text):
        return compare(comparison[1], value, evaluated(comparison[2]), evaluated)
    if interval := INTERVAL.fullmatch(text):
        low, high = evaluated(interval[2]), evaluated(interval[3])
        above = compare(">=" if interval[1] == "[" else ">", value, low, evaluated)
        return above and compare("<=" if interval[4] == "]" else "<", value, high, evaluated)
    expected = evaluated(text)
    if isinstance(expected, bool) and not isinstance(value, bool):
        return expected
    if isinstance(expected, Sequence) and not isinstance(expected, str) and not isinstance(value, Sequence):
        return value in expected
    return compare("=", value, expected, evaluated)


def compare(operator: str, value: Any, bound: Any, evaluated: Evaluate) -> bool:
    """One comparison by the rules of our expressions; with nothing, only equality can hold."""
    if operator not in ("=", "!=") and (value is None or bound is None):
        return False
    source = f"value {'==' if operator == '=' else operator} bound"
    return bool(evaluated(source, {"value": value, "bound": bound}))


def parts_of(text: str) -> Iterator[str]:
    """The alternatives, separated by commas outside brackets and quotes."""
    part, level, quote = "", 0, ""
    for character in text:
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character in OPENING:
            level += 1
        elif character in CLOSING:
            level -= 1
        if character == "," and not quote and level <= 0:
            yield part.strip()
            part = ""
        else:
            part += character
    yield part.strip()


def is_one_pair(text: str) -> bool:
    """Whether the bracket that `not` opens is closed only at the end."""
    level = 0
    for index, character in enumerate(text):
        level += (character == "(") - (character == ")")
        if character == ")" and level == 0:
            return index == len(text) - 1
    return False


def expressions_of(test: str, depth: int = 0) -> Iterator[str]:
    """The expressions in a test, to be checked before anything runs."""
    text = test.strip()
    if text in ("", "-"):
        return
    negation = NEGATION.fullmatch(text)
    if negation and depth < DEEPEST and is_one_pair(text):
        yield from expressions_of(negation[1], depth + 1)
        return
    for part in parts_of(text):
        if comparison := COMPARISON.fullmatch(part):
            yield comparison[2]
        elif interval := INTERVAL.fullmatch(part):
            yield from (interval[2], interval[3])
        else:
            yield part


def evaluator(variables: Mapping[str, Any], functions: Functions, evaluation: Evaluation = evaluate) -> Evaluate:
    """Evaluates expressions on the variables; an empty one is refused with what it stands for."""

    def evaluated(source: str, others: Mapping[str, Any] | None = None, /) -> Any:
        if not source.strip():
            raise ExpressionInvalid("Ô trong bảng quyết định để trống một giá trị", "a value in a table is empty")
        return evaluation(source, variables if others is None else others, functions)

    return evaluated
