"""Dated duties in the prose that come round: the whole day they name is read."""

from __future__ import annotations

import pytest

from domain.plans import DueDay
from plans.duties import read_duties
from plans.passages import Passage


@pytest.mark.parametrize(
    ("words", "every", "day"),
    [
        ("trước ngày 15 của tháng đầu quý sau", "quarter", DueDay("next_month", 15, inclusive=False)),
        ("chậm nhất ngày 16 của tháng cuối quý", "quarter", DueDay("last_month", 16)),
        ("trước ngày 5 hằng tháng", "month", DueDay("last_month", 5, inclusive=False)),
        ("trước ngày 5 của tháng sau", "month", DueDay("next_month", 5, inclusive=False)),
        ("chậm nhất ngày 20 của tháng cuối kỳ 6 tháng", "half_year", DueDay("last_month", 20)),
    ],
)
def test_a_duty_of_every_period_names_its_day(words: str, every: str, day: DueDay) -> None:
    sentence = f"Các Chi cục gửi báo cáo về Văn phòng Sở {words} để tổng hợp."
    (duty,) = read_duties([Passage(sentence, 1)], 2026)
    (timing,) = duty.timing
    assert (timing.kind, timing.every, timing.due) == ("recurring", every, (day,))
    assert duty.who == "Các Chi cục"
