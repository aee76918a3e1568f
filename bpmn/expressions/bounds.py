"""How large and how long an expression may become, and the budget one evaluation spends.

Every value is walked item by item when it enters an evaluation or is made in it: `s = [s, s]` forty times is forty
small objects, but 2**40 items to whoever walks, compares or saves it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from domain.errors import ExpressionInvalid

Value = Any
"""None, bool, int, float, str, date, datetime, timedelta, or a sequence or mapping (text keys) of these."""

LONGEST_SOURCE = 2_000  # characters
DEEPEST_SOURCE = 20  # levels
MOST_STEPS = 2_000  # evaluated nodes and statements of one evaluation
MOST_ITEMS = 10_000  # of one value, walked; also of all variables a script sets
MOST_CHARACTERS = 1_000_000  # of all texts in one value, walked
LONGEST_TEXT = 100_000  # characters
LARGEST_INTEGER = 2**63  # exclusive
DEEPEST_VALUE = 50  # levels
MOST_WALKED = 200_000  # items walked in one evaluation
CHARACTERS_AN_ITEM = 20  # so many characters count as one item walked

SCALARS = (str, int, float, date, timedelta, type(None))


class Budget:
    """What one evaluation may still spend: steps, and items walked."""

    def __init__(self, steps: int = MOST_STEPS) -> None:
        self.steps = steps
        self.walks = MOST_WALKED

    def step(self) -> None:
        """Spend one step; raise ExpressionInvalid when there is none left."""
        self.steps -= 1
        if self.steps < 0:
            raise ExpressionInvalid(
                f"Biểu thức cần quá {MOST_STEPS} bước tính", f"the expression takes more than {MOST_STEPS} steps"
            )

    def admit(self, value: Value) -> Value:
        """Give `value` back when it is of a known kind and within the bounds, else raise ExpressionInvalid."""
        if isinstance(value, SCALARS):
            admit_scalar(value)
            self.walks -= len(value) // CHARACTERS_AN_ITEM if isinstance(value, str) else 0
        else:
            items, characters = walked_size(value)
            self.walks -= items + characters // CHARACTERS_AN_ITEM
        if self.walks < 0:
            raise too_large()
        return value


def admit_scalar(value: Value) -> None:
    """Raise ExpressionInvalid for a number or text beyond the bounds, and for a value of an unknown kind."""
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT:
            raise too_long()
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise ExpressionInvalid("Kết quả không phải là một số hữu hạn", "the result is not a finite number")
    elif isinstance(value, int):
        if abs(value) >= LARGEST_INTEGER:
            raise ExpressionInvalid("Số nguyên vượt quá 2^63", "an integer of 2^63 or more")
    elif not isinstance(value, SCALARS):
        kind = type(value).__name__
        raise ExpressionInvalid(
            f"Giá trị thuộc loại “{kind}” không dùng được trong biểu thức",
            f"a value of type {kind} cannot be used in an expression",
        )


def walked_size(value: Value) -> tuple[int, int]:
    """How many items and characters somebody meets who walks `value` to its end; raises ExpressionInvalid beyond."""
    items, characters = 0, 0
    waiting: list[tuple[Value, int]] = [(value, 0)]
    while waiting:
        found, level = waiting.pop()
        items += 1
        if isinstance(found, str):
            characters += len(found)
            admit_scalar(found)
        elif isinstance(found, Mapping):
            if not all(isinstance(key, str) for key in found):
                raise ExpressionInvalid("Khóa của một nhóm giá trị phải là chữ", "the keys of a mapping must be text")
            characters += sum(map(len, found))
            waiting += [(each, level + 1) for each in found.values()]
        elif isinstance(found, Sequence) and not isinstance(found, (bytes, bytearray, memoryview)):
            waiting += [(each, level + 1) for each in found]
        else:
            admit_scalar(found)
        if items + len(waiting) > MOST_ITEMS or characters > MOST_CHARACTERS or level > DEEPEST_VALUE:
            raise too_large()
    return items, characters


def too_large() -> ExpressionInvalid:
    """The refusal of a value with too many items, too much text or too many levels."""
    return ExpressionInvalid(
        f"Giá trị quá lớn: quá {MOST_ITEMS} mục, quá {MOST_CHARACTERS} ký tự hoặc quá {DEEPEST_VALUE} tầng",
        f"the value is too large: over {MOST_ITEMS} items, {MOST_CHARACTERS} characters or {DEEPEST_VALUE} levels",
    )


def too_long() -> ExpressionInvalid:
    """The refusal of a text that is too long."""
    return ExpressionInvalid(f"Đoạn chữ dài quá {LONGEST_TEXT} ký tự", f"a text of more than {LONGEST_TEXT} characters")
