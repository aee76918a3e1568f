"""What is written as a paper reads in again to the same rows."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.plans import Activity, LegalBasis, PlanHead, Signer, Timing
from plans.reader import read_plan
from plans.timing import read_timing
from plans.writing.docx import write_docx
from plans.writing.paper import Paper
from plans.writing.text import write_text
from plans.writing.times import timing_words
from plans.writing.xlsx import write_xlsx
from tests.unit.plans.conftest import draw_pdf
from tests.unit.plans.plan_values import YEAR, activities, timings

HEAD = PlanHead(
    title="Kế hoạch Kiểm soát thủ tục hành chính năm 2026",
    issuer="Sở Nông nghiệp và Môi trường tỉnh Yên Hà",
    province="Yên Hà",
    number="12/KH-SNNMT",
    date=date(2026, 1, 5),
    year=YEAR,
    signer=Signer("Nguyễn Văn Mẫu", "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC"),
    legal_bases=(LegalBasis("3/KH-UBND", date(2026, 1, 2), "Ủy ban nhân dân tỉnh Yên Hà"),),
    recipients=("UBND tỉnh (b/c)", "Sở: Nội vụ, Tư pháp", "Lưu: VT, VP"),
)
WRITERS: dict[str, Callable[[Paper], bytes]] = {"txt": write_text, "docx": write_docx, "xlsx": write_xlsx}
COMPARED = ("number", "section", "task", "products", "lead", "coordinating", "roles", "timing")


def content(rows: Sequence[Activity]) -> list[dict[str, object]]:
    return [{name: getattr(row, name) for name in COMPARED} for row in rows]


@st.composite
def plans(draw: st.DrawFn) -> list[Activity]:
    """Rows numbered through or "1.1" by section, those without a section first; a task is printed once."""
    found = draw(st.lists(activities, min_size=1, max_size=7, unique_by=lambda row: row.task))
    ordered = sorted(found, key=lambda row: row.section or "")
    by_section = draw(st.booleans())
    sections: list[str | None] = []
    numbered: list[Activity] = []
    inside = 0
    for index, row in enumerate(ordered, start=1):
        if row.section not in sections:
            sections, inside = [*sections, row.section], 0
        inside += 1
        numbered.append(replace(row, number=f"{len(sections)}.{inside}" if by_section else str(index)))
    return numbered


@pytest.mark.parametrize("kind", WRITERS)
@given(rows=plans())
@settings(max_examples=40, deadline=None)
def test_what_was_written_reads_in_again(kind: str, rows: list[Activity]) -> None:
    read = read_plan(WRITERS[kind](Paper(HEAD, rows)), f"ke-hoach.{kind}")
    assert content(read.activities) == content(rows)


@given(rows=plans())
@settings(max_examples=25, deadline=None)
def test_what_is_printed_into_a_pdf_reads_in_again(rows: list[Activity]) -> None:
    assume(not any(";" in product for row in rows for product in row.products))
    lines = write_text(Paper(HEAD, rows)).decode().splitlines()
    inside = [index for index, line in enumerate(lines) if "\t" in line]
    table = [line.split("\t") for line in lines[inside[0] : inside[-1] + 1] if line]
    before, after = ([line for line in part if line] for part in (lines[: inside[0]], lines[inside[-1] + 1 :]))
    read = read_plan(draw_pdf([(before, table, ()), (after, (), ())]), "ke-hoach.pdf")
    assert content(read.activities) == content(rows)


@given(timings)
def test_a_time_in_words_is_read_as_that_time(timing: Timing) -> None:
    assert read_timing(timing_words(timing), YEAR).timings == (timing,)


@pytest.mark.parametrize("kind", WRITERS)
def test_the_head_is_written_too(kind: str) -> None:
    row = Activity(
        task="Rà soát quy trình nội bộ",
        number="1",
        lead=("Văn phòng Sở",),
        timing=(Timing("year", year=2026, mode="within"),),
    )
    head = read_plan(WRITERS[kind](Paper(HEAD, [row])), f"ke-hoach.{kind}").plan
    assert (head.number, head.date, head.year, head.province) == (HEAD.number, HEAD.date, HEAD.year, HEAD.province)
    assert head.title == "Kế hoạch kiểm soát thủ tục hành chính năm 2026"
    assert head.issuer == HEAD.issuer
    assert head.signer == HEAD.signer
    assert head.legal_bases == HEAD.legal_bases
    assert head.recipients == HEAD.recipients


def test_the_annex_lies_across_and_repeats_its_header() -> None:
    rows = [
        Activity(task="Rà soát quy trình nội bộ", number="1", section="Chuẩn bị", lead=("Văn phòng Sở",)),
        Activity(task="Công bố danh mục", number="2", section="Công bố", lead=("Văn phòng Sở",)),
    ]
    document = docx.Document(io.BytesIO(write_docx(Paper(HEAD, rows))))
    portrait, landscape = document.sections
    assert portrait.page_width < portrait.page_height
    assert landscape.page_width > landscape.page_height
    table = document.tables[-1]
    repeated = [row._tr.trPr is not None and "tblHeader" in row._tr.trPr.xml for row in table.rows]
    assert repeated == [True, True, False, False, False, False]
    widths = {sum(cell.width for cell in row._tr.tc_lst) // 36000 for row in table.rows}
    assert widths <= {261, 262}
    assert [run.bold for run in table.rows[2].cells[1].paragraphs[0].runs] == [True]


def test_nothing_in_the_sheet_is_a_formula() -> None:
    rows = [Activity(task="=1+1 là việc rà soát", number="1", lead=("Văn phòng Sở",), timing_raw="Cả năm")]
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(Paper(HEAD, rows)))).active
    assert sheet is not None
    assert all(cell.data_type in ("s", "n") for row in sheet.iter_rows() for cell in row)


def test_a_cell_keeps_its_printed_words_as_long_as_they_say_the_same() -> None:
    row = Activity(task="Báo cáo", lead=("Văn phòng Sở",), lead_raw="Văn phòng Sở", timing_raw="Quý II/2026",
                   timing=(Timing("quarter", quarter="2026-Q2"),))  # fmt: skip
    (kept,) = Paper(HEAD, [row]).rows()
    (mended,) = Paper(HEAD, [replace(row, timing=(Timing("month", month="2026-05"),))]).rows()
    assert kept.cells["timing"] == "Quý II/2026"  # type: ignore[union-attr]
    assert mended.cells["timing"] == "Tháng 05/2026"  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", WRITERS)
def test_real_plans_keep_their_rows(kind: str) -> None:
    papers = sorted((Path(__file__).parents[4] / "shared" / "plans").glob("*.txt"))
    if not papers:
        pytest.skip("no real plans beside the checkout")
    for paper in papers:
        reading = read_plan(paper.read_bytes(), paper.name)
        again = read_plan(WRITERS[kind](Paper(reading.plan, reading.activities)), f"ke-hoach.{kind}")
        assert content(again.activities) == content(reading.activities), paper.name
