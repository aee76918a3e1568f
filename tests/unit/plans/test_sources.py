"""The same plan gives the same reading, whatever file it comes in; harmful and hopeless files are refused."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from domain.errors import DocumentUnreadable
from plans.reader import read_plan
from tests.unit.plans.conftest import HEAD, HEADER, ROWS, Sample, draw_pdf

KINDS = ("text", "docx", "xlsx", "pdf")


@pytest.mark.parametrize("kind", KINDS)
def test_one_plan_reads_the_same_from_every_kind_of_file(kind: str) -> None:
    reading = read_plan(getattr(Sample(), kind)(), f"mau.{kind}")
    assert [a.number for a in reading.activities] == ["1", "2", "3"]
    assert [a.section for a in reading.activities] == ["Chuẩn bị", "Chuẩn bị", "Theo dõi"]
    first, second, third = reading.activities
    assert first.lead == ("Văn phòng Sở",)
    assert first.coordinating == ("Các phòng thuộc Sở",)
    assert first.timing[0].month == "2026-02"
    assert second.products == ("Tờ trình", "dự thảo Quyết định")
    assert second.timing[0].quarter == "2026-Q2"
    assert third.timing[0].every == "quarter"
    assert third.coordinating == ()
    assert reading.plan.number == "12/KH-SNNMT"
    assert reading.plan.date == date(2026, 1, 5)
    assert reading.plan.signer is not None
    assert reading.plan.signer.name == "Nguyễn Văn Mẫu"
    assert reading.plan.legal_bases[0].number == "3/KH-UBND"
    assert [(i.comparator, i.value, i.unit) for i in reading.indicators] == [(">=", 85.0, "%")]
    assert reading.obligations[0].timing[0].before == date(2026, 2, 10)


@pytest.mark.parametrize("kind", KINDS[1:])
def test_cells_merged_downward_and_across_are_read_as_merged(kind: str) -> None:
    header = (
        ("STT", "Nhiệm vụ", "Sản phẩm", "Đơn vị thực hiện", "", "Thời hạn"),
        ("", "", "", "Chủ trì", "Phối hợp", ""),
    )
    rows = (
        ("1", "Soạn dự thảo", "Dự thảo", "Văn phòng Sở", "Thanh tra Sở", "Tháng 3"),
        ("2", "Lấy ý kiến", "Bảng tổng hợp", "", "Phòng Pháp chế", "Tháng 4"),
    )
    spans = ((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 0, 4), (0, 5, 1, 5), (2, 3, 3, 3))
    sample = Sample(header=header, rows=rows, spans=spans)
    reading = read_plan(getattr(sample, kind)(), "mau")
    assert [a.lead for a in reading.activities] == [("Văn phòng Sở",), ("Văn phòng Sở",)]
    assert [a.coordinating for a in reading.activities] == [("Thanh tra Sở",), ("Phòng Pháp chế",)]
    assert reading.activities[1].lead_raw == ""
    assert any(note.field == "lead" for note in reading.activities[1].notes)


def test_a_blank_cell_that_is_not_merged_stays_empty_and_is_warned_about() -> None:
    rows = (
        ("1", "Soạn dự thảo", "Dự thảo", "Văn phòng Sở", "", "Tháng 3"),
        ("2", "Lấy ý kiến", "Bảng tổng hợp", "", "", ""),
    )
    reading = read_plan(
        Sample(rows=(("I", "Phần một", "", "", "", ""), *rows), spans=((1, 1, 1, 5),)).docx(), "mau.docx"
    )
    second = reading.activities[1]
    assert (second.lead, second.timing) == ((), ())
    assert sum("Nhiệm vụ 2" in warning for warning in reading.warnings) == 2


def test_a_table_that_goes_on_over_pdf_pages_is_one_table() -> None:
    one = (HEADER, ROWS[1], ("2", "Tổ chức lấy ý kiến của các đơn vị về", "Văn bản", "Văn phòng", "", "Tháng 3"))
    two = (("", "dự thảo quy trình", "", "Sở", "", ""), ("3", "Ban hành", "Quyết định", "Văn phòng Sở", "", "Tháng 5"))
    pdf = draw_pdf([(HEAD, one, ()), (["2"], two, ())])
    second, third = read_plan(pdf, "mau.pdf").activities[1:]
    assert second.task == "Tổ chức lấy ý kiến của các đơn vị về dự thảo quy trình"
    assert second.lead_raw == "Văn phòng Sở"
    assert third.number == "3"


def test_markdown_tables_are_read_like_tab_separated_ones() -> None:
    table = ["| " + " | ".join(HEADER) + " |", "|---" * len(HEADER) + "|"]
    table += ["| " + " | ".join(row) + " |" for row in ROWS]
    text = "\n\n".join(HEAD) + "\n\n" + "\n".join(table)
    reading = read_plan(text.encode(), "mau.md")
    assert [a.number for a in reading.activities] == ["1", "2", "3"]


def test_automatic_numbers_of_word_are_read() -> None:
    document = Sample(rows=(("", "Việc thứ nhất", "Báo cáo", "Văn phòng Sở", "", "Tháng 3"),)).docx()
    numbering = (
        '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:abstractNum w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="7"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num></w:numbering>'
    )
    listed = b'<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="90"/></w:numPr></w:pPr>'

    def in_first_cell(xml: bytes) -> bytes:
        row = xml.rindex(b"<w:tr>")
        paragraph = xml.index(b"<w:p", xml.index(b"</w:tcPr>", row))
        end = xml.index(b"</w:tc>", paragraph)
        return xml[:paragraph] + b"<w:p>" + listed + b"</w:p>" + xml[end:]

    changed = _changed(
        document, {"word/document.xml": in_first_cell, "word/numbering.xml": lambda _: numbering.encode()}
    )
    assert read_plan(changed, "mau.docx").activities[0].number == "7"


def test_tracked_deletions_are_left_out_and_insertions_read() -> None:
    document = Sample().docx()
    old = "<w:r><w:t>Danh sách</w:t></w:r>".encode()
    new = (
        '<w:del w:id="1" w:author="x"><w:r><w:delText>Danh sách</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="x"><w:r><w:t>Danh mục</w:t></w:r></w:ins>'
    ).encode()
    changed = _changed(document, {"word/document.xml": lambda xml: xml.replace(old, new)})
    assert read_plan(changed, "mau.docx").activities[0].products == ("Danh mục",)


@pytest.mark.parametrize(
    "content", [b"", b"   \n", b"%PDF-1.7 broken", b"PK\x03\x04 broken", b"\xff\xfe\x00", bytes(range(256))]
)
def test_empty_and_damaged_files_are_refused_with_a_reason(content: bytes) -> None:
    with pytest.raises(DocumentUnreadable) as refusal:
        read_plan(content, "hong.bin")
    assert "Cần" in str(refusal.value)
    assert refusal.value.english != str(refusal.value)


def test_prose_without_a_table_of_tasks_is_no_plan() -> None:
    with pytest.raises(DocumentUnreadable, match="bảng nhiệm vụ"):
        read_plan("Giấy mời họp\n\nKính gửi: các phòng.".encode(), "moi.txt")


def test_a_scanned_pdf_is_told_from_a_damaged_one() -> None:
    with pytest.raises(DocumentUnreadable, match="bản quét"):
        read_plan(draw_pdf([((), (), ()), ((), (), ())]), "quet.pdf")


def test_old_office_files_are_asked_for_in_a_new_format() -> None:
    with pytest.raises(DocumentUnreadable, match="đời cũ"):
        read_plan(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "cu.doc")


def test_huge_files_are_refused_before_they_are_read() -> None:
    with pytest.raises(DocumentUnreadable, match="MB"):
        read_plan(b"x" * 31_000_000, "to.txt")
    with pytest.raises(DocumentUnreadable, match="quá dài"):
        read_plan("từ ngữ dài dòng\n".encode() * 200_000, "dai.txt")

    with pytest.raises(DocumentUnreadable, match="đoạn quá dài"):
        read_plan(b"x " * 15_000, "mot-dong.txt")


def test_an_archive_that_swells_is_refused() -> None:
    bomb = _changed(
        Sample().docx(), {"word/document.xml": lambda xml: xml.replace(b"</w:body>", b" " * 90_000_000 + b"</w:body>")}
    )
    assert len(bomb) < 1_000_000
    with pytest.raises(DocumentUnreadable, match="giải nén"):
        read_plan(bomb, "bom.docx")


def test_xml_that_declares_entities_is_refused_and_reads_no_other_file() -> None:
    def with_entity(xml: bytes) -> bytes:
        head, body = xml.split(b"?>", 1)
        return head + b'?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + body.replace(b"Danh s", b"&x;", 1)

    hostile = _changed(Sample().docx(), {"word/document.xml": with_entity})
    with pytest.raises(DocumentUnreadable, match="thực thể"):
        read_plan(hostile, "xxe.docx")


def test_numbers_and_dates_of_a_sheet_are_read_as_shown() -> None:
    import openpyxl

    workbook = openpyxl.load_workbook(io.BytesIO(Sample().xlsx()))
    sheet = workbook.active
    assert sheet is not None
    for row in sheet.iter_rows():
        if row[0].value == "1":
            row[0].value = 1
            row[5].value = date(2026, 3, 31)
    stream = io.BytesIO()
    workbook.save(stream)
    first = read_plan(stream.getvalue(), "mau.xlsx").activities[0]
    assert first.number == "1"
    assert first.timing_raw == "31/03/2026"
    assert first.timing[0].before == date(2026, 3, 31)


def _changed(archive: bytes, changes: dict[str, object]) -> bytes:
    """The archive with some parts passed through functions."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            change = changes.get(name)
            target.writestr(name, change(content) if callable(change) else content)
    return out.getvalue()
