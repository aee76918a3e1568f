"""Times a row states become occurrences with due days that explain themselves."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendars import WorkingCalendar
from domain.periods import Every, label, merged, periods, quarter_of, year_of
from domain.plans import Timing
from domain.schedules import check_in_dates, schedule

CALENDAR = WorkingCalendar(
    holidays=frozenset({date(2026, 12, 31), date(2026, 3, 31)}), provisional_years=frozenset({2027})
)


def names(*timing: Timing, report: bool = False, year: int = 2026) -> list[str]:
    return [each.period for each in schedule(timing, year, CALENDAR, is_report=report)]


def test_before_a_day_is_due_on_the_working_day_before_it() -> None:
    (only,) = schedule([Timing("deadline", before=date(2026, 2, 2))], 2026, CALENDAR)
    assert only.due_date == date(2026, 1, 30)
    assert only.explanation == "Trước ngày 2/2/2026: hạn là ngày làm việc cuối cùng trước ngày đó, 30/1/2026"


def test_by_a_day_of_rest_is_due_before_it_and_by_a_working_day_on_it() -> None:
    (sunday,) = schedule([Timing("deadline", before=date(2026, 6, 14), inclusive=True)], 2026, CALENDAR)
    (monday,) = schedule([Timing("deadline", before=date(2026, 6, 15), inclusive=True)], 2026, CALENDAR)
    assert sunday.due_date == date(2026, 6, 12)
    assert "ngày nghỉ" in sunday.explanation
    assert monday.due_date == date(2026, 6, 15)


def test_months_and_quarters_end_with_their_last_working_day() -> None:
    march, second = schedule([Timing("quarter", quarter="2026-Q2"), Timing("month", month="2026-03")], 2026, CALENDAR)
    assert (march.period, march.due_date) == ("2026-03", date(2026, 3, 30))
    assert (second.period, second.due_date) == ("2026-Q2", date(2026, 6, 30))
    assert second.explanation.startswith("Quý II năm 2026: ")


def test_several_months_are_several_occurrences_and_the_same_one_twice_is_one() -> None:
    months = [Timing("month", month=f"2026-{month:02d}") for month in (9, 3, 6, 3)]
    assert names(*months) == ["2026-03", "2026-06", "2026-09"]


def test_a_quarterly_and_yearly_report_has_no_fourth_quarter_of_its_own() -> None:
    both = (Timing("recurring", every="quarter"), Timing("recurring", every="year"))
    assert names(*both) == ["2026-Q1", "2026-Q2", "2026-Q3", "2026"]
    assert names(both[0]) == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]


def test_a_report_opens_after_the_cut_off_and_is_due_by_the_twentieth() -> None:
    first = schedule([Timing("recurring", every="quarter")], 2026, CALENDAR, is_report=True)[0]
    assert (first.opens_on, first.due_date) == (date(2026, 3, 15), date(2026, 3, 20))
    assert "số liệu từ 15/12/2025 đến 14/3/2026" in first.explanation


def test_three_months_at_a_time_are_a_quarter_and_six_half_a_year() -> None:
    assert names(Timing("recurring", every="month", interval=3)) == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    assert names(Timing("recurring", every="month", interval=6)) == ["2026-H1", "2026-H2"]


def test_per_regulation_is_once_a_year_and_says_that_it_is_a_guess() -> None:
    (only,) = schedule([Timing("recurring", every="per_regulation")], 2026, CALENDAR)
    assert only.due_date == date(2026, 12, 30)
    assert "tạm tính" in only.explanation


def test_continuous_work_is_the_year_and_dated_work_beside_it_counts_more() -> None:
    continuous = Timing("continuous", year=2026)
    assert names(continuous) == ["2026"]
    assert names(continuous, Timing("quarter", quarter="2026-Q1", scope="Tại cấp xã")) == ["2026-Q1"]


def test_awaited_work_has_no_day_and_says_what_it_waits_for() -> None:
    (only,) = schedule([Timing("per_document", reference="Theo Kế hoạch của UBND tỉnh")], 2026, CALENDAR)
    assert only.due_date is None
    assert only.explanation == "Chưa có thời hạn: chờ “Theo Kế hoạch của UBND tỉnh”"
    assert names() == ["once"]


def test_a_year_whose_order_is_not_known_is_marked() -> None:
    (only,) = schedule([Timing("month", month="2027-03")], 2027, CALENDAR)
    assert "tạm tính" in only.explanation


def test_check_ins_fall_on_the_ends_of_the_quarters_left() -> None:
    assert check_in_dates(2026, CALENDAR, from_date=date(2026, 5, 1)) == (
        date(2026, 6, 30),
        date(2026, 9, 30),
        date(2026, 12, 30),
    )


TIMINGS = st.lists(
    st.one_of(
        st.builds(lambda day: Timing("deadline", before=day), st.dates(date(2026, 1, 10), date(2026, 12, 31))),
        st.builds(lambda month: Timing("month", month=f"2026-{month:02d}"), st.integers(1, 12)),
        st.builds(lambda quarter: Timing("quarter", quarter=f"2026-Q{quarter}"), st.integers(1, 4)),
        st.builds(
            lambda every: Timing("recurring", every=every), st.sampled_from(["week", "month", "quarter", "year"])
        ),
        st.builds(lambda: Timing("continuous", year=2026)),
        st.builds(lambda: Timing("event", trigger="Khi có hướng dẫn")),
        st.builds(lambda: Timing("year", year=2026, mode="within")),
    ),
    max_size=5,
)


@given(TIMINGS, st.booleans())
def test_for_every_row_periods_are_distinct_and_due_days_worked_and_explained(
    timing: list[Timing], report: bool
) -> None:
    found = schedule(timing, 2026, CALENDAR, is_report=report)
    assert found
    assert len({each.period for each in found}) == len(found)
    for each in found:
        assert each.explanation
        if each.due_date is not None:
            assert CALENDAR.is_working(each.due_date)
            assert each.opens_on <= each.due_date


@pytest.mark.parametrize(
    ("every", "count"), [("week", 53), ("month", 12), ("quarter", 4), ("half_year", 2), ("year", 1)]
)
def test_a_year_has_so_many_periods(every: Every, count: int) -> None:
    found = periods(every, 2026)
    assert len(found) == count
    assert all(one.last < two.first for one, two in pairwise(found))


def test_the_year_report_counts_from_the_fifteenth_of_december_before() -> None:
    year = year_of(2026)
    assert (year.data_from, year.data_to, year.reporting_from) == (
        date(2025, 12, 15),
        date(2026, 12, 14),
        date(2026, 12, 15),
    )
    assert quarter_of(2026, 3).data_from == date(2026, 6, 15)
    assert [each.name for each in merged(("half_year", "quarter"), 2026)] == [
        "2026-Q1",
        "2026-H1",
        "2026-Q3",
        "2026-H2",
    ]


def test_periods_are_called_as_people_call_them() -> None:
    called = {name: label(name) for name in ("2026", "2026-Q4", "2026-H1", "2026-03", "2026-W05", "2026-01-31", "once")}
    assert called == {
        "2026": "năm 2026",
        "2026-Q4": "quý IV năm 2026",
        "2026-H1": "6 tháng đầu năm 2026",
        "2026-03": "tháng 3 năm 2026",
        "2026-W05": "tuần 5 năm 2026",
        "2026-01-31": "ngày 31/1/2026",
        "once": "",
    }
