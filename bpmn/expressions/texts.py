"""Functions about texts."""

from __future__ import annotations

from collections.abc import Callable

from bpmn.expressions.bounds import Value
from bpmn.expressions.operators import is_list
from domain.errors import ExpressionInvalid


def text(value: Value, name: str) -> str:
    """`value` when it is a text. Raises ExpressionInvalid."""
    if not isinstance(value, str):
        raise ExpressionInvalid(f"{name} cần một đoạn chữ", f"{name} takes a text")
    return value


def starts_with(value: Value, beginning: Value) -> bool:
    """Whether the text begins so."""
    return text(value, "starts_with").startswith(text(beginning, "starts_with"))


def ends_with(value: Value, ending: Value) -> bool:
    """Whether the text ends so."""
    return text(value, "ends_with").endswith(text(ending, "ends_with"))


def join(values: Value, between: Value = ", ") -> str:
    """A list of texts as one."""
    if not is_list(values):
        raise ExpressionInvalid("join cần một danh sách các đoạn chữ", "join takes a list of texts")
    return text(between, "join").join(text(each, "join") for each in values)


TEXTS: dict[str, Callable[..., Value]] = {
    "lower": lambda value: text(value, "lower").lower(),
    "upper": lambda value: text(value, "upper").upper(),
    "trim": lambda value: text(value, "trim").strip(),
    "starts_with": starts_with,
    "ends_with": ends_with,
    "join": join,
}
