"""Working days: for every calendar and every day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendars import WorkingCalendar, local_date
from domain.errors import Invalid

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
TET = frozenset(date(2026, 2, day) for day in range(16, 21))
CALENDAR = WorkingCalendar(holidays=TET | {date(2026, 1, 2)}, worked=frozenset({date(2026, 1, 10)}))
CALENDARS = st.builds(WorkingCalendar, holidays=st.frozensets(DAYS, max_size=40), worked=st.frozensets(DAYS))


@given(CALENDARS, DAYS, st.integers(1, 60))
def test_a_due_day_is_worked_and_so_many_working_days_away(calendar: WorkingCalendar, day: date, n: int) -> None:
    due = calendar.due_date(day, n)
    assert calendar.is_working(due)
    assert calendar.working_days_between(day, due) == n
    assert calendar.before(calendar.next_from(day), 0) == calendar.next_from(day)


@given(CALENDARS, DAYS, st.integers(0, 60))
def test_counting_back_undoes_counting_forward(calendar: WorkingCalendar, day: date, n: int) -> None:
    start = calendar.next_from(day)
    assert calendar.before(calendar.after(start, n), n) == start


@given(CALENDARS, DAYS)
def test_before_a_day_is_strictly_before_and_by_a_day_never_later(calendar: WorkingCalendar, day: date) -> None:
    assert calendar.last_before(day) < day
    assert calendar.last_by(day) <= day
    assert calendar.is_working(calendar.last_by(day))


def test_before_31_january_2026_is_friday_the_30th() -> None:
    assert CALENDAR.last_before(date(2026, 1, 31)) == date(2026, 1, 30)


def test_by_a_sunday_is_the_friday_before() -> None:
    assert CALENDAR.last_by(date(2026, 6, 14)) == date(2026, 6, 12)


def test_a_worked_saturday_counts_and_the_day_it_was_changed_for_does_not() -> None:
    assert CALENDAR.due_date(date(2026, 1, 1), 1) == date(2026, 1, 5)
    assert CALENDAR.due_date(date(2026, 1, 9), 1) == date(2026, 1, 10)


def test_tet_is_jumped_over() -> None:
    assert CALENDAR.due_date(date(2026, 2, 13), 1) == date(2026, 2, 23)


def test_months_quarters_and_years_end_with_their_last_working_day() -> None:
    assert CALENDAR.end_of_month(2026, 2) == date(2026, 2, 27)
    assert CALENDAR.end_of_quarter(date(2026, 5, 4)) == date(2026, 6, 30)
    assert CALENDAR.end_of_month(2026, 12) == date(2026, 12, 31)
    assert CALENDAR.end_of_year(2028) == date(2028, 12, 29)


def test_a_half_day_ends_at_half_past_eleven() -> None:
    calendar = WorkingCalendar(halves=frozenset({date(2026, 1, 10)}))
    assert calendar.is_working(date(2026, 1, 10))
    assert calendar.closes_at(date(2026, 1, 10)) == datetime(2026, 1, 10, 4, 30, tzinfo=UTC)
    assert calendar.closes_at(date(2026, 1, 9)) == datetime(2026, 1, 9, 10, 0, tzinfo=UTC)


def test_an_evening_in_utc_is_the_next_day_here() -> None:
    assert local_date(datetime(2026, 1, 9, 18, 0, tzinfo=UTC)) == date(2026, 1, 10)


def test_a_calendar_without_working_days_is_refused_not_counted_forever() -> None:
    with pytest.raises(Invalid):
        WorkingCalendar(weekend=frozenset(range(1, 8))).due_date(date(2026, 1, 1), 1)
    with pytest.raises(Invalid):
        CALENDAR.due_date(date(2026, 1, 1), -1)
