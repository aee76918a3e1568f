"""The grammar of times, phrase by phrase; a plan of 2026."""

from __future__ import annotations

import time
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


def every(*values: str, due: list[dict[str, Any]] | None = None) -> list[dict[str, Any]]:
    days = {"due": due} if due else {}
    return [{"kind": "recurring", "every": value, **days} for value in values]


def on(of: str, day: int, *, before: bool = False, **more: object) -> dict[str, Any]:
    return {"of": of, "day": day, "inclusive": not before, **more}


def event(trigger: str, amount: int, unit: str = "day") -> list[dict[str, Any]]:
    return [{"kind": "event", "trigger": trigger, "offset": {"amount": amount, "unit": unit}}]


CASES: dict[str, list[dict[str, Any]]] = {
    "Trước ngày 31 tháng 01 năm 2025": [deadline("2025-01-31")],
    "Hoàn thành trước 1/6": [deadline("2026-06-01")],
    "Trước 17h00 ngày 05/3/2026": [deadline("2026-03-05", inclusive=True)],
    "Trước 10h00 ngày 05/3/2026": [deadline("2026-03-05")],
    "ngày 15 đến 20/6": [deadline("2026-06-20", inclusive=True)],
    "15-20/6/2026": [deadline("2026-06-20", inclusive=True)],
    "1-3/6/2026": [deadline("2026-06-03", inclusive=True)],
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
    "Mỗi năm 1 lần": every("year"),
    "mỗi năm 2 lần, mỗi quý một lần": every("half_year", "quarter"),
    "Trong 5 ngày đầu tháng": every("month", due=[on("first_month", 5)]),
    "3 ngày làm việc đầu tiên của quý": every("quarter", due=[on("working_day", 3)]),
    "Trước ngày 05 của tháng liền sau": every("month", due=[on("next_month", 5, before=True)]),
    "Báo cáo quý trước ngày 15 tháng cuối quý; báo cáo năm trước ngày 15/12": [
        *every("quarter", due=[on("last_month", 15, before=True)]), *every("year"), deadline("2026-12-15"),
    ],
    "6 tháng, 1 năm": every("half_year", "year"),
    "Trước ngày 5 hằng tháng": every("month", due=[on("last_month", 5, before=True)]),
    "ngày 25 hằng tháng": every("month", due=[on("last_month", 25)]),
    "Ngày 5, 15 và ngày 25 của mỗi tháng": every("month", due=[on("last_month", day) for day in (5, 15, 25)]),
    "từ ngày 15 đến ngày 20 hằng tháng": every("month", due=[on("last_month", 20)]),
    "Hằng tháng, trước ngày 25": every("month", due=[on("last_month", 25, before=True)]),
    "Hàng tháng trước ngày 05 của tháng kế tiếp": every("month", due=[on("next_month", 5, before=True)]),
    "chậm nhất vào ngày 16 của tháng cuối quý": every("quarter", due=[on("last_month", 16)]),
    "trước ngày 15 của tháng đầu quý sau": every("quarter", due=[on("next_month", 15, before=True)]),
    "Trong vòng ngày 10 của tháng đầu mỗi quý": every("quarter", due=[on("first_month", 10)]),
    "Hằng quý (trước ngày 20 của tháng cuối quý)": every("quarter", due=[on("last_month", 20, before=True)]),
    "Hằng quý, năm (ngày 20 tháng cuối kỳ báo cáo)": every("quarter", "year", due=[on("last_month", 20)]),
    "trước ngày 10/6 và 10/12 hằng năm": every(
        "year", due=[on("date", 10, before=True, month=6), on("date", 10, before=True, month=12)]
    ),
    "Tháng 12 hằng năm": every("year", due=[on("date", 31, month=12)]),
    "Quý I hằng năm": every("year", due=[on("date", 31, month=3)]),
    "thứ Sáu hằng tuần": every("week", due=[on("weekday", 5)]),
    "Thứ Hai, thứ Năm hằng tuần": every("week", due=[on("weekday", 1), on("weekday", 4)]),
    "Chậm nhất 17h00 thứ 6 hàng tuần": every("week", due=[on("weekday", 5)]),
    "tuần đầu tiên của tháng": every("month", due=[on("week", 1)]),
    "Tuần cuối mỗi quý": every("quarter", due=[on("week", -1)]),
    "ngày làm việc cuối cùng của tháng": every("month", due=[on("working_day", -1)]),
    "Hằng quý, chậm nhất 5 ngày làm việc sau khi kết thúc quý": every(
        "quarter", due=[on("after_end", 5, working=True)]
    ),
    "Hằng quý, sau khi kết thúc quý 10 ngày": every("quarter", due=[on("after_end", 10)]),
    "Định kỳ 6 tháng (trước 15/6), năm (trước 15/12)": [
        *every("half_year", "year"), deadline("2026-06-15"), deadline("2026-12-15"),
    ],
    "trước 15/6, 15/12": [deadline("2026-06-15"), deadline("2026-12-15")],
    "Cuối năm": [{"kind": "year", "year": 2026, "mode": "within"}],
    "Theo Kế hoạch số 9/KH-UBND ngày 05/01/2026 của tỉnh": [
        {"kind": "per_document", "reference": "Theo Kế hoạch số 9/KH-UBND ngày 05/01/2026 của tỉnh"},
    ],
    "Khi có hướng dẫn của Bộ": [{"kind": "event", "trigger": "Khi có hướng dẫn của Bộ"}],
    "Trong 05 ngày làm việc": event("Trong 05 ngày làm việc", 5, "working_day"),
    "Sau 15 ngày kể từ ngày ban hành": event("Sau 15 ngày kể từ ngày ban hành", 15),
    "Trong vòng 10 ngày làm việc kể từ khi có Quyết định": event(
        "Trong vòng 10 ngày làm việc kể từ khi có Quyết định", 10, "working_day"
    ),
    "30 ngày sau khi Nghị quyết được ban hành": event("30 ngày sau khi Nghị quyết được ban hành", 30),
    "2 tuần kể từ ngày họp": event("2 tuần kể từ ngày họp", 2, "week"),
    "6 tháng kể từ ngày Luật có hiệu lực": event("6 tháng kể từ ngày Luật có hiệu lực", 6, "month"),
    "Trước kỳ họp 15 ngày": event("Trước kỳ họp 15 ngày", -15),
    "Chậm nhất 03 ngày làm việc trước ngày họp": event("Chậm nhất 03 ngày làm việc trước ngày họp", -3, "working_day"),
    "Theo Kế hoạch của tỉnh, trong 10 ngày kể từ ngày ban hành": [
        {
            "kind": "per_document",
            "reference": "Theo Kế hoạch của tỉnh, trong 10 ngày kể từ ngày ban hành",
            "offset": {"amount": 10, "unit": "day"},
        }
    ],
    "Đợt xuất theo yêu cầu": [{"kind": "on_demand", "trigger": "Đợt xuất theo yêu cầu"}],
    "- Thường xuyên - Tháng 6": [{"kind": "continuous", "year": 2026}, *months("2026-06")],
    "Hằng quý, đột xuất theo yêu cầu": [*every("quarter"), {"kind": "on_demand", "trigger": "đột xuất theo yêu cầu"}],
}  # fmt: skip


