"""A plan of an invented department, and the files it may come in."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import docx
import openpyxl
import pytest

from domain.plans import PlanReading
from plans.reader import read_plan

HEAD = (
    "Số: 12/KH-SNNMT",
    "Yên Hà, ngày 05 tháng 01 năm 2026",
    "KẾ HOẠCH",
    "Rà soát quy trình nội bộ năm 2026",
    "Căn cứ Kế hoạch số 3/KH-UBND ngày 02/01/2026 của Ủy ban nhân dân tỉnh Yên Hà về rà soát quy trình;",
    "Sở Nông nghiệp và Môi trường tỉnh Yên Hà xây dựng kế hoạch như sau:",
    "I. MỤC TIÊU",
    "- Ít nhất 85% hồ sơ được trả đúng hẹn.",
    "II. NHIỆM VỤ",
)
TAIL = (
    "III. TỔ CHỨC THỰC HIỆN",
    "1. Các chi cục trực thuộc Sở",
    "Gửi kế hoạch của đơn vị về Sở trước ngày 10/02/2026.",
    "Nơi nhận:",
    "- Lưu: VT.",
    "GIÁM ĐỐC",
    "Nguyễn Văn Mẫu",
)
HEADER = ("STT", "Nhiệm vụ", "Sản phẩm", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian thực hiện")
ROWS = (
    ("I", "Chuẩn bị", "", "", "", ""),
    ("1", "Lập danh sách quy trình cần rà soát", "Danh sách", "Văn phòng Sở", "Các phòng thuộc Sở", "Tháng 2"),
    ("2", "Trình phê duyệt phương án", "Tờ trình; dự thảo Quyết định", "Phòng Kế hoạch", "Thanh tra Sở", "Quý II/2026"),
    ("II", "Theo dõi", "", "", "", ""),
    ("3", "Báo cáo tiến độ", "Báo cáo", "Văn phòng Sở", "", "Hằng quý"),
)


@dataclass(frozen=True)
class Sample:
    """A plan as lines and rows; `text()` is the tab-separated file it makes."""

    head: Sequence[str] = HEAD
    header: Sequence[Sequence[str]] = (HEADER,)
    rows: Sequence[Sequence[str]] = ROWS
    tail: Sequence[str] = TAIL
    spans: Sequence[tuple[int, int, int, int]] = field(default=())
    """Merged areas of the table: first row, first column, last row, last column, from 0, the header included."""

    @property
    def table(self) -> list[Sequence[str]]:
        return [*self.header, *self.rows]

    def text(self) -> bytes:
        lines = ["\n\n".join(self.head), "\n".join("\t".join(row) for row in self.table), "\n\n".join(self.tail)]
        return "\n\n".join(lines).encode()

    def docx(self) -> bytes:
        document = docx.Document()
        for line in self.head:
            document.add_paragraph(line)
        table = document.add_table(len(self.table), len(self.header[0]))
        for row, texts in zip(table.rows, self.table, strict=True):
            for cell, text in zip(row.cells, texts, strict=False):
                cell.text = text
        for top, left, bottom, right in self.spans:
            kept = table.cell(top, left).text
            table.cell(top, left).merge(table.cell(bottom, right)).text = kept
        for line in self.tail:
            document.add_paragraph(line)
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()

    def xlsx(self) -> bytes:
        workbook = openpyxl.Workbook()
        sheet = workbook.active
        assert sheet is not None
        sheet.title = "Kế hoạch"
        for line in self.head:
            sheet.append([line])
        sheet.append([])
        first = len(self.head) + 2
        for row in self.table:
            sheet.append([text or None for text in row])
        for top, left, bottom, right in self.spans:
            sheet.merge_cells(
                start_row=first + top, start_column=left + 1, end_row=first + bottom, end_column=right + 1
            )
        sheet.append([])
        for line in self.tail:
            sheet.append([line])
        stream = io.BytesIO()
        workbook.save(stream)
        return stream.getvalue()

    def pdf(self) -> bytes:
        return draw_pdf([(self.head, self.table, self.spans), (self.tail, (), ())])


@pytest.fixture
def sample() -> Sample:
    return Sample()


@pytest.fixture
def read() -> Callable[..., PlanReading]:
    """Read the text of a sample with these rows (and, if wanted, another header or head)."""

    def read_rows(*rows: Sequence[str], **changes: object) -> PlanReading:
        return read_plan(Sample(rows=rows, **changes).text(), "mau.txt")  # type: ignore[arg-type]

    return read_rows


HEIGHT = 2600
Page = tuple[Sequence[str], Sequence[Sequence[str]], Sequence[tuple[int, int, int, int]]]


def draw_pdf(pages: Sequence[Page]) -> bytes:
    """A PDF with lines of text and one ruled table a page, its text readable through a ToUnicode map."""
    streams = [_page_stream(*page).encode("ascii") for page in pages]
    letters = sorted(
        {letter for lines, table, _ in pages for text in [*lines, *(c for r in table for c in r)] for letter in text}
    )
    mapping = "\n".join(f"<{ord(letter):04X}> <{ord(letter):04X}>" for letter in letters)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(letters)} beginbfchar\n{mapping}\nendbfchar endcmap end end"
    ).encode("ascii")
    kids = " ".join(f"{7 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Sample /Encoding /Identity-H /DescendantFonts [4 0 R]"
        b" /ToUnicode 5 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Sample /DW 500 /FontDescriptor 6 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap),
        b"<< /Type /FontDescriptor /FontName /Sample /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800"
        b" /Descent -200 /CapHeight 700 /StemV 80 >>",
    ]
    for index, stream in enumerate(streams):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1300 {HEIGHT}] /Contents {8 + 2 * index} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    return _assembled(objects)


def _page_stream(
    lines: Sequence[str], table: Sequence[Sequence[str]], spans: Sequence[tuple[int, int, int, int]]
) -> str:
    commands: list[str] = []
    top = HEIGHT - 80.0
    for line in lines:
        for part in _wrapped(line, 230):
            commands.append(_shown(part, 60, top))
            top -= 16
    hidden = {
        (row, column)
        for first, left, last, right in spans
        for row in range(first, last + 1)
        for column in range(left, right + 1)
        if (row, column) != (first, left)
    }
    width = 165.0
    tops = [top]
    for texts in table:
        tops.append(tops[-1] - 8 - 11 * max(len(_wrapped(text, int(width // 5) - 2)) for text in texts))
    for row, texts in enumerate(table):
        for column, text in enumerate(texts):
            if (row, column) in hidden:
                continue
            span = next((s for s in spans if s[:2] == (row, column)), (row, column, row, column))
            left, across = 50 + column * width, (span[3] - column + 1) * width
            commands.append(f"{left} {tops[span[2] + 1]} {across} {tops[row] - tops[span[2] + 1]} re S")
            for index, part in enumerate(_wrapped(text, int(across // 5) - 2)):
                commands.append(_shown(part, left + 4, tops[row] - 12 - 11 * index))
    return "\n".join(commands)


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) + 1 > width and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _shown(text: str, x: float, y: float) -> str:
    codes = "".join(f"{ord(letter):04X}" for letter in text)
    return f"BT /F1 9 Tf {x} {y} Td <{codes}> Tj ET"


def _assembled(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)
