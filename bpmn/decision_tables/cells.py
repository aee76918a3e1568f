"""The tests in the cells of a table, FEEL's unary tests: `-`, `"a", "b"`, `< 5`, `[1..5)`, `not("a")`, `? > 5`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bpmn.expressions import evaluate
from bpmn.expressions.dialects import of_table
from bpmn.expressions.dialects.feel import INPUT

Functions = Mapping[str, Callable[..., Any]]
Evaluation = Callable[[str, Mapping[str, Any], Functions], Any]


class Evaluate(Protocol):
    """Evaluates a source of the table on the case's variables, or on others."""

    def __call__(self, source: str, variables: Mapping[str, Any] | None = None, /) -> Any: ...


@dataclass(frozen=True, slots=True)
class Comparison:
    """`< 5`."""

    operator: str
    bound: str


@dataclass(frozen=True, slots=True)
class Interval:
    """`[1..5)`: two comparisons."""

    above: Comparison
    below: Comparison


@dataclass(frozen=True, slots=True)
class Expected:
    """A value, a list of values, or (with `?`) what must be true of the input."""

    source: str
    speaks_of_input: bool = False


@dataclass(frozen=True, slots=True)
class CellTest:
    """One of the alternatives must hold, or, when negated, none; without alternatives everything does."""

    alternatives: tuple[Comparison | Interval | Expected | CellTest, ...] = ()
    is_negated: bool = False


ANYTHING = CellTest()
COMPARISON = re.compile(r"(<=|>=|!=|<|>|=)\s*(.+)", re.DOTALL)
INTERVAL = re.compile(r"([\[\](])(.+)([\[\])])", re.DOTALL)
NEGATION = re.compile(r"not\s*\((.*)\)", re.DOTALL)
BRACKETS = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}
DEEPEST = 20


def read_test(text: str, names: Iterable[str] = (), depth: int = 0) -> CellTest:
    """The test written so. Raises Untranslatable for an expression that cannot be read."""
    text, names = text.strip(), tuple(names)
    if text in ("", "-"):
        return ANYTHING
    negation = NEGATION.fullmatch(text)
    if negation and depth < DEEPEST and is_one_pair(text):
        return CellTest((read_test(negation[1], names, depth + 1),), is_negated=True)
    return CellTest(tuple(read_one(part, names) for part in parts_of(text)))


def read_one(text: str, names: tuple[str, ...]) -> Comparison | Interval | Expected:
    """One of the alternatives."""
    if comparison := COMPARISON.fullmatch(text):
        return Comparison(comparison[1], of_table(comparison[2], names, is_test=True))
    if interval := INTERVAL.fullmatch(text):
        ends = list(parts_of(interval[2], ".."))
        if len(ends) == 2:
            low, high = (of_table(end, names, is_test=True) for end in ends)
            above = Comparison(">=" if interval[1] == "[" else ">", low)
            return Interval(above, Comparison("<=" if interval[3] == "]" else "<", high))
    source = of_table(text, names, is_test=True)
    return Expected(source, speaks_of_input=INPUT in source)


def holds(test: CellTest, value: Any, evaluated: Evaluate) -> bool:
    """Whether `value`, which the variables hold under INPUT, passes the test. Raises ExpressionInvalid."""
    if not test.alternatives:
        return True
    return any(holds_one(each, value, evaluated) for each in test.alternatives) is not test.is_negated


def holds_one(one: Comparison | Interval | Expected | CellTest, value: Any, evaluated: Evaluate) -> bool:
    """Whether one of the alternatives holds."""
    if isinstance(one, CellTest):
        return holds(one, value, evaluated)
    if isinstance(one, Interval):
        return holds_one(one.above, value, evaluated) and holds_one(one.below, value, evaluated)
    if isinstance(one, Comparison):
        return compare(one.operator, value, evaluated(one.bound), evaluated)
    expected = evaluated(one.source)
    if one.speaks_of_input or (isinstance(expected, bool) and not isinstance(value, bool)):
        return expected is True
    if isinstance(expected, Sequence) and not isinstance(expected, str) and is_scalar(value):
        return value in expected
    return compare("=", value, expected, evaluated)


def is_scalar(value: Any) -> bool:
    """Whether it is no list."""
    return isinstance(value, str) or not isinstance(value, Sequence)


def compare(operator: str, value: Any, bound: Any, evaluated: Evaluate) -> bool:
    """One comparison by the rules of our expressions; with nothing, only equality can hold."""
    if operator not in ("=", "!=") and (value is None or bound is None):
        return False
    source = f"value {'==' if operator == '=' else operator} bound"
    return bool(evaluated(source, {"value": value, "bound": bound}))


def parts_of(text: str, mark: str = ",") -> Iterator[str]:
    """What stands between the marks outside brackets and quotes."""
    begin, place, level, quote = 0, 0, 0, ""
    while place < len(text):
        character = text[place]
        if quote:
            place += character == "\\"
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif level <= 0 and text.startswith(mark, place):
            yield text[begin:place].strip()
            begin = place + len(mark)
            place = begin - 1
        else:
            level += BRACKETS.get(character, 0)
        place += 1
    yield text[begin:].strip()


def is_one_pair(text: str) -> bool:
    """Whether the bracket that `not` opens is closed only at the end."""
    level = 0
    for index, character in enumerate(text):
        level += (character == "(") - (character == ")")
        if character == ")" and level == 0:
            return index == len(text) - 1
    return False


def evaluator(variables: Mapping[str, Any], functions: Functions, evaluation: Evaluation = evaluate) -> Evaluate:
    """Evaluates expressions on the variables."""

    def evaluated(source: str, others: Mapping[str, Any] | None = None, /) -> Any:
        return evaluation(source, variables if others is None else others, functions)

    return evaluated