@pytest.mark.parametrize("text", CASES)
def test_each_phrase_gives_its_times_and_leaves_no_doubt(text: str) -> None:
    assert read(text) == CASES[text]
    assert read_timing(text, YEAR).doubt is None
    assert is_time(text)


@pytest.mark.parametrize(
    ("text", "due"),
    [("Định kỳ theo quy định", []), ("trước ngày 20 tháng cuối kỳ báo cáo", [on("last_month", 20, before=True)])],
)
def test_a_rule_without_a_period_is_kept_and_asked_about(text: str, due: list[dict[str, Any]]) -> None:
    assert read(text) == every("per_regulation", due=due)
    assert read_timing(text, YEAR).doubt == f"“{text}” không ghi kỳ nào, tạm tính một lần trong năm"
    assert is_time(text)


@pytest.mark.parametrize("text", ["Trong tháng", "Quý", "6 tháng", "Ngày 15", "Đầu năm", "giữa năm 2026"])
def test_a_time_that_may_mean_several_things_is_asked_about(text: str) -> None:
    reading = read_timing(text, YEAR)
    assert reading.timings == ()
    assert reading.doubt


@pytest.mark.parametrize(
    "text", ["Trước ngày 15 hằng quý", "Hằng quý, trước ngày 25", "15 hằng tháng", "Hằng quý, tuần 2 tháng cuối"]
)
def test_a_day_nobody_can_compute_is_kept_as_printed_and_doubted(text: str) -> None:
    reading = read_timing(text, YEAR)
    assert [(timing.kind, timing.due) for timing in reading.timings] == [("recurring", ())]
    assert reading.timings[0].unread == text
    assert reading.doubt == f"“{text}” không nói rõ là ngày nào của kỳ"


@pytest.mark.parametrize(
    "text", ["01-03/2026", "đầu tháng 6", "Tuần 2 tháng 6", "giữa quý II/2026", "Báo cáo quý I, 6 tháng, quý III"]
)
def test_a_part_of_a_time_that_was_not_understood_is_named(text: str) -> None:
    reading = read_timing(text, YEAR)
    assert reading.timings
    assert reading.doubt
    assert "chưa hiểu" in reading.doubt


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


@pytest.mark.parametrize("words", ["ngày 1, ", "thứ 2, ", "trước ", "hằng ", "chậm nhất ", "từ 1 đến ", "5 ngày "])
def test_a_long_cell_of_half_said_times_is_read_at_once(words: str) -> None:
    started = time.process_time()
    read_timing(words * (20_000 // len(words)), YEAR)
    assert time.process_time() - started < 5
