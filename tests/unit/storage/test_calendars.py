"""The Vietnamese calendar: what the library says, what it lacks, and what an administrator decides."""

from __future__ import annotations

from datetime import date

import pytest

from storage.calendars import ordered_days, statutory_calendar, working_calendar
from storage.database import Database
from storage.tables import CalendarOverride
from storage.transactions import reading, run_command


@pytest.mark.parametrize(
    ("year", "working_days", "worked"),
    [
        (2020, 252, []),
        (2021, 250, []),
        (2022, 249, []),
        (2023, 249, []),
        (2024, 251, [date(2024, 5, 4)]),
        (2025, 250, [date(2025, 4, 26)]),
        (2026, 249, [date(2026, 1, 10), date(2026, 8, 22)]),
    ],
)
def test_years_have_their_ordered_days(year: int, working_days: int, worked: list[date]) -> None:
    calendar = statutory_calendar()
    assert calendar.working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) == working_days
    assert list(calendar.worked_rest_days(year)) == worked
    assert not calendar.is_provisional(year)


def test_the_swap_of_january_2026_is_known() -> None:
    calendar = statutory_calendar()
    assert not calendar.is_working(date(2026, 1, 2))
    assert calendar.is_working(date(2026, 1, 10))
    assert date(2026, 11, 24) in calendar.weekdays_off(2026)


def test_a_year_is_provisional_until_its_tet_is_decided(database: Database) -> None:
    assert statutory_calendar().is_provisional(2027)
    tet = CalendarOverride(day=date(2027, 2, 3), kind="off", document="1/QĐ-TTg")
    run_command(database, lambda work: work.calendar_overrides.add(tet))
    with reading(database) as work:
        calendar = working_calendar(work)
    assert not calendar.is_provisional(2027)
    assert calendar.is_provisional(2028)
    assert not calendar.is_working(date(2027, 2, 3))


def test_what_an_administrator_decides_wins_over_everything(database: Database) -> None:
    def decide(kind: str) -> None:
        def command(work):  # type: ignore[no-untyped-def]
            for row in work.calendar_overrides.of_year(2026):
                work.calendar_overrides.delete(row)
            work.flush()
            work.calendar_overrides.add(CalendarOverride(day=date(2026, 1, 2), kind=kind, document="9/QĐ"))

        run_command(database, command)

    for kind, works in (("work", True), ("off", False), ("half", True)):
        decide(kind)
        with reading(database) as work:
            calendar = working_calendar(work)
            assert calendar.is_working(date(2026, 1, 2)) is works
            assert calendar.is_half_day(date(2026, 1, 2)) is (kind == "half")
            assert [each.document for each in ordered_days(work, 2026)] == ["9/QĐ", "12729/VPCP-KGVX"]
