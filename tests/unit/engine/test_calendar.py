"""What expressions may ask about days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bpmn.expressions import CALENDAR as CALENDAR_FUNCTIONS
from bpmn.expressions import evaluate
from bpmn.expressions.days import as_day
from domain.calendars import WorkingCalendar
from domain.errors import ExpressionInvalid
from engine.calendar import functions
from engine.due_dates import due_date, follow_up_at

FRIDAY_NIGHT = datetime(2026, 3, 6, 18, 30, tzinfo=UTC)  # already Saturday in Vietnam
CALENDAR = WorkingCalendar(holidays=frozenset({date(2026, 3, 10)}))
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def test_today_is_the_day_in_vietnam() -> None:
    assert functions(CALENDAR, FRIDAY_NIGHT)["today"]() == date(2026, 3, 7)


def test_now_is_the_instant() -> None:
    assert functions(CALENDAR, FRIDAY_NIGHT)["now"]() == FRIDAY_NIGHT


def test_working_days_leave_out_weekends_and_holidays() -> None:
    assert functions(CALENDAR, NOW)["working_days"](6) == date(2026, 3, 11)


def test_before_and_after_count_working_days_from_any_kind_of_day() -> None:
    there = functions(CALENDAR, NOW)
    assert there["before"]("2026-03-11", 2) == date(2026, 3, 6)
    assert there["after"](date(2026, 3, 6), 2) == date(2026, 3, 11)
    assert there["after"](FRIDAY_NIGHT, 1) == date(2026, 3, 9)


def test_no_day_stays_no_day() -> None:
    there = functions(CALENDAR, NOW)
    assert there["before"](None, 3) is None
    assert there["after"]("", 3) is None


def test_the_end_of_the_quarter_is_its_last_working_day() -> None:
    assert functions(CALENDAR, NOW)["end_of_quarter"]() == date(2026, 3, 31)
    assert functions(CALENDAR, NOW)["end_of_quarter"]("2026-05-01") == date(2026, 6, 30)


def test_an_instant_in_text_is_its_day_in_vietnam() -> None:
    assert as_day("2026-03-06T18:30:00+00:00") == date(2026, 3, 7)


@pytest.mark.parametrize("wrong", ["tomorrow", "2026-02-30", "2026-03-06T18:30:00", 7])
def test_what_is_no_day_is_refused(wrong: object) -> None:
    with pytest.raises(ExpressionInvalid):
        as_day(wrong)  # type: ignore[arg-type]


def test_a_due_day_ends_at_five_in_the_afternoon() -> None:
    due = due_date({"due_date": "2026-03-06"}, CALENDAR, NOW)
    assert due.at == datetime(2026, 3, 6, 10, 0, tzinfo=UTC)
    assert due.explanation == {"rule": "date", "date": "2026-03-06"}


def test_due_days_are_working_days_from_the_opening() -> None:
    due = due_date({"due_days": 6}, CALENDAR, NOW)
    assert due.at == datetime(2026, 3, 11, 10, 0, tzinfo=UTC)
    assert due.explanation == {"rule": "working_days", "from": "2026-03-02", "days": 6, "date": "2026-03-11"}


def test_an_instant_is_kept_as_it_is() -> None:
    assert due_date({"due_date": NOW + timedelta(hours=3)}, CALENDAR, NOW).at == NOW + timedelta(hours=3)


def test_without_either_nothing_is_due() -> None:
    assert due_date({"due_date": None}, CALENDAR, NOW).at is None
    assert follow_up_at({}, CALENDAR, NOW) is None


def test_a_follow_up_comes_with_the_opening_of_the_office() -> None:
    assert follow_up_at({"follow_up_days": 2}, CALENDAR, NOW) == datetime(2026, 3, 4, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("days", [10**9, -5_001, "3"])
def test_no_expression_makes_the_calendar_count_for_long(days: object) -> None:
    with pytest.raises(ExpressionInvalid, match="Số ngày làm việc"):
        functions(CALENDAR, NOW)["working_days"](days)


def test_they_are_the_functions_a_drawing_may_name() -> None:
    assert set(functions(CALENDAR, NOW)) == CALENDAR_FUNCTIONS


@pytest.mark.parametrize(
    ("source", "day"),
    [
        ("end_of_month('2026-02-10')", date(2026, 2, 27)),
        ("start_of_month('2026-02-10')", date(2026, 2, 2)),
        ("start_of_quarter('2026-08-01')", date(2026, 7, 1)),
        ("end_of_half_year('2026-01-05')", date(2026, 6, 30)),
        ("start_of_half_year('2026-12-31')", date(2026, 7, 1)),
        ("end_of_year()", date(2026, 12, 31)),
        ("start_of_year('2028-06-01')", date(2028, 1, 3)),
        ("last_by('2026-03-10')", date(2026, 3, 9)),
        ("next_from('2026-03-07')", date(2026, 3, 9)),
        ("last_by(null)", None),
    ],
)
def test_spans_begin_and_end_on_days_people_work(source: str, day: date | None) -> None:
    assert evaluate(source, {}, functions(CALENDAR, NOW)) == day


@pytest.mark.parametrize(
    ("source", "day"),
    [
        ("due_after('2026-03-02', {'amount': 10, 'unit': 'working_day'})", date(2026, 3, 17)),
        ("due_after('2026-03-02', {'amount': 5, 'unit': 'day'})", date(2026, 3, 6)),
        ("due_after('2026-03-02', {'amount': -1, 'unit': 'month'})", date(2026, 2, 2)),
        ("due_after('2026-03-02', null)", None),
        ("due_after(null, {'amount': 1, 'unit': 'week'})", None),
    ],
)
def test_a_length_counts_from_the_day_something_came(source: str, day: date | None) -> None:
    assert evaluate(source, {}, functions(CALENDAR, NOW)) == day


def test_working_days_between_leave_out_rest() -> None:
    there = functions(CALENDAR, NOW)
    assert evaluate("working_days_between('2026-03-06', '2026-03-11')", {}, there) == 2
    assert evaluate("is_working_day('2026-03-10')", {}, there) is False
    assert evaluate("is_working_day()", {}, there) is True


@pytest.mark.parametrize(
    "source",
    ["working_days_between('1000-01-01', '9000-01-01')", "after('9999-12-31', 5)", "before('0001-01-01', 3)",
     "end_of_year(5)", "working_days()", "before(1)", "working_days(true)"],
)  # fmt: skip
def test_what_no_calendar_can_count_is_refused(source: str) -> None:
    with pytest.raises(ExpressionInvalid):
        evaluate(source, {}, functions(CALENDAR, NOW))


def test_a_calendar_without_working_days_is_a_refused_expression() -> None:
    never = WorkingCalendar(weekend=frozenset(range(1, 8)))
    with pytest.raises(ExpressionInvalid, match="working_days"):
        evaluate("working_days(1)", {}, functions(never, NOW))
