"""What expressions may ask about days: the functions every condition, script and timer can call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from domain.calendars import WorkingCalendar, local_date
from domain.errors import ExpressionInvalid

Day = date | datetime | str | None
MOST_DAYS = 5_000  # working days, about twenty years


def functions(calendar: WorkingCalendar, now: datetime) -> Mapping[str, Callable[..., Any]]:
    """The functions by name; days are Vietnamese days, `None` where a day is missing gives `None`."""
    today = local_date(now)

    def working_days(n: int) -> date:
        return calendar.after(today, counted(n))

    def before(day: Day, n: int) -> date | None:
        found = as_date(day)
        return None if found is None else calendar.before(found, counted(n))

    def after(day: Day, n: int) -> date | None:
        found = as_date(day)
        return None if found is None else calendar.after(found, counted(n))

    def end_of_quarter(day: Day = None) -> date:
        return calendar.end_of_quarter(as_date(day) or today)

    return {
        "today": lambda: today,
        "now": lambda: now,
        "working_days": working_days,
        "before": before,
        "after": after,
        "end_of_quarter": end_of_quarter,
    }


def counted(days: int) -> int:
    """`days` when a calendar can count so far in no time; an expression may ask for any number."""
    if not isinstance(days, int) or abs(days) > MOST_DAYS:
        raise ExpressionInvalid(
            f"Số ngày làm việc phải là số nguyên, không quá {MOST_DAYS}",
            f"working days must be a whole number of at most {MOST_DAYS}",
        )
    return days


def as_date(value: Day) -> date | None:
    """The Vietnamese day meant by a date, an instant, or the ISO text of either; an empty text is None."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return local_date(value)
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value) if len(value) <= 10 else local_date(_instant(value))
        except ValueError as error:
            raise ExpressionInvalid(f"“{value}” không phải là ngày", f"{value!r} is not a date") from error
    raise ExpressionInvalid(f"“{value}” không phải là ngày", f"{value!r} is not a date")


def _instant(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("an instant carries its zone")
    return found
