"""Due days that come round with a period: which day of it that is, and how it is said."""

from __future__ import annotations

import calendar as months
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import groupby

from domain.calendars import WorkingCalendar, written
from domain.periods import Every, Period
from domain.plans import DueDay, DueOf, Offset

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_SPANS: dict[Every, str] = {
    "week": "tuần",
    "month": "tháng",
    "quarter": "quý",
    "half_year": "kỳ 6 tháng",
    "year": "năm",
}
_LISTED = frozenset({"date", "weekday", "first_month", "last_month", "next_month"})
_UNITS = {"day": "ngày", "working_day": "ngày làm việc", "week": "tuần", "month": "tháng"}


def stated_day(due: DueDay, period: Period, calendar: WorkingCalendar) -> date:
    """The day of `period` the rule names, worked or not."""
    return _DAYS[due.of](due, period, calendar)


def due_by(due: DueDay, period: Period, calendar: WorkingCalendar) -> tuple[date, str]:
    """The due day in `period` and how it was found (Vietnamese), never later than the rule says."""
    day = stated_day(due, period, calendar)
    rule = due_words(due, period.every)
    if not due.inclusive:
        limit = calendar.last_before(day)
        return limit, f"{rule} ({written(day)}): hạn là ngày làm việc cuối cùng trước ngày đó, {written(limit)}"
    limit = calendar.last_by(day)
    if limit == day:
        return limit, f"{rule}: hạn {written(limit)}"
    return limit, f"{rule} ({written(day)}) là ngày nghỉ: hạn là ngày làm việc liền trước, {written(limit)}"


def due_words(due: DueDay, every: Every) -> str:
    """The rule in words: "trước ngày 5 hằng tháng", "chậm nhất ngày 16 của tháng cuối quý"."""
    return rule_words((due,), every)


def rule_words(days: Sequence[DueDay], every: Every) -> str:
    """All the due days of a period: "trước ngày 10/6 và ngày 10/12 hằng năm", "chậm nhất ngày 5, trước ngày 20 …"."""
    said: list[str] = []
    for (bound, of_what), group in groupby(days, lambda day: (_bound(day), _of_what(day, every))):
        found = [_day(day) for day in group]
        lists = [" và ".join(found)] if days[0].of in _LISTED else found
        said.extend(f"{bound} {words} {of_what}" for words in lists)
    return ", ".join(said)


def _bound(due: DueDay) -> str:
    return "chậm nhất" if due.inclusive else "trước"


def _day(due: DueDay) -> str:
    match due.of:
        case "date":
            return f"ngày {due.day}/{due.month}"
        case "weekday":
            return WEEKDAYS[due.day - 1]
        case "after_end":
            return f"{due.day} ngày{' làm việc' if due.working else ''}"
        case "week":
            return f"tuần {_ordinal(due.day)}"
        case "working_day":
            return f"ngày làm việc {_ordinal(due.day)}"
        case _:
            return f"ngày {due.day}"


def _of_what(due: DueDay, every: Every) -> str:
    span = _SPANS[every]
    match due.of:
        case "date" | "weekday":
            return f"hằng {'năm' if due.of == 'date' else 'tuần'}"
        case "after_end":
            return f"sau khi kết thúc {span}"
        case "week" | "working_day":
            return f"của {span}"
        case "next_month":
            return "của tháng sau" if every == "month" else f"của tháng đầu {span} sau"
        case _ if every == "month":
            return "hằng tháng"
        case _:
            return f"của tháng {'cuối' if due.of == 'last_month' else 'đầu'} {span}"


def offset_day(start: date, offset: Offset, calendar: WorkingCalendar) -> tuple[date, str]:
    """The due day so long after (or before) `start`, when what was awaited came; `start` itself is not counted."""
    words = offset_words(offset)
    if offset.unit == "working_day":
        due = calendar.after(start, offset.amount)
        return due, f"{words} {written(start)}: hạn {written(due)}"
    day = _months_later(start, offset.amount) if offset.unit == "month" else start + _length(offset)
    due = calendar.last_by(day)
    moved = "" if due == day else f" ({written(day)} là ngày nghỉ)"
    return due, f"{words} {written(start)}: hạn {written(due)}{moved}"


def offset_words(offset: Offset) -> str:
    """ "trong 15 ngày kể từ ngày", "trước 5 ngày làm việc so với ngày"."""
    length = f"{abs(offset.amount)} {_UNITS[offset.unit]}"
    return f"trong {length} kể từ ngày" if offset.amount >= 0 else f"trước {length} so với ngày"


def _ordinal(number: int) -> str:
    return {1: "đầu tiên", -1: "cuối cùng"}.get(number, f"thứ {number}")


def _length(offset: Offset) -> timedelta:
    return timedelta(days=offset.amount * (7 if offset.unit == "week" else 1))


def _months_later(start: date, count: int) -> date:
    return _in_month(start.year, start.month + count, start.day)


def _in_month(year: int, month: int, day: int) -> date:
    """`day` of the month, its last one when it has fewer; `month` may lie beyond December."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, min(day, months.monthrange(year, month)[1]))


def _first_month(due: DueDay, period: Period, calendar: WorkingCalendar) -> date:
    return _in_month(period.first.year, period.first.month, due.day)


def _last_month(due: DueDay, period: Period, calendar: WorkingCalendar) -> date:
    return _in_month(period.last.year, period.last.month, due.day)


def _next_month(due: DueDay, period: Period, calendar: WorkingCalendar) -> date:
    return _in_month(period.last.year, period.last.month + 1, due.day)


def _date(due: DueDay, period: Period, calendar: WorkingCalendar) -> date:
    return _in_month(period.last.year, due.month or 12, due.day)


def _weekday(due: DueDay, period: Period, calendar: WorkingCalendar) -> date:
    return period.first + timedelta(days=due.day - period.first.isoweekday())


def _week(due: DueDay, period: Period, calendar: WorkingCalendar) -> date:
    """The last working day of that week; the first week is the one of the period's first working day."""
    if due.day < 0:
        sunday = period.last - timedelta(weeks=-due.day - 1)
    else:
        begins = calendar.next_from(period.first)
        sunday = begins + timedelta(days=7 - begins.isoweekday(), weeks=due.day - 1)
    return calendar.last_by(min(sunday, period.last))


def _working_day(due: DueDay, period: Period, calendar: WorkingCalendar) -> date:
    if due.day < 0:
        return calendar.before(period.last + timedelta(days=1), -due.day)
    return calendar.after(period.first - timedelta(days=1), due.day)


def _after_end(due: DueDay, period: Period, calendar: WorkingCalendar) -> date:
    return calendar.after(period.last, due.day) if due.working else period.last + timedelta(days=due.day)


_DAYS: dict[DueOf, Callable[[DueDay, Period, WorkingCalendar], date]] = {
    "first_month": _first_month,
    "last_month": _last_month,
    "next_month": _next_month,
    "date": _date,
    "weekday": _weekday,
    "week": _week,
    "working_day": _working_day,
    "after_end": _after_end,
}
