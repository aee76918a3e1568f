"""FEEL's functions and what says the same here."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

from bpmn.expressions.dialects.tokens import Untranslatable
from bpmn.expressions.dialects.writing import NULL, call, compared, constant, is_word, listed, literal, word

Arguments = list[ast.expr]
DAY = re.compile(r"\d{4}-\d\d-\d\d")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)")
LENGTH = re.compile(r"-?P(?:\d+W)?(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?")


def called(words: str, arguments: Arguments) -> ast.expr:
    """The call of the FEEL function `words`. Raises Untranslatable."""
    counts, write = CALLS[words]
    if len(arguments) not in counts:
        raise Untranslatable(
            f"hàm “{words}” không nhận {len(arguments)} giá trị", f"{words} does not take {len(arguments)} arguments"
        )
    return write(arguments)


def plain(ours: str) -> Callable[[Arguments], ast.expr]:
    """A function of ours with the same arguments."""
    return lambda arguments: call(ours, *arguments)


def of_list(ours: str) -> Callable[[Arguments], ast.expr]:
    """A function of a list, which FEEL also lets one write without its brackets."""
    return lambda arguments: call(ours, arguments[0] if len(arguments) == 1 else listed(arguments))


def date(arguments: Arguments) -> ast.expr:
    """`date("2026-01-01")`, `date(2026, 1, 1)`, the day of an instant."""
    text = literal(arguments[0])
    if isinstance(text, str) and not DAY.fullmatch(text):
        if INSTANT.fullmatch(text):
            return call("instant", constant(text))
        raise Untranslatable(
            f"“{text}” không phải là ngày, hoặc là giờ không ghi múi giờ",
            f"{text} is no day, or an instant without a zone",
        )
    return call("date", *arguments)


def instant(arguments: Arguments) -> ast.expr:
    """`date and time("2026-01-01T08:00:00+07:00")`; without a zone FEEL compares it with nothing of ours."""
    text = literal(arguments[0])
    if not isinstance(text, str) or not INSTANT.fullmatch(text):
        raise Untranslatable(
            "thời điểm cần ghi rõ cùng múi giờ", "an instant must be written out with its zone",
            "Viết như 2026-01-01T08:00:00+07:00", "write it like 2026-01-01T08:00:00+07:00",
        )  # fmt: skip
    return call("instant", constant(text))


def duration(arguments: Arguments) -> ast.expr:
    """`duration("P3D")`: weeks, days and hours; months and years have no fixed length here."""
    text = literal(arguments[0])
    if not isinstance(text, str) or not LENGTH.fullmatch(text):
        raise Untranslatable(
            "khoảng thời gian chỉ tính bằng tuần, ngày, giờ", "a duration is of weeks, days and hours",
            "Với tháng và năm dùng add_months(ngày, số tháng)", "for months and years use add_months(day, months)",
        )  # fmt: skip
    return call("duration", constant(text))


def substring(arguments: Arguments) -> ast.expr:
    """A part of a text: FEEL counts from 1, from the end when negative."""
    start = literal(arguments[1])
    length = literal(arguments[2]) if len(arguments) > 2 else None
    if not isinstance(start, int) or start == 0 or (len(arguments) > 2 and not isinstance(length, int)):
        raise Untranslatable("vị trí và độ dài phải là số viết sẵn", "position and length must be written numbers")
    first = start - 1 if start > 0 else start
    end = first + length if isinstance(length, int) else None
    upper = None if end is None or (start < 0 <= end) else constant(end)
    return ast.Subscript(arguments[0], ast.Slice(constant(first) if first else None, upper), ast.Load())


def or_else(arguments: Arguments) -> ast.expr:
    """`get or else(x, 5)`: of a variable it may also be missing."""
    value, otherwise = arguments
    if isinstance(value, ast.Name) and not is_word(value, "true", "false", NULL):
        return call("variable", constant(value.id), otherwise)
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "variable":
        return call("variable", value.args[0], otherwise)
    return ast.IfExp(compared(value, ast.IsNot(), word(NULL)), value, otherwise)


def is_defined(arguments: Arguments) -> ast.expr:
    """`is defined(x)`: it is there and not null."""
    (value,) = arguments
    asked = call("variable", constant(value.id)) if isinstance(value, ast.Name) else value
    return compared(asked, ast.IsNot(), word(NULL))


def divided(number: ast.expr) -> ast.expr:
    """The whole number below."""
    return ast.BinOp(number, ast.FloorDiv(), constant(1))


def negative(number: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.USub(), number)


def remainder(number: ast.expr) -> ast.expr:
    """What is left when it is divided by two."""
    return ast.BinOp(number, ast.Mod(), constant(2))


ONE, TWO, MANY = (1,), (2,), tuple(range(1, 50))
CALLS: dict[str, tuple[tuple[int, ...], Callable[[Arguments], ast.expr]]] = {
    "count": (ONE, plain("len")),
    "string length": (ONE, plain("len")),
    "upper case": (ONE, plain("upper")),
    "lower case": (ONE, plain("lower")),
    "starts with": (TWO, plain("starts_with")),
    "ends with": (TWO, plain("ends_with")),
    "contains": (TWO, lambda found: compared(found[1], ast.In(), found[0])),
    "list contains": (TWO, lambda found: compared(call("count", *found), ast.Gt(), constant(0))),
    "substring": ((2, 3), substring),
    "min": (MANY, of_list("min")),
    "max": (MANY, of_list("max")),
    "sum": (MANY, of_list("sum")),
    "all": (ONE, lambda found: compared(call("count", found[0], word("true")), ast.Eq(), call("len", found[0]))),
    "any": (ONE, lambda found: compared(call("count", found[0], word("true")), ast.Gt(), constant(0))),
    "abs": (ONE, plain("abs")),
    "floor": (ONE, lambda found: divided(found[0])),
    "ceiling": (ONE, lambda found: negative(divided(negative(found[0])))),
    "modulo": (TWO, lambda found: ast.BinOp(found[0], ast.Mod(), found[1])),
    "even": (ONE, lambda found: compared(remainder(found[0]), ast.Eq(), constant(0))),
    "odd": (ONE, lambda found: compared(remainder(found[0]), ast.NotEq(), constant(0))),
    "mean": (ONE, lambda found: ast.BinOp(call("sum", found[0]), ast.Div(), call("len", found[0]))),
    "string join": (TWO, plain("join")),
    "append": (MANY[1:], lambda found: ast.BinOp(found[0], ast.Add(), listed(found[1:]))),
    "concatenate": (TWO, lambda found: ast.BinOp(found[0], ast.Add(), found[1])),
    "date": ((1, 3), date),
    "date and time": (ONE, instant),
    "duration": (ONE, duration),
    "today": ((0,), plain("today")),
    "now": ((0,), plain("now")),
    "get value": (TWO, plain("get")),
    "get or else": (TWO, or_else),
    "is defined": (ONE, is_defined),
}
NAMES_OF_SEVERAL_WORDS = [words.split() for words in CALLS if " " in words]
