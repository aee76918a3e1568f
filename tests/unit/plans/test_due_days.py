"""From the words of a plan to the due days of its year: rules that come round, by the working calendar of 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.calendars import WorkingCalendar, days
from domain.schedules import PlannedOccurrence, schedule
from plans.timing import read_timing

TET = frozenset(days(date(2026, 2, 16), date(2026, 2, 20)))
CALENDAR = WorkingCalendar(
    holidays=TET | {date(2026, 1, 1), date(2026, 4, 27), date(2026, 4, 30), date(2026, 5, 1), date(2026, 9, 2)}
)


def planned(text: str, *, report: bool = False) -> tuple[PlannedOccurrence, ...]:
    return schedule(read_timing(text, 2026).timings, 2026, CALENDAR, is_report=report)


def due(text: str, *, report: bool = False) -> dict[str, str]:
    """The due day of each occurrence, day and month."""
    found = planned(text, report=report)
    return {each.period: f"{each.due_date:%d/%m}" if each.due_date else "" for each in found}


def quarters(*days_: str) -> dict[str, str]:
    return {f"2026-Q{number}": day for number, day in enumerate(days_, start=1)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("chậm nhất ngày 16 của tháng cuối quý", quarters("16/03", "16/06", "16/09", "16/12")),
        ("Hằng quý (trước ngày 20 của tháng cuối quý)", quarters("19/03", "19/06", "18/09", "18/12")),
        ("trước ngày 15 của tháng đầu quý sau", quarters("14/04", "14/07", "14/10", "14/01")),
        ("Hằng quý, ngày 31 của tháng đầu quý", quarters("30/01", "29/04", "31/07", "30/10")),
        ("Hằng quý, chậm nhất 5 ngày làm việc sau khi kết thúc quý", quarters("07/04", "07/07", "07/10", "07/01")),
        ("ngày làm việc đầu tiên của quý", quarters("02/01", "01/04", "01/07", "01/10")),
        ("trước ngày 10/6 và 10/12 hằng năm", {"2026-06-10": "09/06", "2026-12-10": "09/12"}),
        ("Tháng 11 hằng năm", {"2026": "30/11"}),
        ("Hằng năm, trước ngày 15/12", {"2026": "14/12"}),
        ("Hằng năm (trước ngày 15/01/2027)", {"2026": "14/01"}),
        ("6 tháng, 1 năm", {"2026-H1": "30/06", "2026": "31/12"}),
        ("Định kỳ 6 tháng (trước 15/6), năm (trước 15/12)", {"2026-H1": "12/06", "2026": "14/12"}),
        ("trước 15/6, 15/12", {"2026-06-15": "12/06", "2026-12-15": "14/12"}),
        ("Hằng quý (tháng 2, 5, 8, 11)", quarters("27/02", "29/05", "31/08", "30/11")),
        (
            "Báo cáo quý I, 6 tháng và năm; quý III",
            {"2026-Q1": "31/03", "2026-H1": "30/06", "2026-Q3": "30/09", "2026": "31/12"},
        ),
        ("trước ngày 20 tháng cuối kỳ báo cáo", {"2026": "18/12"}),
    ],
)
def test_each_rule_gives_its_days_of_the_year(text: str, expected: dict[str, str]) -> None:
    assert due(text) == expected


@pytest.mark.parametrize(
    ("text", "january", "february", "november"),
    [
        ("Trước ngày 5 hằng tháng", "02/01", "04/02", "04/11"),
        ("ngày 25 hằng tháng", "23/01", "25/02", "25/11"),
        ("Hằng tháng, trước ngày 05 của tháng sau", "04/02", "04/03", "04/12"),
        ("Ngày 31 hằng tháng", "30/01", "27/02", "30/11"),
        ("tuần đầu tiên của tháng", "02/01", "06/02", "06/11"),
        ("tuần thứ 2 hằng tháng", "09/01", "13/02", "13/11"),
        ("ngày làm việc cuối cùng của tháng", "30/01", "27/02", "30/11"),
        ("Hằng tháng", "30/01", "27/02", "30/11"),
    ],
)
def test_each_monthly_rule_gives_its_day_of_every_month(text: str, january: str, february: str, november: str) -> None:
    found = due(text)
    assert len(found) == 12
    assert (found["2026-01"], found["2026-02"], found["2026-11"]) == (january, february, november)


def test_a_weekday_falls_before_a_day_of_rest_and_never_in_the_wrong_week() -> None:
    found = planned("thứ Sáu hằng tuần")
    assert len(found) == 53
    by_week = {each.period: each for each in found}
    assert by_week["2026-W04"].due_date == date(2026, 1, 23)
    assert by_week["2026-W18"].due_date == date(2026, 4, 29)
    assert "là ngày nghỉ: hạn là ngày làm việc liền trước" in by_week["2026-W18"].explanation
    assert by_week["2026-W08"].due_date == date(2026, 2, 13)  # a whole week of Tết
    assert all(each.opens_on <= each.due_date for each in found if each.due_date)


def test_two_days_a_month_are_two_occurrences_one_after_the_other() -> None:
    found = planned("Ngày 5 và ngày 20 hằng tháng")
    assert len(found) == 24
    first, second = found[:2]
    assert (first.period, first.due_date) == ("2026-01-05", date(2026, 1, 5))
    assert (second.period, second.due_date) == ("2026-01-20", date(2026, 1, 20))
    assert second.opens_on == date(2026, 1, 6)


def test_dates_of_one_row_open_one_after_another() -> None:
    first, second = planned("trước 15/6, 15/12")
    assert (first.opens_on, second.opens_on) == (date(2026, 1, 1), date(2026, 6, 13))


def test_a_date_inside_a_period_opens_with_the_period() -> None:
    found = planned("Hằng quý (25/3, 25/6, 25/9, 25/12)")
    assert [each.opens_on for each in found] == [date(2026, month, 1) for month in (1, 4, 7, 10)]
    assert found[2].explanation == "Kỳ quý III năm 2026: Chậm nhất ngày 25/9/2026: hạn là chính ngày đó"
    reports = planned("Hằng quý (25/3, 25/6, 25/9, 25/12)", report=True)
    assert [each.opens_on for each in reports] == [date(2026, month, 15) for month in (3, 6, 9, 12)]


def test_a_date_beside_a_rule_without_a_period_counts() -> None:
    assert due("Định kỳ theo quy định; trước 15/12") == {"2026-12-15": "14/12"}


def test_each_day_says_how_it_was_computed() -> None:
    first = planned("chậm nhất ngày 16 của tháng cuối quý")[0]
    assert first.explanation == "Kỳ quý I năm 2026: chậm nhất ngày 16 của tháng cuối quý: hạn 16/3/2026"
    before = planned("Trước ngày 5 hằng tháng")[3]
    assert before.explanation == (
        "Kỳ tháng 4 năm 2026: trước ngày 5 hằng tháng (5/4/2026): "
        "hạn là ngày làm việc cuối cùng trước ngày đó, 3/4/2026"
    )


def test_work_due_early_in_its_period_opens_before_it() -> None:
    march = planned("Trước ngày 5 hằng tháng")[2]
    assert march.due_date == date(2026, 3, 4)
    assert march.opens_on == date(2026, 2, 25)


def test_a_report_counts_from_its_cut_off_and_keeps_the_day_the_plan_prints() -> None:
    found = planned("Hằng quý, năm (ngày 16 tháng cuối kỳ báo cáo)", report=True)
    assert [(each.period, each.due_date) for each in found] == [
        ("2026-Q1", date(2026, 3, 16)),
        ("2026-Q2", date(2026, 6, 16)),
        ("2026-Q3", date(2026, 9, 16)),
        ("2026", date(2026, 12, 16)),
    ]
    assert found[0].opens_on == date(2026, 3, 15)
    assert found[0].explanation.startswith("Kỳ quý I năm 2026: số liệu từ 15/12/2025 đến 14/3/2026, chậm nhất ngày 16")


def test_a_rule_nobody_can_compute_says_so_and_how_it_was_taken_meanwhile() -> None:
    found = planned("Trước ngày 15 hằng quý")
    assert found[0].explanation == (
        "Chưa hiểu “Trước ngày 15 hằng quý” là ngày nào của kỳ, tạm tính như không ghi ngày. "
        "Kỳ quý I năm 2026: hạn là ngày làm việc cuối cùng, 31/3/2026"
    )


def test_what_is_awaited_beside_a_date_is_not_dropped_in_silence() -> None:
    (only,) = planned("Trước 30/6; khi có yêu cầu của Bộ")
    assert only.due_date == date(2026, 6, 29)
    assert only.explanation.endswith("; ngoài ra: “khi có yêu cầu của Bộ”")


def test_a_length_after_an_event_is_said_while_it_is_awaited() -> None:
    (only,) = planned("Trong vòng 10 ngày làm việc kể từ khi có Quyết định")
    assert only.due_date is None
    assert only.explanation == (
        "Chưa có thời hạn: chờ “Trong vòng 10 ngày làm việc kể từ khi có Quyết định”; "
        "khi đã rõ ngày, hạn tính trong 10 ngày làm việc kể từ ngày đó"
    )


def test_no_day_is_ever_later_than_its_rule() -> None:
    for text, limit in (("Trước ngày {} hằng tháng", -1), ("Chậm nhất ngày {} hằng tháng", 0)):
        for number in range(1, 29):
            for each in planned(text.format(number)):
                assert each.due_date is not None
                assert each.due_date <= date(2026, int(each.period[5:]), number) + timedelta(days=limit)
