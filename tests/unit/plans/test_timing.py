"""The grammar of times, phrase by phrase; a plan of 2026."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.output import timing_as_dict
from plans.timing import is_time, read_timing

YEAR = 2026


def read(text: str, year: int | None = YEAR) -> list[dict[str, Any]]:
    """The timings without the wording they were read from."""
    shown = [timing_as_dict(timing) for timing in read_timing(text, year).timings]
    return [{key: value for key, value in timing.items() if key != "rule"} for timing in shown]


def deadline(before: str, **more: object) -> dict[str, Any]:
    return {"kind": "deadline", "before": before, **more}


def months(*values: str) -> list[dict[str, Any]]:
    return [{"kind": "month", "month": value} for value in values]


def quarters(*values: str, **more: object) -> list[dict[str, Any]]:
    return [{"kind": "quarter", "quarter": value, **more} for value in values]


def every(*values: str) -> list[dict[str, Any]]:
    return [{"kind": "recurring", "every": value} for value in values]


CASES: dict[str, list[dict[str, Any]]] = {
    "Trước ngày 31 tháng 01 năm 2025": [deadline("2025-01-31")],
    "Hoàn thành trước 1/6": [deadline("2026-06-01")],
    "Trước 17h00 ngày 05/3/2026": [deadline("2026-03-05")],
    "Chậm nhất ngày 15/6 và 15/12": [deadline("2026-06-15", inclusive=True), deadline("2026-12-15", inclusive=True)],
    "trước ngày 25/2, ngày 25/5 và ngày 20/11/2027": [
        deadline("2027-02-25"), deadline("2027-05-25"), deadline("2027-11-20"),
    ],
    "Đến hết tháng 6": [deadline("2026-06-30", inclusive=True)],
    "Trước tháng 10/2026": [deadline("2026-10-01")],
    "Từ ngày 01/3 đến ngày 30/4": [deadline("2026-04-30", inclusive=True)],
    "Tháng 7": months("2026-07"),
    "03/2027": months("2027-03"),
    "T9/2026": months("2026-09"),
    "Tháng 3, 6, 9, 12/2025": months("2025-03", "2025-06", "2025-09", "2025-12"),
    "Tháng 03/2026 và tháng 9/2027": months("2026-03", "2027-09"),
    "Từ tháng 4 đến tháng 6": months("2026-04", "2026-05", "2026-06"),
    "Quí IV-2025": quarters("2025-Q4"),
    "Quý I, Quý III/2026": quarters("2026-Q1", "2026-Q3"),
    "Quý II - IV": quarters("2026-Q2", "2026-Q3", "2026-Q4"),
    "Q2/2027": quarters("2027-Q2"),
    "Tại cấp xã trong quý I": quarters("2026-Q1", scope="Tại cấp xã"),
    "6 tháng cuối năm": quarters("2026-Q3", "2026-Q4", scope="6 tháng cuối năm"),
    "Trong năm": [{"kind": "year", "year": 2026, "mode": "within"}],
    "Cả năm 2027": [{"kind": "year", "year": 2027, "mode": "throughout"}],
    "Giai đoạn 2026-2030": [{"kind": "year", "year": 2026, "until": 2030, "mode": "throughout"}],
    "Thường xuyên, liên tục": [{"kind": "continuous", "year": 2026}],
    "Thường xuyên trong năm 2027": [{"kind": "continuous", "year": 2027}],
    "Hàng Quý/ Năm": every("quarter", "year"),
    "Hằng tháng": every("month"),
    "Định kỳ 3 tháng/lần": every("quarter"),
    "Định kỳ 6 tháng và cuối năm": every("half_year", "year"),
    "Quý, 6 tháng, năm": every("quarter", "half_year", "year"),
    "02 lần/năm": every("half_year"),
    "Trước ngày 5 hằng tháng": every("month"),
    "chậm nhất vào ngày 16 của tháng cuối quý": every("quarter"),
    "Tháng 12 hằng năm": every("year"),
    "Định kỳ theo quy định": every("per_regulation"),
    "Theo Kế hoạch số 9/KH-UBND ngày 05/01/2026 của tỉnh": [
        {"kind": "per_document", "reference": "Theo Kế hoạch số 9/KH-UBND ngày 05/01/2026 của tỉnh"},
    ],
    "Khi có hướng dẫn của Bộ": [{"kind": "event", "trigger": "Khi có hướng dẫn của Bộ"}],
    "Trong 05 ngày làm việc": [{"kind": "event", "trigger": "Trong 05 ngày làm việc"}],
    "Đợt xuất theo yêu cầu": [{"kind": "on_demand", "trigger": "Đợt xuất theo yêu cầu"}],
    "- Thường xuyên - Tháng 6": [{"kind": "continuous", "year": 2026}, *months("2026-06")],
    "Hằng quý, đột xuất theo yêu cầu": [*every("quarter"), {"kind": "on_demand", "trigger": "đột xuất theo yêu cầu"}],
}  # fmt: skip


@pytest.mark.parametrize("text", CASES)
def test_each_phrase_gives_its_times_and_leaves_no_doubt(text: str) -> None:
    assert read(text) == CASES[text]
    assert read_timing(text, YEAR).doubt is None
    assert is_time(text)


@pytest.mark.parametrize("text", ["31/02/2026", "Tháng 13", "trước ngày 40/5", "?", "15"])
def test_a_time_that_cannot_be_is_doubted_and_not_invented(text: str) -> None:
    reading = read_timing(text, YEAR)
    assert reading.timings == ()
    assert reading.doubt


@pytest.mark.parametrize("text", ["Tháng 5", "Quý I", "trước ngày 3/4"])
def test_without_any_year_nothing_is_dated(text: str) -> None:
    reading = read_timing(text, None)
    assert reading.timings == ()
    assert reading.doubt


def test_what_is_no_time_is_taken_for_an_event_and_doubted() -> None:
    reading = read_timing("Phần mềm dùng chung của tỉnh", YEAR)
    assert [timing.kind for timing in reading.timings] == ["event"]
    assert reading.doubt is not None
    assert not is_time("Phần mềm dùng chung của tỉnh")


@pytest.mark.parametrize("text", ["Văn phòng Sở", "Các phòng thuộc Sở", "Báo cáo tổng kết năm", "Tờ trình"])
def test_units_and_products_are_not_taken_for_times(text: str) -> None:
    assert not is_time(text)


WORDS = st.sampled_from(
    (
        *("trước", "ngày", "tháng", "quý", "năm", "I", "II", "IV", "31", "2", "12", "2026", "/", "-", ",", ";", "và"),
        *("hàng", "đến", "hết", "thường", "xuyên", "định", "kỳ", "6", "lần", "theo", "khi", "(", ")", ".", "tuần"),
    )
)


@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_every_mix_of_its_words_is_read_without_failing_and_only_into_real_dates(text: str) -> None:
    for timing in read_timing(text, YEAR).timings:
        if timing.kind == "month":
            assert timing.month is not None
            assert 1 <= int(timing.month[5:]) <= 12
        if timing.kind == "quarter":
            assert timing.quarter is not None
            assert timing.quarter[-1] in "1234"
        if timing.kind == "deadline":
            assert timing.before is not None


@given(st.text(max_size=60))
def test_every_text_is_read_without_failing(text: str) -> None:
    read_timing(text, YEAR)
