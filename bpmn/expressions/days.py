"""Functions about days that need neither a calendar nor the clock: parts, sums and differences, periods.

A day is a date, an instant (its Vietnamese day), or the ISO text of either; no day gives no result.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta

from bpmn.expressions.bounds import Value
from domain.calendars import ZONE, local_date
from domain.errors import ExpressionInvalid
from domain.periods import EVERY, Period, holding, label, named

MOST_YEARS = 200
_DURATION = re.compile(
    r"(?P<sign>-)?P(?:(?P<weeks>\d{1,5})W)?(?:(?P<days>\d{1,6})D)?"
    r"(?:T(?:(?P<hours>\d{1,7})H)?(?:(?P<minutes>\d{1,8})M)?(?:(?P<seconds>\d{1,9})S)?)?"
)


def as_day(value: Value) -> date | None:
    """The day meant; None and an empty text are none. Raises ExpressionInvalid."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return local_date(value) if value.tzinfo else value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value) if len(value) <= 10 else local_date(_instant(value))
        except (ValueError, OverflowError) as error:
            raise no_day(value) from error
    raise no_day(value)


def needed_day(value: Value) -> date:
    """The day meant; none is refused. Raises ExpressionInvalid."""
    day = as_day(value)
    if day is None:
        raise ExpressionInvalid("Chưa có ngày", "there is no day")
    return day


def whole(number: Value) -> int:
    """A whole number. Raises ExpressionInvalid."""
    if not isinstance(number, int) or isinstance(number, bool):
        raise ExpressionInvalid(f"“{number}” không phải là số nguyên", f"{number!r} is not a whole number")
    return number


def as_date(*parts: Value) -> date:
    """`date("2026-03-04")`, `date(2026, 3, 4)`, `date(now())`."""
    try:
        if len(parts) == 3 and all(isinstance(part, int) for part in parts):
            return date(*parts)
    except (ValueError, OverflowError) as error:
        raise ExpressionInvalid(f"Không có ngày {parts}", f"there is no day {parts}") from error
    if len(parts) != 1:
        raise ExpressionInvalid("date cần một ngày, hoặc năm, tháng, ngày", "date takes a day, or year, month and day")
    return needed_day(parts[0])


def as_instant(text: Value) -> datetime:
    """`instant("2026-03-04T08:00:00+07:00")`; without a zone it is Vietnamese time. In UTC."""
    try:
        found = text if isinstance(text, datetime) else datetime.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise ExpressionInvalid(f"“{text}” không phải là thời điểm", f"{text!r} is no instant") from error
    return (found if found.tzinfo else found.replace(tzinfo=ZONE)).astimezone(UTC)


def as_duration(text: Value) -> timedelta:
    """`duration("P3D")`, `duration("PT4H")`; months and years have no fixed length: add_months."""
    found = _DURATION.fullmatch(text) if isinstance(text, str) else None
    if found is None or not any(found.groups()[1:]):
        raise ExpressionInvalid(
            f"“{text}” không phải là khoảng thời gian tính bằng tuần, ngày, giờ (P3D, PT4H); tháng và năm: add_months",
            f"{text!r} is no duration of weeks, days, hours (P3D, PT4H); for months and years: add_months",
        )
    parts = {name: float(value) for name, value in found.groupdict().items() if value and name != "sign"}
    length = timedelta(**parts)
    return -length if found["sign"] else length


def add_days(day: Value, days: Value) -> date | None:
    """The day so many calendar days after `day`; before it when negative."""
    found, count = as_day(day), whole(days)
    return None if found is None else found + timedelta(days=count)


def add_months(day: Value, months: Value) -> date | None:
    """The same day so many months later; the last of a shorter month stands for the 31st."""
    found, count = as_day(day), whole(months)
    if abs(count) > MOST_YEARS * 12:
        raise ExpressionInvalid(f"Quá {MOST_YEARS} năm", f"over {MOST_YEARS} years")
    if found is None:
        return None
    number = found.year * 12 + found.month - 1 + count
    year, month = number // 12, number % 12 + 1
    return found.replace(year=year, month=month, day=min(found.day, monthrange(year, month)[1]))


def days_between(first: Value, last: Value) -> int | None:
    """Calendar days from `first` to `last`; negative when `last` lies before."""
    start, end = as_day(first), as_day(last)
    return None if start is None or end is None else (end - start).days


def part_of(work: Callable[[date], int]) -> Callable[[Value], int | None]:
    """A number read off a day."""

    def read(day: Value) -> int | None:
        found = as_day(day)
        return None if found is None else work(found)

    return read


def period(which: Value, every: Value = None) -> Mapping[str, Value] | None:
    """`period("2026-Q1")`, `period(day, "quarter")`: the period as a mapping, None for what names none.

    Keys: name, label, first, last; data_from, data_to and reporting_from, None for a week.
    """
    if every is not None:
        if every not in EVERY:
            raise ExpressionInvalid(f"Kỳ là một trong {', '.join(EVERY)}", f"a period is one of {', '.join(EVERY)}")
        day = as_day(which)
        return None if day is None else facts_of(holding(every, day))
    if which is None or which == "":
        return None
    if not isinstance(which, str):
        raise ExpressionInvalid(
            "period cần tên kỳ, hoặc một ngày và loại kỳ", "period takes a name, or a day and a kind of period"
        )
    found = named(which)
    return None if found is None else facts_of(found)


def facts_of(found: Period) -> Mapping[str, Value]:
    """A period as expressions see it; a week has no cut-off."""
    reported = found.name[5:6] != "W"
    return {
        "name": found.name,
        "label": label(found.name),
        "first": found.first,
        "last": found.last,
        "data_from": found.data_from if reported else None,
        "data_to": found.data_to if reported else None,
        "reporting_from": found.reporting_from if reported else None,
    }


def no_day(value: Value) -> ExpressionInvalid:
    """The refusal of what is no day."""
    shown = str(value)[:40]
    return ExpressionInvalid(f"“{shown}” không phải là ngày", f"{shown!r} is not a date")


def _instant(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("an instant carries its zone")
    return found


DAYS: dict[str, Callable[..., Value]] = {
    "date": as_date,
    "instant": as_instant,
    "duration": as_duration,
    "add_days": add_days,
    "add_months": add_months,
    "days_between": days_between,
    "year": part_of(lambda day: day.year),
    "half_year": part_of(lambda day: (day.month + 5) // 6),
    "quarter": part_of(lambda day: (day.month + 2) // 3),
    "month": part_of(lambda day: day.month),
    "weekday": part_of(date.isoweekday),
    "period": period,
}
