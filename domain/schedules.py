"""What a row of a plan has to do when: the times it states made into occurrences with due days, each explained.

Nothing is guessed in silence: a due day that the paper does not fix says how it was taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from domain.calendars import WorkingCalendar
from domain.due_days import offset_words
from domain.periods import periods
from domain.planned import PlannedOccurrence, dated, one_after_another, provisional
from domain.plans import Timing
from domain.rounds import REPORT_DUE_DAY, rounds
from domain.words import Words, written

__all__ = ["REPORT_DUE_DAY", "PlannedOccurrence", "check_in_dates", "schedule"]

DATED = frozenset({"deadline", "month", "quarter", "year"})
AWAITED = frozenset({"per_document", "event", "on_demand"})


def schedule(
    timing: Sequence[Timing], year: int, calendar: WorkingCalendar, *, is_report: bool = False
) -> tuple[PlannedOccurrence, ...]:
    """The occurrences of a row in the plan's `year`, by due day; at least one, also when no time can be told."""
    found = _told(timing, year, calendar, is_report=is_report)
    if found is None:
        return (_awaited(timing, year),)
    besides = "; ".join(f"“{words}”" for words in _awaited_words(timing))
    if not besides:
        return found
    more = Words("; ngoài ra: ", "; besides: ") + besides
    return tuple(replace(each, explanation=each.explanation + more) for each in found)


def check_in_dates(year: int, calendar: WorkingCalendar, *, from_date: date) -> tuple[date, ...]:
    """The last working days of the quarters of `year` that end on or after `from_date`."""
    ends = (calendar.end_of_quarter(period.first) for period in periods("quarter", year))
    return tuple(day for day in ends if day >= from_date)


def _told(
    timing: Sequence[Timing], year: int, calendar: WorkingCalendar, *, is_report: bool
) -> tuple[PlannedOccurrence, ...] | None:
    """The occurrences the times fix; None when the row only waits for something, or says nothing."""
    kinds = {each.kind for each in timing}
    if "recurring" in kinds:
        return rounds(timing, year, calendar, is_report=is_report)
    stated = [each for each in timing if each.kind in DATED]
    if stated and not ("continuous" in kinds and all(each.kind == "year" for each in stated)):
        found = _distinct(dated(each, year, calendar) for each in stated)
        return (replace(found[0], period="once"),) if len(found) == 1 and "deadline" in kinds else found
    return (_all_year(year, calendar),) if "continuous" in kinds or stated else None


def _all_year(year: int, calendar: WorkingCalendar) -> PlannedOccurrence:
    due = calendar.end_of_year(year)
    reason = Words(
        f"Làm suốt năm {year}: cập nhật tiến độ cuối mỗi quý, kết thúc {written(due)}",
        f"All through {year}: progress at the end of each quarter, ends {written(due).english}",
    )
    return PlannedOccurrence(str(year), date(year, 1, 1), due, reason + provisional(due, calendar))


def _awaited(timing: Sequence[Timing], year: int) -> PlannedOccurrence:
    words = next(iter(_awaited_words(timing)), "")
    if not timing:
        reason = Words("Kế hoạch không ghi thời hạn", "The plan gives no time")
        return PlannedOccurrence("once", date(year, 1, 1), None, reason)
    stated = Words(f"“{words}”") if words else Words("văn bản hoặc sự kiện", "a document or an event")
    reason = Words("Chưa có thời hạn: chờ ", "No due date yet: waits for ") + stated
    offset = next((each.offset for each in timing if each.offset), None)
    if offset:
        length = offset_words(offset)
        reason += Words(f"; khi đã rõ ngày, hạn tính {length} đó", f"; once its day is known, due {length.english} it")
    return PlannedOccurrence("once", date(year, 1, 1), None, reason)


def _awaited_words(timing: Iterable[Timing]) -> list[str]:
    awaited = (each for each in timing if each.kind in AWAITED)
    return [words for each in awaited if (words := each.reference or each.trigger)]


def _distinct(found: Iterable[PlannedOccurrence]) -> tuple[PlannedOccurrence, ...]:
    return one_after_another({each.period: each for each in found}.values())
