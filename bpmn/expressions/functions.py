"""The functions every expression may call; those of the calendar and the office are handed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from bpmn.expressions.bounds import Value
from bpmn.expressions.days import DAYS
from bpmn.expressions.lists import LISTS
from bpmn.expressions.operators import is_list, is_number, mismatch
from bpmn.expressions.texts import TEXTS
from domain.errors import ExpressionInvalid

LONGEST_NUMBER = 40  # characters of a number written as text
MOST_DIGITS = 15  # decimal places of round, either way
TRUTHS = {"true": True, "false": False, "": False}


def length(value: Value) -> int:
    """How many characters, items or keys."""
    try:
        return len(value)
    except TypeError as error:
        raise mismatch("len", value) from error


def total(values: Value) -> Value:
    """Sum of a list of numbers."""
    if not is_list(values) or not all(map(is_number, values)):
        raise ExpressionInvalid("sum cần một danh sách các số", "sum takes a list of numbers")
    return sum(values)


def rounded(number: Value, digits: Value = None) -> Value:
    """The number to so many decimal places; without them an integer."""
    if not is_number(number):
        raise mismatch("round", number)
    if digits is None:
        return round(number)
    if not isinstance(digits, int) or abs(digits) > MOST_DIGITS:
        raise ExpressionInvalid(
            f"round nhận tối đa {MOST_DIGITS} chữ số", f"round takes at most {MOST_DIGITS} decimal places"
        )
    return round(number, digits)


def absolute(value: Value) -> Value:
    """The number or duration without its sign."""
    if not (is_number(value) or isinstance(value, timedelta)):
        raise mismatch("abs", value)
    return abs(value)


def as_text(value: Value) -> str:
    """A scalar as text; dates in ISO 8601."""
    if value is None or isinstance(value, (str, bool, int, float, timedelta)):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    raise mismatch("str", value)


def as_number(kind: Callable[[Any], Any], name: str) -> Callable[[Value], Value]:
    """`int` or `float` of a number or of a short text."""

    def convert(value: Value) -> Value:
        if not (is_number(value) or (isinstance(value, str) and len(value) <= LONGEST_NUMBER)):
            raise mismatch(name, value)
        try:
            return kind(value)
        except ValueError as error:
            raise ExpressionInvalid(f"“{value}” không phải là số", f"{value!r} is not a number") from error

    return convert


def truth(value: Value) -> bool:
    """`bool`: true of the text "true", false of "false" and of nothing; another text says neither."""
    if isinstance(value, str):
        if value.lower() not in TRUTHS:
            raise ExpressionInvalid(
                f"“{value[:40]}” không phải là đúng hay sai", f"{value[:40]!r} is not true or false"
            )
        return TRUTHS[value.lower()]
    return bool(value)


def extreme(work: Callable[[Any], Any], name: str) -> Callable[..., Value]:
    """`min` or `max` of a list or of the arguments."""

    def choose(*values: Value) -> Value:
        found = values[0] if len(values) == 1 else values
        if not is_list(found) or not found:
            raise ExpressionInvalid(f"{name} cần ít nhất một giá trị", f"{name} needs at least one value")
        try:
            return work(found)
        except TypeError as error:
            raise mismatch(name, *found[:2]) from error

    return choose


FUNCTIONS: dict[str, Callable[..., Value]] = {
    "len": length,
    "min": extreme(min, "min"),
    "max": extreme(max, "max"),
    "sum": total,
    "abs": absolute,
    "round": rounded,
    "str": as_text,
    "int": as_number(int, "int"),
    "float": as_number(float, "float"),
    "bool": truth,
    **DAYS,
    **TEXTS,
    **LISTS,
}
