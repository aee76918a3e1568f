"""How days and due dates are said, in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask_babel import force_locale

from domain.calendars import WorkingCalendar
from tests.unit.web.conftest import NOW, Office
from web.words import day_words, done_words, due_words, number_words, size_words, time_words, weekday_words

CALENDAR = WorkingCalendar(holidays=frozenset({date(2026, 4, 30), date(2026, 5, 1)}))


def at(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due", "state", "phrase", "english"),
    [
        (date(2026, 3, 9), "late", "Quá hạn 3 ngày", "3 days overdue"),
        (date(2026, 3, 11), "late", "Quá hạn 1 ngày", "1 day overdue"),
        (date(2026, 3, 12), "soon", "Hạn hôm nay", "Due today"),
        (date(2026, 3, 13), "soon", "Còn 1 ngày làm việc", "1 working day left"),
        (date(2026, 3, 16), "soon", "Còn 2 ngày làm việc", "2 working days left"),
        (date(2026, 3, 17), "soon", "Còn 3 ngày làm việc", "3 working days left"),
        (date(2026, 3, 30), "ok", "Còn 12 ngày làm việc", "12 working days left"),
        (None, "none", "Không có thời hạn", "No due date"),
    ],
)
def test_a_due_date_is_said_in_working_days(
    office: Office, due: date | None, state: str, phrase: str, english: str
) -> None:
    with office.app.test_request_context("/"):
        said = due_words(at(due) if due else None, NOW, CALENDAR)
        assert (said.state, said.phrase) == (state, phrase)
        with force_locale("en"):
            assert due_words(at(due) if due else None, NOW, CALENDAR).phrase == english


def test_work_due_today_is_late_once_its_hour_has_passed(office: Office) -> None:
    with office.app.test_request_context("/"):
        said = due_words(datetime(2026, 3, 12, 2, tzinfo=UTC), NOW, CALENDAR)
    assert (said.state, said.phrase, said.day) == ("late", "Quá hạn hôm nay", "9h00, 12/3/2026")


def test_work_due_on_a_day_of_rest_is_late_by_at_least_one_day(office: Office) -> None:
    saturday, sunday = date(2026, 3, 14), datetime(2026, 3, 15, 3, tzinfo=UTC)
    with office.app.test_request_context("/"):
        assert due_words(at(saturday), sunday, CALENDAR).phrase == "Quá hạn 1 ngày"


def test_finished_work_says_whether_it_was_in_time(office: Office) -> None:
    with office.app.test_request_context("/"):
        assert done_words(NOW, at(date(2026, 3, 12)), CALENDAR).phrase == "Xong đúng hạn"
        assert done_words(NOW, at(date(2026, 3, 10)), CALENDAR).phrase == "Xong, quá hạn 2 ngày"
        assert done_words(NOW, None, CALENDAR).phrase == "Xong"


def test_days_times_and_numbers_are_written_as_in_offices_here(office: Office) -> None:
    assert day_words(date(2026, 3, 12)) == "12/3/2026"
    assert day_words(datetime(2026, 3, 11, 18, 30, tzinfo=UTC)) == "12/3/2026"
    assert time_words(NOW) == "10h42"
    assert number_words(1234.5) == "1.234,5"
    assert size_words(820_000) == "820 kB"
    assert size_words(1_430_000) == "1,4 MB"
    with office.app.test_request_context("/"):
        assert weekday_words(date(2026, 3, 12)) == "Thứ Năm, ngày 12/3/2026"
