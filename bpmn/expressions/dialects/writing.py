"""The pieces of our language as trees, from which `ast.unparse` writes the source."""

from __future__ import annotations

import ast
from keyword import iskeyword

BOOLEAN_FUNCTIONS = frozenset(
    {"bool", "empty", "all", "any", "starts_with", "ends_with", "is_working_day", "is_part_of"}
)
NULL = "null"


def name(words: str) -> ast.expr:
    """A variable; one whose name is a word of our syntax is asked for by its name."""
    return call("variable", constant(words)) if iskeyword(words) else ast.Name(words, ast.Load())


def word(words: str) -> ast.expr:
    """`true`, `false` or `null`."""
    return ast.Name(words, ast.Load())


def constant(value: str | int | float) -> ast.expr:
    return ast.Constant(value)


def call(function: str, *arguments: ast.expr) -> ast.expr:
    return ast.Call(ast.Name(function, ast.Load()), list(arguments), [])


def entry(container: ast.expr, key: ast.expr) -> ast.expr:
    return ast.Subscript(container, key, ast.Load())


def listed(items: list[ast.expr]) -> ast.expr:
    return ast.List(items, ast.Load())


def compared(left: ast.expr, operator: ast.cmpop, right: ast.expr) -> ast.expr:
    return ast.Compare(left, [operator], [right])


def between(low: ast.expr, first: ast.cmpop, value: ast.expr, second: ast.cmpop, high: ast.expr) -> ast.expr:
    return ast.Compare(low, [first, second], [value, high])


def negated(value: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.Not(), value)


def joined(operator: ast.boolop, parts: list[ast.expr]) -> ast.expr:
    """`and` or `or` of several; of one, itself."""
    return parts[0] if len(parts) == 1 else ast.BoolOp(operator, parts)


def is_word(node: ast.expr, *words: str) -> bool:
    """Whether it is one of `true`, `false`, `null`."""
    return isinstance(node, ast.Name) and node.id in words


def is_boolean(node: ast.expr) -> bool:
    """Whether it can only be true or false."""
    if isinstance(node, ast.BoolOp):
        return all(map(is_boolean, node.values))
    if isinstance(node, ast.IfExp):
        return is_boolean(node.body) and is_boolean(node.orelse)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id in BOOLEAN_FUNCTIONS
    return isinstance(node, ast.Compare) or (
        (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)) or is_word(node, "true", "false")
    )


def literal(node: ast.expr) -> object:
    """The value of a constant, `true` or `false`, a signed number; None for anything else."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
        number = node.operand.value
        return -number if isinstance(number, (int, float)) else None
    return {"true": True, "false": False}.get(node.id) if isinstance(node, ast.Name) else None
