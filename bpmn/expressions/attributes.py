"""What kind of value an attribute of a user task must come out as, so that the case stops there and not further on."""

from __future__ import annotations

from datetime import date

from bpmn.expressions.bounds import Value
from bpmn.expressions.days import as_day
from domain.errors import ExpressionInvalid

MOST_DAYS = 5_000
LARGEST_PRIORITY = 1_000_000


def of_kind(name: str, source: str, value: Value) -> Value:
    """`value`, when the attribute `name` can be that. Raises ExpressionInvalid."""
    if value is None:
        return value
    fits = True
    if name in ("dueDays", "followUpDays"):
        fits = is_whole(value) and 0 <= value <= MOST_DAYS
    elif name == "priority":
        fits = is_whole(value) and abs(value) <= LARGEST_PRIORITY
    elif name == "unit":
        fits = isinstance(value, str)
    elif name == "dueDate" and not isinstance(value, date):
        as_day(value)
    if not fits:
        words, english = WANTED[name]
        error = ExpressionInvalid(f"{words}, đang là “{str(value)[:40]}”", f"{english}, it is {str(value)[:40]!r}")
        error.source = source
        raise error
    return value


def is_whole(value: Value) -> bool:
    """Whether it is an integer; true and false are none."""
    return isinstance(value, int) and not isinstance(value, bool)


DAYS = (f"phải là số ngày làm việc từ 0 đến {MOST_DAYS}", f"working days from 0 to {MOST_DAYS} are wanted")
WANTED = {
    "dueDays": (f"Hạn {DAYS[0]}", f"as due days, {DAYS[1]}"),
    "followUpDays": (f"Ngày nhắc lại {DAYS[0]}", f"as follow-up days, {DAYS[1]}"),
    "priority": ("Mức ưu tiên phải là số nguyên", "a priority must be a whole number"),
    "unit": ("Đơn vị nhận việc phải là mã định danh dạng chữ", "a unit must be the text of its id"),
}
