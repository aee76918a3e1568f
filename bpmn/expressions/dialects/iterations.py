"""FEEL's loops over lists, where our functions of lists say the same: a test of each item, a filter, one entry."""

from __future__ import annotations

import ast

from bpmn.expressions.dialects.tokens import Untranslatable
from bpmn.expressions.dialects.writing import call, compared, constant, is_word, literal, word

Entry = str | None  # of the item; None: the item itself


def quantified(kind: str, item: str, rows: ast.expr, condition: ast.expr) -> ast.expr:
    """`some x in rows satisfies …`, `every …`. Raises Untranslatable."""
    key, value = tested(condition, item)
    hits = call("count", rows if key is None else call("column", rows, constant(key)), value)
    if kind == "some":
        return compared(hits, ast.Gt(), constant(0))
    return compared(hits, ast.Eq(), call("len", rows))


def filtered(rows: ast.expr, condition: ast.expr) -> ast.expr:
    """`rows[status = "x"]`. Raises Untranslatable."""
    if isinstance(condition, ast.Compare) and isinstance(condition.left, ast.Name) and condition.left.id != "item":
        key, value = condition.left.id, condition.comparators[0]
        if isinstance(condition.ops[0], ast.Eq) and literal(value) is not None:
            return call("where", rows, constant(key), value)
    key_of_item, value = tested(condition, "item")
    if key_of_item is None:
        raise untranslatable()
    return call("where", rows, constant(key_of_item), value)


def returned(item: str, rows: ast.expr, result: ast.expr) -> ast.expr:
    """`for x in rows return x.unit`. Raises Untranslatable."""
    key = entry_of(result, item)
    if key is None:
        raise untranslatable()
    return rows if key == "" else call("column", rows, constant(key))


def item_of(rows: ast.expr, number: ast.expr) -> ast.expr | None:
    """`rows[1]`, counted from 1; None when it is a condition. Raises Untranslatable for a position to be computed."""
    value = literal(number)
    if isinstance(value, int) and not isinstance(value, bool):
        return call("nth", rows, number)
    if isinstance(number, (ast.Name, ast.BinOp, ast.Call)) or value is not None:
        raise Untranslatable(
            "không biết trong ngoặc vuông là vị trí hay điều kiện", "the brackets may hold a position or a condition",
            "Viết vị trí bằng số, hoặc dùng nth(danh sách, vị trí)", "write the position, or use nth(list, position)",
        )  # fmt: skip
    return None


def tested(condition: ast.expr, item: str) -> tuple[Entry, ast.expr]:
    """Which entry of the item must have which value. Raises Untranslatable for any other condition."""
    if isinstance(condition, ast.Compare) and len(condition.ops) == 1:
        left, right = condition.left, condition.comparators[0]
        key = entry_of(left, item)
        known = literal(right) is not None or is_word(right, "true", "false")
        if key is not None and known and isinstance(condition.ops[0], (ast.Eq, ast.Is)):
            return key or None, right
    key = entry_of(condition, item)
    if key is None:
        raise untranslatable()
    return key or None, word("true")


def entry_of(node: ast.expr, item: str) -> str | None:
    """The entry `node` takes of the item, "" for the item itself, None for anything else."""
    if isinstance(node, ast.Name) and node.id == item:
        return ""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "get":
        owner, key = node.args[0], literal(node.args[1])
        if isinstance(owner, ast.Name) and owner.id == item and isinstance(key, str):
            return key
    return None


def untranslatable() -> Untranslatable:
    """The refusal of a loop that no function of lists says."""
    return Untranslatable(
        "vòng lặp qua danh sách chỉ hiểu được dạng so sánh một mục với một giá trị viết sẵn",
        "a loop over a list is understood when it compares one entry with a written value",
        "Dùng where, column, count, all, any; việc phức tạp hơn giao cho một chương trình xử lý",
        "use where, column, count, all, any; leave what is more to a handler",
    )
