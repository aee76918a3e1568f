"""The Vietnamese working calendar: statutory days from the `holidays` library, orders it does not know, and the
overrides an administrator enters, in this order; the later wins.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import cast

import holidays
from sqlalchemy import select

from domain.calendars import WorkingCalendar
from storage.tables import CalendarOverride
from storage.transactions import Work

FIRST_YEAR, LAST_YEAR = 2015, 2050
_HELD = "bangiao.calendar"
LAST_ORDERED_YEAR = 2026  # the last year whose order of the Government the library and the list below hold


@dataclass(frozen=True, slots=True)
class OrderedDay:
    """A day off, worked or half worked by decision; `document` is the deciding paper's number."""

    day: date
    kind: str  # off | work | half
    document: str
    note: str = ""


KNOWN_ORDERS = (
    OrderedDay(date(2026, 1, 2), "off", "12729/VPCP-KGVX", "Nghỉ, làm bù ngày 10/01/2026"),
    OrderedDay(date(2026, 1, 10), "work", "12729/VPCP-KGVX", "Làm bù cho ngày 02/01/2026"),
)


def statutory_calendar() -> WorkingCalendar:
    """The calendar without any database: the library and the known orders."""
    return _with_orders(())


def working_calendar(work: Work) -> WorkingCalendar:
    """The calendar with the administrator's overrides, as the transaction found them first: one query each."""
    held = work.session.info.get(_HELD)
    if held is None:
        rows = work.session.scalars(select(CalendarOverride).order_by(CalendarOverride.day))
        held = _with_orders(tuple(OrderedDay(row.day, row.kind, row.document, row.note or "") for row in rows))
        work.session.info[_HELD] = held
    return cast(WorkingCalendar, held)


def ordered_days(work: Work, year: int) -> tuple[OrderedDay, ...]:
    """The decided days of `year` that count now, known orders and overrides, by day."""
    rows = work.session.scalars(select(CalendarOverride))
    merged = {order.day: order for order in KNOWN_ORDERS}
    merged |= {row.day: OrderedDay(row.day, row.kind, row.document, row.note or "") for row in rows}
    return tuple(merged[day] for day in sorted(merged) if day.year == year)


@lru_cache(maxsize=32)
def _with_orders(overrides: tuple[OrderedDay, ...]) -> WorkingCalendar:
    off, worked = _library()
    halves: set[date] = set()
    kinds = {"off": off, "work": worked, "half": halves}
    for order in (*KNOWN_ORDERS, *overrides):
        for days in kinds.values():
            days.discard(order.day)
        kinds[order.kind].add(order.day)
    return WorkingCalendar(
        holidays=frozenset(off),
        worked=frozenset(worked),
        halves=frozenset(halves),
        provisional_years=frozenset(_provisional(overrides)),
    )


def _library() -> tuple[set[date], set[date]]:
    years = holidays.country_holidays("VN", years=range(FIRST_YEAR, LAST_YEAR + 1))
    return set(years), set(years.weekend_workdays)


def _provisional(overrides: Iterable[OrderedDay]) -> Iterable[int]:
    """Years without their order: it fixes the days of Tết, so an override in the season of Tết is that order."""
    ordered = {order.day.year for order in overrides if date(order.day.year, 1, 15) <= order.day < _march(order.day)}
    return (year for year in range(LAST_ORDERED_YEAR + 1, LAST_YEAR + 1) if year not in ordered)


def _march(day: date) -> date:
    return date(day.year, 3, 1)
