"""The due days of a report's periods: as the rule prints them, never later."""

from __future__ import annotations

import pytest

from domain.calendars import WorkingCalendar
from domain.plans import ReportingRule
from office.report_series import periods_of

CALENDAR = WorkingCalendar()


def due(rule: ReportingRule) -> dict[str, str]:
    return {period.name: f"{day:%d/%m}" for period, day in periods_of(rule, 2026, CALENDAR).items()}


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (None, {"2026-Q1": "20/03", "2026-Q2": "19/06", "2026-Q3": "18/09", "2026": "18/12"}),
        ("không rõ", {"2026-Q1": "20/03", "2026-Q2": "19/06", "2026-Q3": "18/09", "2026": "18/12"}),
        (
            "chậm nhất vào ngày 16 của tháng cuối quý",
            {"2026-Q1": "16/03", "2026-Q2": "16/06", "2026-Q3": "16/09", "2026": "16/12"},
        ),
        (
            "trước ngày 20 của tháng cuối kỳ báo cáo",
            {"2026-Q1": "19/03", "2026-Q2": "19/06", "2026-Q3": "18/09", "2026": "18/12"},
        ),
        (
            "trước ngày 10 của tháng đầu quý sau",
            {"2026-Q1": "09/04", "2026-Q2": "09/07", "2026-Q3": "09/10", "2026": "08/01"},
        ),
        (
            "trước ngày 25/2, ngày 25/5, ngày 25/8 và ngày 20/11",
            {"2026-Q1": "24/02", "2026-Q2": "22/05", "2026-Q3": "24/08", "2026": "19/11"},
        ),
    ],
)
def test_the_day_a_rule_prints_holds_for_each_period(printed: str | None, expected: dict[str, str]) -> None:
    assert due(ReportingRule("Báo cáo", ("quarter", "year"), due=printed)) == expected


def test_several_dates_in_one_period_mean_the_last() -> None:
    rule = ReportingRule("Báo cáo", ("half_year",), due="trước ngày 20/2, trước ngày 25/5")
    assert due(rule) == {"2026-H1": "22/05", "2026-H2": "18/12"}


def test_a_report_without_periods_has_none() -> None:
    assert periods_of(ReportingRule("Báo cáo đột xuất", ("on_demand",)), 2026, CALENDAR) == {}
