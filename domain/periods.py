"""Reporting periods: their names, the days they cover, and when reporting on them begins.

A period is named "2026" (the year), "2026-H1", "2026-Q1", "2026-03" or "2026-W05". Figures of a report run from day 15
of the month before the period to day 14 of its last month; reporting begins on day 15 (Nghị định 09/2019/NĐ-CP as the
plans apply it).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from domain.words import LONG_MONTHS, Words, written

Every = Literal["week", "month", "quarter", "half_year", "year"]

CUTOFF_DAY = 14
MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
EVERY: tuple[Every, ...] = ("week", "month", "quarter", "half_year", "year")
NAME = re.compile(
    r"(?P<of>[1-9]\d{3})(?:-(?:W(?P<week>0[1-9]|[1-4]\d|5[0-3])|Q(?P<quarter>[1-4])|H(?P<half_year>[12])"
    r"|(?P<month>0[1-9]|1[0-2])))?(?P<year>)"
)
_KINDS: dict[str, Every] = {"Q": "quarter", "H": "half_year", "W": "week"}
ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar: `first` and `last` day, both included."""

    name: str
    first: date
    last: date

    @property
    def every(self) -> Every:
        """What kind of period it is."""
        part = self.name[5:6]
        return _KINDS.get(part, "month" if part else "year")

    @property
    def data_from(self) -> date:
        """The first day a report on it counts."""
        month_before = self.first - timedelta(days=1)
        return month_before.replace(day=CUTOFF_DAY + 1)

    @property
    def data_to(self) -> date:
        """The last day a report on it counts: the cut-off."""
        return self.last.replace(day=CUTOFF_DAY)

    @property
    def reporting_from(self) -> date:
        """The day after the cut-off."""
        return self.data_to + timedelta(days=1)


def year_of(year: int) -> Period:
    return Period(str(year), date(year, 1, 1), date(year, 12, 31))


def month_of(year: int, month: int) -> Period:
    return _months(f"{year}-{month:02d}", year, month, 1)


def quarter_of(year: int, quarter: int) -> Period:
    return _months(f"{year}-Q{quarter}", year, quarter * 3 - 2, 3)


def half_year_of(year: int, half: int) -> Period:
    return _months(f"{year}-H{half}", year, half * 6 - 5, 6)


def week_of(year: int, week: int) -> Period:
    """An ISO week, Monday to Sunday."""
    first = date.fromisocalendar(year, week, 1)
    return Period(f"{year}-W{week:02d}", first, first + timedelta(days=6))


def periods(every: Every, year: int) -> tuple[Period, ...]:
    """The periods of one kind that begin in `year`, in order."""
    if every == "week":
        return tuple(week_of(year, week) for week in range(1, date(year, 12, 28).isocalendar().week + 1))
    if every == "month":
        return tuple(month_of(year, month) for month in range(1, 13))
    if every == "quarter":
        return tuple(quarter_of(year, quarter) for quarter in range(1, 5))
    if every == "half_year":
        return (half_year_of(year, 1), half_year_of(year, 2))
    return (year_of(year),)


def holding(every: Every, day: date) -> Period:
    """The period of this kind that `day` lies in."""
    if every == "week":
        year, week, _ = day.isocalendar()
        return week_of(year, week)
    count = MONTHS[every]
    return periods(every, day.year)[(day.month - 1) // count]


def named(name: str) -> Period | None:
    """The period of this name; None for a name that is no period's, as of a row that is done once."""
    found = NAME.fullmatch(name)
    if found is None:
        return None
    kinds: list[Every] = [kind for kind in EVERY if found[kind]]
    every: Every = kinds[0] if kinds else "year"
    year, number = int(found["of"]), int(found[every] or 1)
    try:
        return week_of(year, number) if every == "week" else periods(every, year)[number - 1]
    except ValueError:
        return None


def merged(kinds: Iterable[Every], year: int) -> tuple[Period, ...]:
    """The periods of several kinds at once: of those that end on the same day only the longest is reported.

    So a quarterly and yearly report is due for quarters I to III and the year: quarter IV has none of its own.
    """
    found: dict[date, Period] = {}
    for period in (each for kind in kinds for each in periods(kind, year)):
        known = found.get(period.last)
        if known is None or period.first < known.first:
            found[period.last] = period
    return tuple(found[last] for last in sorted(found))


def label(name: str) -> Words:
    """A period's name as people say it: "2026-Q1" is "quý I năm 2026", "quarter I of 2026"."""
    year, _, part = name.partition("-")
    if not part:
        return Words("") if year == "once" else Words(f"năm {year}", year)
    if part.startswith("Q"):
        quarter = ROMAN[int(part[1]) - 1]
        return Words(f"quý {quarter} năm {year}", f"quarter {quarter} of {year}")
    if part.startswith("H"):
        is_first = part == "H1"
        return Words(
            f"6 tháng {'đầu' if is_first else 'cuối'} năm {year}", f"{'first' if is_first else 'second'} half of {year}"
        )
    if part.startswith("W"):
        return Words(f"tuần {int(part[1:])} năm {year}", f"week {int(part[1:])} of {year}")
    if "-" in part:
        day = written(date(int(year), int(part[:2]), int(part[3:5])))
        return Words(f"ngày {day}", day.english)
    return Words(f"tháng {int(part)} năm {year}", f"{LONG_MONTHS[int(part) - 1]} {year}")


def _months(name: str, year: int, first_month: int, count: int) -> Period:
    after = first_month + count
    next_first = date(year + (after - 1) // 12, (after - 1) % 12 + 1, 1)
    return Period(name, date(year, first_month, 1), next_first - timedelta(days=1))
