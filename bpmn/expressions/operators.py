"""What the operators of an expression do, each bounded before it works."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeGuard

from bpmn.expressions.bounds import LONGEST_TEXT, MOST_ITEMS, Value, too_large, too_long
from domain.errors import ExpressionInvalid

WHOLE_DAY = timedelta(days=1)
PLUS: Callable[[Any, Any], Value] = operator.add
MINUS: Callable[[Any, Any], Value] = operator.sub
TIMES: Callable[[Any, Any], Value] = operator.mul


def is_number(value: Value) -> TypeGuard[float]:
    """Whether it counts: an integer (a bool is one) or a float."""
    return isinstance(value, (int, float))


def is_list(value: Value) -> TypeGuard[Sequence[Any]]:
    """Whether it is a sequence of values, which a text is not."""
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray))


def add(left: Value, right: Value) -> Value:
    """Sum of numbers, of a date and a duration; two texts or two lists behind each other."""
    if isinstance(left, str) and isinstance(right, str):
        if len(left) + len(right) > LONGEST_TEXT:
            raise too_long()
        return left + right
    if is_list(left) and is_list(right):
        if len(left) + len(right) > MOST_ITEMS:
            raise too_large()
        return [*left, *right]
    if isinstance(right, timedelta) or isinstance(left, timedelta):
        refuse_hours_of_days(left, right)
        return PLUS(left, right)
    if is_number(left) and is_number(right):
        return PLUS(left, right)
    raise mismatch("+", left, right)


def subtract(left: Value, right: Value) -> Value:
    """Difference of numbers, of dates, of a date and a duration."""
    if (is_number(left) and is_number(right)) or isinstance(left, (date, timedelta)):
        refuse_hours_of_days(left, right)
        return MINUS(left, right)
    raise mismatch("-", left, right)


def refuse_hours_of_days(*values: Value) -> None:
    """Refuse a day and a part of a day: Python would drop the hours in silence. Raises ExpressionInvalid."""
    has_day = any(isinstance(each, date) and not isinstance(each, datetime) for each in values)
    if has_day and any(isinstance(each, timedelta) and each % WHOLE_DAY for each in values):
        raise ExpressionInvalid(
            "Không cộng, trừ giờ với một ngày; hãy dùng một thời điểm (instant)",
            "hours cannot be added to a day; take an instant",
        )


def multiply(left: Value, right: Value) -> Value:
    """Product of numbers, of a duration and a number; a text or a list so many times."""
    if isinstance(left, int) and not is_number(right):
        return multiply(right, left)
    if isinstance(left, str) and isinstance(right, int):
        if len(left) * right > LONGEST_TEXT:
            raise too_long()
        return left * right
    if is_list(left) and isinstance(right, int):
        if len(left) * right > MOST_ITEMS:
            raise too_large()
        return list(left) * right
    if (is_number(left) and is_number(right)) or isinstance(left, timedelta) or isinstance(right, timedelta):
        return TIMES(left, right)
    raise mismatch("*", left, right)


def among_numbers(sign: str, work: Callable[[Any, Any], Any]) -> Callable[[Value, Value], Value]:
    """`work` for numbers and durations alone: Python's `%` on a text is a formatting language."""

    def calculate(left: Value, right: Value) -> Value:
        if not all(is_number(each) or isinstance(each, timedelta) for each in (left, right)):
            raise mismatch(sign, left, right)
        return work(left, right)

    return calculate


def contains(left: Value, right: Value) -> bool:
    """Whether `left` is in `right`: an item of a list, a key of a mapping, a part of a text."""
    if isinstance(right, str):
        if not isinstance(left, str):
            raise mismatch("in", left, right)
        return left in right
    if isinstance(right, Mapping):
        return isinstance(left, str) and left in right
    if is_list(right):
        return left in right
    raise mismatch("in", left, right)


def ordered(sign: str, work: Callable[[Any, Any], Any]) -> Callable[[Value, Value], bool]:
    """`work`, with a sentence for what has no order."""

    def compare(left: Value, right: Value) -> bool:
        try:
            return bool(work(left, right))
        except TypeError as error:
            raise mismatch(sign, left, right) from error

    return compare


def negate(value: Value) -> Value:
    """The number or duration below zero."""
    if not (is_number(value) or isinstance(value, timedelta)):
        raise mismatch("-", value)
    return -value


def same(value: Value) -> Value:
    """The number or duration itself."""
    if not (is_number(value) or isinstance(value, timedelta)):
        raise mismatch("+", value)
    return +value


def mismatch(sign: str, *values: Value) -> ExpressionInvalid:
    """The refusal of values an operator or function does not go with."""
    kinds = [kind_of(value) for value in values]
    return ExpressionInvalid(
        f"“{sign}” không dùng được với {' và '.join(words for words, _ in kinds)}",
        f"{sign} does not go with {' and '.join(english for _, english in kinds)}",
    )


def kind_of(value: Value) -> tuple[str, str]:
    """What a designer calls such a value, in Vietnamese and English."""
    if is_list(value):
        return "danh sách", "a list"
    if isinstance(value, Mapping):
        return "nhóm giá trị", "a mapping"
    return next(words for kinds, words in KINDS if isinstance(value, kinds))


KINDS: tuple[tuple[type | tuple[type, ...], tuple[str, str]], ...] = (
    (type(None), ("giá trị trống", "nothing")),
    (bool, ("đúng/sai", "true or false")),
    ((int, float), ("số", "a number")),
    (str, ("chữ", "text")),
    (datetime, ("thời điểm", "an instant")),
    (date, ("ngày", "a day")),
    (timedelta, ("khoảng thời gian", "a duration")),
    (slice, ("khoảng vị trí", "a slice")),
    (object, ("giá trị này", "this value")),
)
OPERATORS: dict[type[ast.AST], Callable[..., Value]] = {
    ast.Add: add,
    ast.Sub: subtract,
    ast.Mult: multiply,
    ast.Div: among_numbers("/", operator.truediv),
    ast.FloorDiv: among_numbers("//", operator.floordiv),
    ast.Mod: among_numbers("%", operator.mod),
    ast.Not: operator.not_,
    ast.USub: negate,
    ast.UAdd: same,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: ordered("<", operator.lt),
    ast.LtE: ordered("<=", operator.le),
    ast.Gt: ordered(">", operator.gt),
    ast.GtE: ordered(">=", operator.ge),
    ast.In: contains,
    ast.NotIn: lambda left, right: not contains(left, right),
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
}
