"""One occurrence of a row as it is planned, and how a stated time gives its due day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.calendars import WorkingCalendar
from domain.periods import Period, label, month_of, quarter_of, year_of
from domain.plans import Timing
from domain.words import Words, written


@dataclass(frozen=True, slots=True)
class PlannedOccurrence:
    """One period's share of a row: it opens on `opens_on`; `due_date` None means no deadline."""

    period: str
    opens_on: date
    due_date: date | None
    explanation: Words


def dated(timing: Timing, year: int, calendar: WorkingCalendar) -> PlannedOccurrence:
    """The occurrence of a time with a date of its own: deadline, month, quarter or year."""
    if timing.kind == "deadline" and timing.before is not None:
        return _deadline(timing.before, timing.inclusive, calendar)
    if timing.kind == "month" and timing.month:
        stated = Words(f"Tháng {_slashed(timing.month)}", label(timing.month).english)
        return by_end(month_of(*_numbers(timing.month, "-")), calendar, stated)
    if timing.kind == "quarter" and timing.quarter:
        period = quarter_of(*_numbers(timing.quarter, "-Q"))
        scope = f" ({timing.scope})" if timing.scope else ""
        return by_end(period, calendar, label(period.name).capitalised() + scope)
    until = timing.until or timing.year or year
    return by_end(year_of(until), calendar, Words(f"Năm {until}", str(until)))


def by_end(period: Period, calendar: WorkingCalendar, stated: Words) -> PlannedOccurrence:
    """Due on the period's last working day."""
    due = calendar.last_by(period.last)
    reason = stated + Words(": hạn là ngày làm việc cuối cùng, ", ": due on the last working day, ") + written(due)
    return PlannedOccurrence(period.name, min(period.first, due), due, reason + provisional(due, calendar))


def one_after_another(found: Iterable[PlannedOccurrence]) -> tuple[PlannedOccurrence, ...]:
    """Occurrences of one row by due day; those named by a day of their own open when the one before is due."""
    made: list[PlannedOccurrence] = []
    for each in sorted(found, key=lambda each: each.due_date or date.max):
        before = made[-1].due_date if made else None
        is_day = each.period.count("-") == 2
        if is_day and before is not None and each.due_date is not None:
            after = max(each.opens_on, before + timedelta(days=1))
            each = replace(each, opens_on=min(after, each.due_date))
        made.append(each)
    return tuple(made)


def provisional(due: date, calendar: WorkingCalendar) -> Words:
    """A remark on a due day in a year whose days of rest are not decided yet."""
    if not calendar.is_provisional(due.year):
        return Words("")
    return Words(" (lịch nghỉ của năm này còn tạm tính)", " (the holidays of that year are provisional)")


def _deadline(before: date, inclusive: bool, calendar: WorkingCalendar) -> PlannedOccurrence:
    due = calendar.last_by(before) if inclusive else calendar.last_before(before)
    stated = (Words("Chậm nhất ngày ", "By ") if inclusive else Words("Trước ngày ", "Before ")) + written(before)
    if inclusive and due == before:
        reason = stated + Words(": hạn là chính ngày đó", ": due on that very day")
    elif inclusive:
        reason = stated + Words(
            f" là ngày nghỉ: hạn là ngày làm việc liền trước, {written(due)}",
            f", a day of rest: due on the working day before it, {written(due).english}",
        )
    else:
        reason = stated + Words(
            f": hạn là ngày làm việc cuối cùng trước ngày đó, {written(due)}",
            f": due on the last working day before it, {written(due).english}",
        )
    opens_on = min(date(before.year, 1, 1), due)
    return PlannedOccurrence(before.isoformat(), opens_on, due, reason + provisional(due, calendar))


def _numbers(text: str, separator: str) -> tuple[int, int]:
    year, number = text.split(separator)
    return int(year), int(number)


def _slashed(month: str) -> str:
    year, number = _numbers(month, "-")
    return f"{number:02d}/{year}"
