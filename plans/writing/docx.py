"""A plan as a Word document in the form of official papers (Nghị định 30/2020/NĐ-CP), its table landscape."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from plans.writing.paper import COUNTRY, LABELS, UNITS_LABEL, GroupRow, Paper, Role

FONT = "Times New Roman"
TABLE_MM = 262
"""What A4 lying across leaves between its margins."""
WIDTHS_MM: dict[Role, int] = {
    "number": 12,
    "objective": 35,
    "task": 75,
    "products": 45,
    "lead": 40,
    "coordinating": 45,
    "timing": 30,
}


def write_docx(paper: Paper) -> bytes:
    """The plan as .docx: head, title, bases, body, recipients and signature, then the table as an annex."""
    document: Any = docx.Document()
    properties = document.core_properties
    properties.title, properties.author, properties.language = paper.title, "", "vi-VN"
    _set_normal(document)
    _set_page(document.sections[0])
    _write_top(document, paper)
    _line(document, "KẾ HOẠCH", size=14, bold=True, align=ALIGN.CENTER, before=12)
    _line(document, paper.title, size=14, bold=True, align=ALIGN.CENTER)
    _rule(document.add_paragraph(), Mm(55))
    for basis in paper.bases:
        _line(document, basis, size=14, italic=True, align=ALIGN.JUSTIFY, indent=True)
    _line(document, paper.body, size=14, align=ALIGN.JUSTIFY, indent=True)
    _write_end(document, paper)
    annex = document.add_section(WD_SECTION.NEW_PAGE)
    _set_page(annex, landscape=True)
    for text, style in (
        ("PHỤ LỤC", {"bold": True}),
        (paper.title, {"bold": True}),
        (paper.annexed_to, {"italic": True}),
    ):
        _line(document, text, size=14, align=ALIGN.CENTER, **style)
    _write_table(document, paper)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _set_normal(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(3)


def _set_page(section: Any, *, landscape: bool = False) -> None:
    """A4 with the margins of the decree; the page's number in the top margin, none on the first page."""
    short, long = Mm(210), Mm(297)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = (Mm(20), Mm(15)) if landscape else (Mm(30), Mm(15))
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = not landscape
    if not landscape:
        header = section.header.paragraphs[0]
        header.alignment = ALIGN.CENTER
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        header._p.append(field)


def _write_top(document: Any, paper: Paper) -> None:
    """The two columns over the title: who issues under which number, and the country with place and date."""
    left, right = _two_columns(document, Mm(72), Mm(93))
    if paper.authority:
        _first(left, paper.authority, size=12)
        _line(left, paper.office, size=12, bold=True, align=ALIGN.CENTER)
    else:
        _first(left, paper.office, size=12, bold=True)
    _rule(left.add_paragraph(), Mm(22))
    _line(left, paper.number, size=13, align=ALIGN.CENTER)
    _first(right, COUNTRY[0], size=12, bold=True)
    _line(right, COUNTRY[1], size=13, bold=True, align=ALIGN.CENTER)
    _rule(right.add_paragraph(), Mm(18))
    _line(right, paper.place_and_date, size=13, italic=True, align=ALIGN.CENTER)


def _write_end(document: Any, paper: Paper) -> None:
    left, right = _two_columns(document, Mm(80), Mm(85))
    _first(left, "Nơi nhận:", size=12, bold=True, italic=True, align=ALIGN.LEFT)
    for recipient in paper.recipients:
        _line(left, recipient, size=11, align=ALIGN.LEFT)
    titles, name = paper.signature
    _first(right, titles[0], size=14, bold=True)
    for title in titles[1:]:
        _line(right, title, size=14, bold=True, align=ALIGN.CENTER)
    for _space in range(4):
        right.add_paragraph()
    if name:
        _line(right, name, size=14, bold=True, align=ALIGN.CENTER)


def _write_table(document: Any, paper: Paper) -> None:
    columns = paper.columns
    table = document.add_table(2, len(columns))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    _write_header(table, paper)
    for row in paper.rows():
        added = table.add_row()
        _keep_whole(added)
        cells = added.cells
        if isinstance(row, GroupRow):
            _fill(cells[0], row.number, bold=True, align=ALIGN.CENTER)
            _fill(cells[1].merge(cells[-1]), row.title, bold=True)
            continue
        for cell, role in zip(cells, columns, strict=True):
            _fill(cell, row.cells[role], align=ALIGN.CENTER if role == "number" else ALIGN.LEFT)
    _set_widths(table, columns)


def _set_widths(table: Any, columns: tuple[Role, ...]) -> None:
    """The columns' shares of the page, on every cell too, for Word heeds those first."""
    whole = sum(WIDTHS_MM[role] for role in columns)
    widths = [Mm(WIDTHS_MM[role] * TABLE_MM / whole) for role in columns]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        place = 0
        for cell in row._tr.tc_lst:
            cell.width = sum(widths[place : place + cell.grid_span])
            place += cell.grid_span


def _write_header(table: Any, paper: Paper) -> None:
    top, below = table.rows[0].cells, table.rows[1].cells
    lead = paper.columns.index("lead")
    _fill(top[lead].merge(top[lead + 1]), UNITS_LABEL, bold=True, align=ALIGN.CENTER)
    for column, role in enumerate(paper.columns):
        cell = below[column] if role in ("lead", "coordinating") else top[column].merge(below[column])
        _fill(cell, LABELS[role], bold=True, align=ALIGN.CENTER)
    for row in table.rows:
        _repeat(row)


def _fill(cell: Any, text: str, *, bold: bool = False, align: Any = None) -> None:
    for index, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        paragraph.alignment = align
        run = paragraph.add_run(line)
        run.bold, run.font.size = bold or None, Pt(12)


def _line(
    place: Any, text: str, *, size: int, bold: bool = False, italic: bool = False, align: Any, indent: bool = False,
    before: int = 0,
) -> None:  # fmt: skip
    _set_line(place.add_paragraph(), text, size=size, bold=bold, italic=italic, align=align)
    paragraph = place.paragraphs[-1]
    paragraph.paragraph_format.space_before = Pt(before)
    if indent:
        paragraph.paragraph_format.first_line_indent = Mm(10)


def _first(
    cell: Any, text: str, *, size: int, bold: bool = False, italic: bool = False, align: Any = ALIGN.CENTER
) -> None:
    _set_line(cell.paragraphs[0], text, size=size, bold=bold, italic=italic, align=align)


def _set_line(paragraph: Any, text: str, *, size: int, bold: bool, italic: bool, align: Any) -> None:
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold or None, italic or None, Pt(size)


def _two_columns(document: Any, *widths: Any) -> tuple[Any, Any]:
    table = document.add_table(1, 2)
    table.autofit = False
    _without_margins(table)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    left, right = table.rows[0].cells
    return left, right


def _without_margins(table: Any) -> None:
    """Cells as wide as their columns, so that the country's name fits on one line as the decree wants it."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)


def _rule(paragraph: Any, inset: Any) -> None:
    """A line under what stands above, `inset` from both sides."""
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = inset
    form.space_after, form.line_spacing = Pt(4), Pt(4)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc", "w:rPr")


def _repeat(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
