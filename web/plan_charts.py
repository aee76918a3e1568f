"""What a plan's page draws: a bar a row over the year, and how many rows fall due a month in each unit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from storage.tables import Activity, Occurrence
from web.words import day_of

WIDTH = 312.0
"""Units of the drawing for the whole year."""
HEAT = ((7, "ht4"), (5, "ht3"), (3, "ht2"), (1, "ht1"), (0, "ht0"))
TOO_MUCH = 7
"""From so many due rows a month on a division has too much."""
UNITS_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Bar:
    state: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Diamond:
    """A due day; `state` is "" while its period lies ahead."""

    x: float
    state: str


@dataclass(frozen=True, slots=True)
class Gantt:
    bars: tuple[Bar, ...]
    diamonds: tuple[Diamond, ...]
    today: float | None


@dataclass(frozen=True, slots=True)
class LoadCell:
    count: int
    shade: str

    @property
    def is_too_much(self) -> bool:
        return self.count >= TOO_MUCH


@dataclass(frozen=True, slots=True)
class Load:
    """Due rows by leading unit and month; units with the most first."""

    units: tuple[tuple[str, tuple[LoadCell, ...]], ...]


def gantt_of(year: int, now: datetime, occurrences: Sequence[Occurrence], activity: Activity, state: str) -> Gantt:
    """Bars from opening to due day, coloured by how the row stands; years before and after are cut off."""
    today = day_of(now)
    bars, diamonds = [], []
    current = next((each for each in occurrences if each.closed_at is None), None)
    for each in occurrences:
        begin, end = day_of(each.opens_at), each.due_date or date(year, 12, 31)
        shade = "done" if each.closed_at is not None else state if each is current else "none"
        if each is current or each.closed_at is not None:
            left, right = _x(year, begin), _x(year, max(end, begin))
            if right > left:
                bars.append(Bar(shade, left, round(right - left, 1)))
        if each.due_date is not None and each.due_date.year == year:
            diamonds.append(Diamond(_x(year, each.due_date), shade if each is current or each.closed_at else ""))
    if not occurrences and activity.due_date is not None and activity.due_date.year == year:
        diamonds.append(Diamond(_x(year, activity.due_date), ""))
    return Gantt(tuple(bars), tuple(diamonds), _x(year, today) if today.year == year else None)


def load_of(occurrences: Iterable[tuple[str, Occurrence]], year: int) -> Load:
    """Count the occurrences that fall due in each month of `year`, by the name of the leading unit."""
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for unit, occurrence in occurrences:
        if unit and occurrence.due_date is not None and occurrence.due_date.year == year:
            counts[unit][occurrence.due_date.month] += 1
    ordered = sorted(counts.items(), key=lambda each: (-each[1].total(), each[0]))[:UNITS_SHOWN]
    return Load(tuple((unit, tuple(_cell(months[month]) for month in range(1, 13))) for unit, months in ordered))


def _cell(count: int) -> LoadCell:
    return LoadCell(count, next(shade for least, shade in HEAT if count >= least))


def _x(year: int, day: date) -> float:
    """Where a day lies on the year's line, cut off at its ends."""
    first, next_first = date(year, 1, 1), date(year + 1, 1, 1)
    if day < first:
        return 0.0
    return round(min((day - first).days / (next_first - first).days, 1.0) * WIDTH, 1)
