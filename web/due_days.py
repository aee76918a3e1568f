"""A month of due days: its weeks, what falls due on each day, and the months beside it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from domain.calendars import WorkingCalendar, days
from storage.due_days import DueRow

FIRST_YEAR, LAST_YEAR = 2015, 2050


@dataclass(frozen=True, slots=True)
class Month:
    year: int
    number: int

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    @property
    def address(self) -> str:
        return f"{self.year}-{self.number:02}"


@dataclass(frozen=True, slots=True)
class Day:
    """A day with what falls due; `is_out` when it belongs to a month beside."""

    day: date
    is_out: bool
    is_working: bool
    is_today: bool
    rows: tuple[tuple[DueRow, str], ...]


def month_asked(text: str | None, today: date) -> Month:
    """The month of an address like 2026-03, else that of today."""
    year, _dash, number = (text or "").partition("-")
    if year.isdigit() and number.isdigit() and FIRST_YEAR <= int(year) <= LAST_YEAR and 1 <= int(number) <= 12:
        return Month(int(year), int(number))
    return Month(today.year, today.month)


def months_around(month: Month) -> tuple[Month, Month]:
    before, after = month.first - timedelta(days=1), month.last + timedelta(days=1)
    return Month(before.year, before.month), Month(after.year, after.month)


def weeks_of(month: Month, found: Iterable[DueRow], calendar: WorkingCalendar, today: date) -> list[list[Day]]:
    """The month's weeks from Monday to Sunday; each row with the state its words carry."""
    by_day: dict[date, list[tuple[DueRow, str]]] = {}
    for row in found:
        due = row.occurrence.due_date
        assert due is not None
        by_day.setdefault(due, []).append((row, _state(row, due, today)))
    start = month.first - timedelta(days=month.first.weekday())
    end = month.last + timedelta(days=6 - month.last.weekday())
    whole = [
        Day(day, day.month != month.number, calendar.is_working(day), day == today, tuple(by_day.get(day, ())))
        for day in days(start, end)
    ]
    return [whole[place : place + 7] for place in range(0, len(whole), 7)]


def _state(row: DueRow, due: date, today: date) -> str:
    if row.occurrence.closed_at is not None:
        return "done"
    return "late" if due < today else "soon" if due - today <= timedelta(days=3) else "ok"
