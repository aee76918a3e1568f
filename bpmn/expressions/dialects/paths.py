"""FEEL's entries of contexts and parts of days, and what may be missing on the way."""

from __future__ import annotations

import ast

from bpmn.expressions.dialects.tokens import Untranslatable
from bpmn.expressions.dialects.writing import NULL, call, compared, constant, is_word

CLOCK_CALLS = frozenset({"today", "now", "date", "instant"})
PARTS_OF_DAYS = frozenset({"year", "month", "weekday"})


def member(owner: ast.expr, key: str) -> ast.expr:
    """`owner.key`: the part of a day that was just made, or the entry of a context."""
    is_day = isinstance(owner, ast.Call) and isinstance(owner.func, ast.Name) and owner.func.id in CLOCK_CALLS
    if is_day and key not in PARTS_OF_DAYS:
        raise Untranslatable(f"không lấy được “{key}” của một ngày", f"the {key} of a day cannot be taken")
    if is_day:
        return call(key, owner)
    if isinstance(owner, ast.Call) and isinstance(owner.func, ast.Name) and owner.func.id == "where":
        return call("column", owner, constant(key))
    return call("get", owner, constant(key))


def equal(left: ast.expr, right: ast.expr, *, is_equal: bool) -> ast.expr:
    """FEEL's equality; what is compared with null may be missing altogether."""
    if is_word(left, NULL):
        left, right = right, left
    if is_word(right, NULL):
        return compared(may_be_missing(left), ast.Is() if is_equal else ast.IsNot(), right)
    return compared(left, ast.Eq() if is_equal else ast.NotEq(), right)


def may_be_missing(node: ast.expr) -> ast.expr:
    """The same, with null where the variable it begins with is not set."""
    if isinstance(node, ast.Name) and not is_word(node, "true", "false", NULL):
        return call("variable", constant(node.id))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "get":
        return call("get", may_be_missing(node.args[0]), *node.args[1:])
    return node
