"""What holds for every time the grammar can say: said in words it is read as itself, and nothing is made up."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendars import WorkingCalendar
from domain.due_days import due_words
from domain.periods import Every
from domain.plans import DueDay, DueOf, Timing
from domain.schedules import schedule
from plans.readings import alternatives
from plans.timing import read_timing
from plans.writing.times import timing_words

YEAR = 2026
CALENDAR = WorkingCalendar(holidays=frozenset({date(2026, 1, 1), date(2026, 4, 30), date(2026, 5, 1)}))
spans: st.SearchStrategy[Every] = st.sampled_from(("month", "quarter", "half_year", "year"))
bounds = st.booleans()


def recurring(every: Every, *due: DueDay) -> Timing:
    return Timing("recurring", every=every, due=due)


def due_days(*of: DueOf, days: st.SearchStrategy[int]) -> st.SearchStrategy[DueDay]:
    return st.builds(lambda of, day, ends: DueDay(of, day, inclusive=ends), st.sampled_from(of), days, bounds)


monthly = due_days("last_month", "next_month", days=st.integers(1, 31))
in_month = due_days("first_month", "last_month", "next_month", days=st.integers(1, 31))
counted = due_days("week", "working_day", days=st.sampled_from((1, 2, 3, -1)))
after_end = st.builds(lambda day, working: DueDay("after_end", day, working=working), st.integers(1, 30), bounds)
weekdays = st.builds(lambda day, ends: DueDay("weekday", day, inclusive=ends), st.integers(1, 7), bounds)
days_of_year = st.dates(date(YEAR, 1, 1), date(YEAR, 12, 31))


def dates_of(days: list[date], ends: bool) -> Timing:
    return recurring("year", *(DueDay("date", day.day, day.month, inclusive=ends) for day in days))


recurrences = st.one_of(
    st.builds(lambda days: recurring("month", *days), st.lists(monthly, min_size=1, max_size=3, unique=True)),
    st.builds(recurring, st.sampled_from(("quarter", "half_year", "year")), in_month),
    st.builds(recurring, st.just("quarter"), in_month, in_month).filter(lambda each: each.due[0] != each.due[1]),
    st.builds(recurring, spans, counted),
    st.builds(recurring, spans, after_end),
    st.builds(lambda days: recurring("week", *days), st.lists(weekdays, min_size=1, max_size=2, unique=True)),
    st.builds(dates_of, st.lists(days_of_year, min_size=1, max_size=3, unique=True), bounds),
    st.builds(recurring, st.one_of(spans, st.just("week"))),
)
dated = st.one_of(
    st.builds(lambda day, ends: Timing("deadline", before=day, inclusive=ends), days_of_year, bounds),
    st.builds(lambda month: Timing("month", month=f"{YEAR}-{month:02d}"), st.integers(1, 12)),
    st.builds(lambda quarter: Timing("quarter", quarter=f"{YEAR}-Q{quarter}"), st.integers(1, 4)),
    st.sampled_from((Timing("year", year=YEAR, mode="within"), Timing("continuous", year=YEAR))),
)


def unworded(timings: tuple[Timing, ...]) -> list[Timing]:
    """The timings without the words they were read from."""
    return [replace(timing, rule=None) for timing in timings]


@given(recurrences)
def test_a_rule_in_words_is_read_as_that_rule(timing: Timing) -> None:
    reading = read_timing(timing_words(timing), YEAR)
    assert unworded(reading.timings) == [timing]
    assert reading.doubt is None


@given(
    st.lists(st.one_of(recurrences, dated), min_size=1, max_size=4, unique=True), st.sampled_from(("; ", "\n", ";\n"))
)
def test_times_said_one_after_another_are_read_one_after_another(timings: list[Timing], between: str) -> None:
    reading = read_timing(between.join(timing_words(timing) for timing in timings), YEAR)
    assert unworded(reading.timings) == timings
    assert reading.doubt is None


@given(spans, in_month)
def test_the_day_in_brackets_belongs_to_the_period_before_it(every: Every, day: DueDay) -> None:
    if every == "month":
        day = replace(day, of="last_month")
    text = f"{timing_words(recurring(every))} ({due_words(day, every)})"
    assert unworded(read_timing(text, YEAR).timings) == [recurring(every, day)]


WORDS = st.sampled_from(
    (
        *("trước", "ngày", "tháng", "quý", "năm", "tuần", "kỳ", "báo cáo", "thứ", "Sáu", "hai", "I", "IV", "31", "2"),
        *("12", "2026", "2027", "/", "-", ",", ";", "và", "hằng", "mỗi", "đến", "hết", "chậm nhất", "thường xuyên"),
        *("định kỳ", "6", "15", "lần", "theo", "khi", "(", ")", ".", "cuối", "đầu", "giữa", "sau", "của", "làm việc"),
        *("kể từ", "kết thúc", "trong vòng", "tiếp theo", "cuối cùng", "đầu tiên", "mùng", "so với", "từ", "trong"),
    )
)


@given(st.lists(WORDS, max_size=16).map(" ".join))
def test_no_mix_of_words_fails_or_gives_a_number_the_text_does_not_have(text: str) -> None:
    printed = {int(number) for number in re.findall(r"\d+", text)} | {YEAR}
    for timing in read_timing(text, YEAR).timings:
        if timing.offset is not None:
            assert abs(timing.offset.amount) in printed
        if timing.kind == "deadline" and not re.search(r"đến|hết|trước|chậm nhất", text):
            assert timing.before is not None
            assert {timing.before.day, timing.before.month} <= printed
        for day in timing.due:
            if day.of in ("first_month", "last_month", "next_month", "after_end") and day.day not in (1, 31):
                assert day.day in printed


@given(st.lists(WORDS, max_size=16).map(" ".join), st.booleans())
def test_every_reading_can_be_scheduled_and_explained(text: str, report: bool) -> None:
    found = schedule(read_timing(text, YEAR).timings, YEAR, CALENDAR, is_report=report)
    assert found
    assert len({each.period for each in found}) == len(found)
    for each in found:
        assert each.explanation
        if each.due_date is not None:
            assert CALENDAR.is_working(each.due_date)
            assert each.opens_on <= each.due_date


@given(recurrences, st.booleans())
def test_every_rule_is_due_in_order_and_never_twice(timing: Timing, report: bool) -> None:
    found = [each for each in schedule([timing], YEAR, CALENDAR, is_report=report) if each.due_date]
    assert [each.due_date for each in found] == sorted(each.due_date for each in found if each.due_date)
    assert len({each.period for each in found}) == len(found)


@given(st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=6).map(" ".join)))
def test_what_is_offered_for_any_text_can_be_scheduled(text: str) -> None:
    for each in alternatives(text, YEAR, date(YEAR, 2, 5)):
        assert each.text
        assert each.english
        assert each.timing
        assert schedule(each.timing, YEAR, CALENDAR)


@pytest.mark.parametrize(
    "text",
    ["Ngày 15", "Trước ngày 25", "6 tháng", "Đầu năm", "đầu tháng 6", "trước ngày 15 hằng quý", "Định kỳ", "01-03/2026",
     "31/02/2026", "Tuần 2 tháng 6", "trước ngày 20 tháng cuối kỳ báo cáo", "Năm", "2026-2027"],
)  # fmt: skip
def test_what_is_offered_says_in_words_what_it_means(text: str) -> None:
    found = alternatives(text, YEAR, date(YEAR, 2, 5))
    assert len(found) >= 2
    assert len({each.timing for each in found}) == len(found)
    for each in found:
        words = "; ".join(timing_words(timing) for timing in each.timing)
        assert unworded(read_timing(words, YEAR).timings) == unworded(each.timing)


def test_the_month_of_issue_is_offered_when_the_plan_is_dated() -> None:
    undated = [each.text for each in alternatives("Trong tháng", YEAR)]
    issued = [each.text for each in alternatives("Trong tháng", YEAR, date(2026, 2, 5))]
    assert undated == ["Hằng tháng", "Khi phát sinh, không định trước"]
    assert issued == ["Hằng tháng", "Trong tháng ban hành kế hoạch (2/2026)", "Khi phát sinh, không định trước"]


@pytest.mark.parametrize(
    "text", ["", "Tháng 5", "Quý III/2026", "Hằng quý", "Văn phòng Sở", "Tháng 13", "trước ngày 40/5"]
)
def test_nothing_is_offered_where_there_is_nothing_to_choose(text: str) -> None:
    assert alternatives(text, YEAR) == ()
