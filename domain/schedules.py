"""What a row of a plan has to do when: the times it states made into occurrences with due days, each explained.

Nothing is guessed in silence: a due day that the paper does not fix says how it was taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.calendars import WorkingCalendar, written
from domain.periods import Every, Period, label, merged, month_of, periods, quarter_of, year_of
from domain.plans import Timing
from domain.text import capitalise

DATED = frozenset({"deadline", "month", "quarter", "year"})
AWAITED = frozenset({"per_document", "event", "on_demand"})
REPORT_DUE_DAY = 20
"""A report goes up by the 20th of its period's last month (the date the yearly reform reports have to meet)."""


@dataclass(frozen=True, slots=True)
class PlannedOccurrence:
    """One period's share of a row: it opens on `opens_on`; `due_date` None means no deadline."""

    period: str
    opens_on: date
    due_date: date | None
    explanation: str


def schedule(
    timing: Sequence[Timing], year: int, calendar: WorkingCalendar, *, is_report: bool = False
) -> tuple[PlannedOccurrence, ...]:
    """The occurrences of a row in the plan's `year`, by due day; at least one, also when no time can be told."""
    kinds = {each.kind for each in timing}
    if "recurring" in kinds:
        return _recurring([each for each in timing if each.kind == "recurring"], year, calendar, is_report=is_report)
    dated = [each for each in timing if each.kind in DATED]
    if dated and not (kinds & {"continuous"} and all(each.kind == "year" for each in dated)):
        found = _distinct(_dated(each, year, calendar) for each in dated)
        return (replace(found[0], period="once"),) if len(found) == 1 and kinds & {"deadline"} else found
    if kinds & {"continuous"} or dated:
        return (_all_year(year, calendar),)
    if kinds & AWAITED:
        return (_awaited(timing, year),)
    return (PlannedOccurrence("once", date(year, 1, 1), None, "Kế hoạch không ghi thời hạn"),)


def check_in_dates(year: int, calendar: WorkingCalendar, *, from_date: date) -> tuple[date, ...]:
    """The last working days of the quarters of `year` that end on or after `from_date`."""
    ends = (calendar.end_of_quarter(period.first) for period in periods("quarter", year))
    return tuple(day for day in ends if day >= from_date)


def _dated(timing: Timing, year: int, calendar: WorkingCalendar) -> PlannedOccurrence:
    if timing.kind == "deadline" and timing.before is not None:
        return _deadline(timing.before, timing.inclusive, calendar)
    if timing.kind == "month" and timing.month:
        return _by_end(month_of(*_numbers(timing.month, "-")), calendar, f"Tháng {_slashed(timing.month)}")
    if timing.kind == "quarter" and timing.quarter:
        period = quarter_of(*_numbers(timing.quarter, "-Q"))
        scope = f" ({timing.scope})" if timing.scope else ""
        return _by_end(period, calendar, capitalise(label(period.name)) + scope)
    until = timing.until or timing.year or year
    return _by_end(year_of(until), calendar, f"Năm {until}")


def _deadline(before: date, inclusive: bool, calendar: WorkingCalendar) -> PlannedOccurrence:
    due = calendar.last_by(before) if inclusive else calendar.last_before(before)
    stated = f"{'Chậm nhất' if inclusive else 'Trước'} ngày {written(before)}"
    if inclusive and due == before:
        reason = f"{stated}: hạn là chính ngày đó"
    elif inclusive:
        reason = f"{stated} là ngày nghỉ: hạn là ngày làm việc liền trước, {written(due)}"
    else:
        reason = f"{stated}: hạn là ngày làm việc cuối cùng trước ngày đó, {written(due)}"
    return PlannedOccurrence(before.isoformat(), date(before.year, 1, 1), due, reason + _doubt(due, calendar))


def _by_end(period: Period, calendar: WorkingCalendar, stated: str) -> PlannedOccurrence:
    due = calendar.last_by(period.last)
    reason = f"{stated}: hạn là ngày làm việc cuối cùng, {written(due)}"
    return PlannedOccurrence(period.name, period.first, due, reason + _doubt(due, calendar))


def _recurring(
    timings: Iterable[Timing], year: int, calendar: WorkingCalendar, *, is_report: bool
) -> tuple[PlannedOccurrence, ...]:
    kinds: list[Every] = [kind for each in timings if (kind := _every(each)) is not None]
    if not kinds:
        due = calendar.end_of_year(year)
        reason = f"Định kỳ theo quy định, kế hoạch không ghi kỳ nào: tạm tính một lần trong năm, hạn {written(due)}"
        return (PlannedOccurrence(str(year), date(year, 1, 1), due, reason + _doubt(due, calendar)),)
    return tuple(_period(each, calendar, is_report=is_report) for each in merged(kinds, year))


def _period(period: Period, calendar: WorkingCalendar, *, is_report: bool) -> PlannedOccurrence:
    if not is_report or period.name[5:6] == "W":
        return _by_end(period, calendar, f"Kỳ {label(period.name)}")
    due = calendar.last_by(period.last.replace(day=REPORT_DUE_DAY))
    reason = (
        f"Kỳ {label(period.name)}: số liệu từ {written(period.data_from)} đến {written(period.data_to)}, "
        f"báo cáo chậm nhất ngày {REPORT_DUE_DAY} tháng cuối kỳ, hạn {written(due)}"
    )
    return PlannedOccurrence(period.name, period.reporting_from, due, reason + _doubt(due, calendar))


def _every(timing: Timing) -> Every | None:
    """The kind of period; three months at a time are a quarter, six half a year, twelve a year."""
    months = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
    if timing.every is None or timing.every == "per_regulation":
        return None
    if timing.every == "week":
        return "week"
    length = months[timing.every] * (timing.interval or 1)
    by_length: dict[int, Every] = {1: "month", 3: "quarter", 6: "half_year", 12: "year"}
    return by_length.get(length, timing.every)


def _all_year(year: int, calendar: WorkingCalendar) -> PlannedOccurrence:
    due = calendar.end_of_year(year)
    reason = f"Làm suốt năm {year}: cập nhật tiến độ cuối mỗi quý, kết thúc {written(due)}"
    return PlannedOccurrence(str(year), date(year, 1, 1), due, reason + _doubt(due, calendar))


def _awaited(timing: Sequence[Timing], year: int) -> PlannedOccurrence:
    words = next((each.reference or each.trigger for each in timing if each.reference or each.trigger), "")
    stated = f"“{words}”" if words else "văn bản hoặc sự kiện"
    return PlannedOccurrence("once", date(year, 1, 1), None, f"Chưa có thời hạn: chờ {stated}")


def _distinct(found: Iterable[PlannedOccurrence]) -> tuple[PlannedOccurrence, ...]:
    by_period = {each.period: each for each in found}
    return tuple(sorted(by_period.values(), key=lambda each: each.due_date or date.max))


def _doubt(due: date, calendar: WorkingCalendar) -> str:
    return " (lịch nghỉ của năm này còn tạm tính)" if calendar.is_provisional(due.year) else ""


def _numbers(text: str, separator: str) -> tuple[int, int]:
    year, number = text.split(separator)
    return int(year), int(number)


def _slashed(month: str) -> str:
    year, number = _numbers(month, "-")
    return f"{number:02d}/{year}"
