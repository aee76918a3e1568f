"""Rows copied out of a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Invalid
from domain.plans import Timing
from plans.pasting import read_pasted
from tests.unit.plans.plan_values import YEAR

ROW = ("1", "Rà soát quy trình nội bộ", "Báo cáo", "Văn phòng Sở", "Thanh tra Sở", "Quý II")


def copied(*rows: Sequence[str]) -> str:
    """As a spreadsheet puts cells on the clipboard."""
    stream = io.StringIO()
    csv.writer(stream, dialect="excel-tab").writerows(rows)
    return stream.getvalue()


@pytest.mark.parametrize("row", [ROW, ROW[1:]])
def test_rows_without_a_header_are_taken_in_the_usual_order(row: Sequence[str]) -> None:
    (read,) = read_pasted(copied(row), YEAR)
    assert (read.task, read.products, read.lead, read.coordinating, read.timing) == (
        "Rà soát quy trình nội bộ",
        ("Báo cáo",),
        ("Văn phòng Sở",),
        ("Thanh tra Sở",),
        (Timing("quarter", quarter="2026-Q2"),),
    )


def test_a_header_tells_another_order() -> None:
    (read,) = read_pasted(
        copied(("Thời gian", "Đơn vị chủ trì", "Nội dung công việc"), ("Tháng 3", "Thanh tra Sở", "Kiểm tra nội bộ")),
        YEAR,
    )
    assert (read.task, read.lead) == ("Kiểm tra nội bộ", ("Thanh tra Sở",))


def test_a_cell_with_line_breaks_is_one_cell_of_several_items() -> None:
    (read,) = read_pasted(copied((*ROW[:2], "- Kế hoạch\n- Báo cáo", *ROW[3:])), YEAR)
    assert read.products == ("Kế hoạch", "Báo cáo")


def test_titles_of_sections_stand_over_their_rows() -> None:
    rows = read_pasted(copied(("I", "Công tác chỉ đạo", "", "", "", ""), ROW), YEAR)
    assert [row.section for row in rows] == ["Công tác chỉ đạo"]


@pytest.mark.parametrize("text", ["", "chỉ một câu", "a\tb\tc", copied(*[ROW] * 501), "x" * 200_001])
def test_what_is_no_row_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        read_pasted(text, YEAR)


@given(st.text(max_size=400))
def test_any_text_gives_rows_or_is_refused(text: str) -> None:
    with suppress(Invalid):
        assert read_pasted(text, YEAR)
