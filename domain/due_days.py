"""Due days that come round with a period: which day of it that is, and how it is said."""

from __future__ import annotations

import calendar as months
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import groupby

from domain.calendars import WorkingCalendar
from domain.periods import Every, Period
from domain.plans import DueDay, DueOf, Offset
from domain.words import MONTHS, Words, counted, joined, written

_WEEKDAYS = (
    Words("thứ Hai", "Monday"),
    Words("thứ Ba", "Tuesday"),
    Words("thứ Tư", "Wednesday"),
    Words("thứ Năm", "Thursday"),
    Words("thứ Sáu", "Friday"),
    Words("thứ Bảy", "Saturday"),
    Words("Chủ nhật", "Sunday"),
)
_SPANS: dict[Every, Words] = {
    "week": Words("tuần", "week"),
    "month": Words("tháng", "month"),
    "quarter": Words("quý", "quarter"),
    "half_year": Words("kỳ 6 tháng", "half-year"),
    "year": Words("năm", "year"),
}
_LISTED = frozenset({"date", "weekday", "first_month", "last_month", "next_month"})
_UNITS = {
    "day": Words("ngày", "day"),
    "working_day": Words("ngày làm việc", "working day"),
    "week": Words("tuần", "week"),
    "month": Words("tháng", "month"),
}


def stated_day(due: DueDay, period: Period, calendar: WorkingCalendar) -> date:
    """The day of `period` the rule names, worked or not."""
    return _DAYS[due.of](due, period, calendar)


def due_by(due: DueDay, period: Period, calendar: WorkingCalendar) -> tuple[date, Words]:
    """The due day in `period` and how it was found, never later than the rule says."""
    day = stated_day(due, period, calendar)
    rule = due_words(due, period.every)
    if not due.inclusive:
        limit = calendar.last_before(day)
        last = Words("hạn là ngày làm việc cuối cùng trước ngày đó, ", "due on the last working day before it, ")
        return limit, rule + " (" + written(day) + "): " + last + written(limit)
    limit = calendar.last_by(day)
    if limit == day:
        return limit, rule + Words(": hạn ", ": due ") + written(limit)
    rest = Words(
        " là ngày nghỉ: hạn là ngày làm việc liền trước, ", " is a day of rest: due on the working day before it, "
    )
    return limit, rule + " (" + written(day) + ")" + rest + written(limit)


def due_words(due: DueDay, every: Every) -> Words:
    """The rule in words: "trước ngày 5 hằng tháng", "chậm nhất ngày 16 của tháng cuối quý"."""
    return rule_words((due,), every)


def rule_words(days: Sequence[DueDay], every: Every) -> Words:
    """All the due days of a period: "trước ngày 10/6 và ngày 10/12 hằng năm", "chậm nhất ngày 5, trước ngày 20 …"."""
    said: list[Words] = []
    for (bound, of_what), group in groupby(days, lambda day: (_bound(day), _of_what(day, every))):
        found = [_day(day) for day in group]
        lists = [joined(found, Words(" và ", " and "))] if days[0].of in _LISTED else found
        said.extend(bound + words + of_what for words in lists)
    return joined(said, ", ")


def _bound(due: DueDay) -> Words:
    return Words("chậm nhất ", "by ") if due.inclusive else Words("trước ", "before ")


def _day(due: DueDay) -> Words:
    match due.of:
        case "date":
            return Words(f"ngày {due.day}/{due.month}", f"{due.day} {MONTHS[(due.month or 12) - 1]}")
        case "weekday":
            return _WEEKDAYS[due.day - 1]
        case "after_end":
            return counted(due.day, _UNITS["working_day" if due.working else "day"])
        case "week":
            return Words(f"tuần {_ordinal(due.day)}", f"the {_ordinal(due.day).english} week")
        case "working_day":
            return Words(f"ngày làm việc {_ordinal(due.day)}", f"the {_ordinal(due.day).english} working day")
        case _:
            return Words(f"ngày {due.day}", f"day {due.day}")


def _of_what(due: DueDay, every: Every) -> Words:
    span = _SPANS[every]
    match due.of:
        case "date":
            return Words(" hằng năm", " every year")
        case "weekday":
            return Words(" hằng tuần", " every week")
        case "after_end":
            return Words(f" sau khi kết thúc {span}", f" after the end of the {span.english}")
        case "week" | "working_day":
            return Words(f" của {span}", f" of the {span.english}")
        case "next_month" if every == "month":
            return Words(" của tháng sau", " of the next month")
        case "next_month":
            return Words(f" của tháng đầu {span} sau", f" of the first month of the next {span.english}")
        case _ if every == "month":
            return Words(" hằng tháng", " of every month")
        case "last_month":
            return Words(f" của tháng cuối {span}", f" of the last month of the {span.english}")
        case _:
            return Words(f" của tháng đầu {span}", f" of the first month of the {span.english}")


def offset_day(start: date, offset: Offset, calendar: WorkingCalendar) -> tuple[date, Words]:
    """The due day so long after (or before) `start`, when what was awaited came; `start` itself is not counted."""
    words = offset_words(offset) + " " + written(start) + Words(": hạn ", ": due ")
    if offset.unit == "working_day":
        due = calendar.after(start, offset.amount)
        return due, words + written(due)
    day = _months_later(start, offset.amount) if offset.unit == "month" else start + _length(offset)
    due = calendar.last_by(day)
    moved = Words("") if due == day else " (" + written(day) + Words(" là ngày nghỉ)", " is a day of rest)")
    return due, words + written(due) + moved


def offset_words(offset: Offset) -> Words:
    """ "trong 15 ngày kể từ ngày", "trước 5 ngày làm việc so với ngày"."""
    length = counted(abs(offset.amount), _UNITS[offset.unit])
    if offset.amount >= 0:
        return Words(f"trong {length} kể từ ngày", f"within {length.english} of")
    return Words(f"trước {length} so với ngày", f"{length.english} before")


def _ordinal(number: int) -> Words:
    named = {1: Words("đầu tiên", "first"), -1: Words("cuối cùng", "last")}
    endings = {2: "nd", 3: "rd"}
    return named.get(number, Words(f"thứ {number}", f"{number}{endings.get(number, 'th')}"))


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
