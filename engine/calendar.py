"""What expressions may ask the calendar: the functions every condition, script and timer can call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from bpmn.expressions.days import as_day
from domain.calendars import WorkingCalendar, local_date
from domain.due_days import offset_day
from domain.errors import ExpressionInvalid
from domain.periods import Every, holding
from domain.plans import Offset

Day = date | datetime | str | None
MOST_DAYS = 5_000  # working days, about twenty years
SPANS: tuple[Every, ...] = ("month", "quarter", "half_year", "year")


def functions(calendar: WorkingCalendar, now: datetime) -> Mapping[str, Callable[..., Any]]:
    """The functions by name; days are Vietnamese days, `None` where a day is missing gives `None`."""
    today = local_date(now)

    def working_days(n: int) -> date:
        return calendar.after(today, counted(n))

    def before(day: Day, n: int) -> date | None:
        found = as_day(day)
        return None if found is None else calendar.before(found, counted(n))

    def after(day: Day, n: int) -> date | None:
        found = as_day(day)
        return None if found is None else calendar.after(found, counted(n))

    def is_working_day(day: Day = today) -> bool | None:
        found = as_day(day)
        return None if found is None else calendar.is_working(found)

    def last_by(day: Day) -> date | None:
        found = as_day(day)
        return None if found is None else calendar.last_by(found)

    def next_from(day: Day) -> date | None:
        found = as_day(day)
        return None if found is None else calendar.next_from(found)

    def working_days_between(first: Day, last: Day) -> int | None:
        start, end = as_day(first), as_day(last)
        if start is None or end is None:
            return None
        counted((end - start).days)
        return calendar.working_days_between(start, end)

    def due_after(day: Day, length: Mapping[str, Any] | None) -> date | None:
        found = as_day(day)
        if found is None or not length:
            return None
        return offset_day(found, Offset(counted(length["amount"]), length["unit"]), calendar)[0]

    return {
        "today": lambda: today,
        "now": lambda: now,
        "working_days": working_days,
        "before": before,
        "after": after,
        "is_working_day": is_working_day,
        "last_by": last_by,
        "next_from": next_from,
        "working_days_between": working_days_between,
        "due_after": due_after,
        **{f"start_of_{span}": first_of(span, calendar, today) for span in SPANS},
        **{f"end_of_{span}": last_of(span, calendar, today) for span in SPANS},
    }


def first_of(span: Every, calendar: WorkingCalendar, today: date) -> Callable[..., date]:
    """The function that gives the first working day of the span a day lies in; without a day, today's."""
    return lambda day=None: calendar.next_from(holding(span, as_day(day) or today).first)


def last_of(span: Every, calendar: WorkingCalendar, today: date) -> Callable[..., date]:
    """The function that gives the last working day of the span a day lies in; without a day, today's."""
    return lambda day=None: calendar.last_by(holding(span, as_day(day) or today).last)


def counted(days: int) -> int:
    """`days` when a calendar can count so far in no time; an expression may ask for any number."""
    if not isinstance(days, int) or isinstance(days, bool) or abs(days) > MOST_DAYS:
        raise ExpressionInvalid(
            f"Số ngày làm việc phải là số nguyên, không quá {MOST_DAYS}",
            f"working days must be a whole number of at most {MOST_DAYS}",
        )
    return days
