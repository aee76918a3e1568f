"""Functions about lists and mappings; they stand where other languages have loops, dots and filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bpmn.expressions.bounds import Value
from bpmn.expressions.operators import is_list
from domain.errors import ExpressionInvalid


def items_of(values: Value, name: str) -> Sequence[Value]:
    """`values` when they are a list. Raises ExpressionInvalid."""
    if not is_list(values):
        raise ExpressionInvalid(f"{name} cần một danh sách", f"{name} takes a list")
    return values


def rows_of(values: Value, name: str) -> Sequence[Value]:
    """`values` when they are a list of mappings. Raises ExpressionInvalid."""
    found = items_of(values, name)
    if not all(each is None or isinstance(each, Mapping) for each in found):
        raise ExpressionInvalid(f"{name} cần một danh sách các nhóm giá trị", f"{name} takes a list of mappings")
    return found


def equal(one: Value, other: Value) -> bool:
    """Whether both are the same; true and 1 are not."""
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def get(mapping: Value, key: Value, otherwise: Value = None) -> Value:
    """The entry of a mapping; `otherwise` when there is no such entry, or no mapping at all."""
    if mapping is None:
        return otherwise
    if not isinstance(mapping, Mapping) or not isinstance(key, str):
        raise ExpressionInvalid(
            "get cần một nhóm giá trị và tên mục", "get takes a mapping and the name of one of its entries"
        )
    return mapping.get(key, otherwise)


def nth(values: Value, number: Value) -> Value:
    """The item with this number, from 1; from the end when negative; None when there are fewer."""
    found = items_of(values, "nth")
    if not isinstance(number, int) or isinstance(number, bool) or number == 0:
        raise ExpressionInvalid("nth đếm từ 1, hoặc từ -1 ở cuối", "nth counts from 1, or from -1 at the end")
    index = number - 1 if number > 0 else number
    return found[index] if -len(found) <= index < len(found) else None


def column(rows: Value, key: Value) -> list[Value]:
    """One entry of each row of a list of mappings; None where a row lacks it."""
    return [get(row, key) for row in rows_of(rows, "column")]


def where(rows: Value, key: Value, value: Value) -> list[Value]:
    """The rows of a list of mappings whose entry `key` is `value`."""
    return [row for row in rows_of(rows, "where") if equal(get(row, key), value)]


def count(values: Value, value: Value) -> int:
    """How often `value` stands in a list."""
    return sum(equal(each, value) for each in items_of(values, "count"))


def empty(value: Value) -> bool:
    """Whether there is nothing: None, an empty text, list or mapping."""
    return value is None or (isinstance(value, (str, Sequence, Mapping)) and len(value) == 0)


LISTS: dict[str, Callable[..., Value]] = {
    "get": get,
    "nth": nth,
    "column": column,
    "where": where,
    "count": count,
    "empty": empty,
    "all": lambda values: all(items_of(values, "all")),
    "any": lambda values: any(items_of(values, "any")),
}
