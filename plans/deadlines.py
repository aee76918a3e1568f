"""Rules for days and ends of periods: "trước ngày 31/01", "chậm nhất 15/6 và 15/12", "đến hết quý II"."""

from __future__ import annotations

from domain.plans import Timing
from plans.bounds import bound_at
from plans.dates import SEPARATORS, DayMark, Found, Phrase, last_day


def read_deadline(phrase: Phrase, index: int, year: int | None) -> Found | None:
    """ "trước ngày …", "đến hết tháng …", "chậm nhất …", and days that stand alone."""
    begins, is_range = _end_of_range(phrase, index)
    bound = bound_at(phrase, begins)
    binds, position = bound.binds or is_range, bound.after
    if position > index and not binds:
        return None
    mark, after = phrase.day_at(position)
    if mark and (binds or mark.year or phrase.word(position) == "ngay" or phrase.word(position + 1) == "/"):
        return _days(phrase, mark, after, bound.strict, year)
    return _end_of_period(phrase, position, bound.strict, year) if binds else None


def _end_of_range(phrase: Phrase, index: int) -> tuple[int, bool]:
    """The index of the limit in "từ ngày 01/3 đến ngày 30/4", "ngày 15 đến 20/6", "15-20/6/2026", else `index`."""
    begins = index + (phrase.word(index) == "tu")
    start, after = phrase.day_at(begins)
    if start is None:
        day = begins + (phrase.word(begins) == "ngay")
        after = day + 1 if phrase.at(day).number else begins
    if after == begins or phrase.word(after) not in {"den", "-", "–"} or (start and begins == index):
        return index, False
    limit = after + (phrase.word(after) != "den")
    ends = limit + (phrase.word(limit) == "den")
    return (limit, True) if phrase.day_at(ends)[0] else (index, False)


def _days(phrase: Phrase, mark: DayMark, after: int, strict: bool, year: int | None) -> Found:
    marks = [mark]
    while phrase.word(after) in SEPARATORS:
        further, beyond = phrase.day_at(after + 1)
        if further is None:
            break
        marks, after = [*marks, further], beyond
    printed = next((each.year for each in reversed(marks) if each.year), year)
    return [Timing("deadline", before=each.on(printed), inclusive=not strict) for each in marks], after


def _end_of_period(phrase: Phrase, position: int, strict: bool, year: int | None) -> Found | None:
    word = phrase.word(position)
    if word == "thang" and (month := phrase.at(position + 1).number) and month <= 12:
        printed, after = phrase.year_at(position + 2)
        return _bound(printed or year, month, month, strict), after
    if word in {"quy", "qui"} and (quarter := phrase.at(position + 1).quarter):
        printed, after = phrase.year_at(position + 2)
        return _bound(printed or year, quarter * 3 - 2, quarter * 3, strict), after
    if word == "nam":
        printed, after = phrase.year_at(position)
        return (_bound(printed, 1, 12, strict), after) if printed else None
    return None


def _bound(year: int | None, first: int, last: int, strict: bool) -> list[Timing]:
    """The deadline "before the period" (its first day, not counted) or "to its end" (its last day, counted)."""
    if year is None:
        return [Timing("deadline")]
    before = last_day(year, first).replace(day=1) if strict else last_day(year, last)
    return [Timing("deadline", before=before, inclusive=not strict)]
