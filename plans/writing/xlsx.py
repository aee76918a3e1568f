"""A plan's annex as an Excel sheet: titles, a header over the units that lead and help, bold rows for sections."""

from __future__ import annotations

from io import BytesIO
from math import ceil
from typing import Any

import xlsxwriter

from plans.writing.paper import COUNTRY, LABELS, UNITS_LABEL, GroupRow, Paper, Role, WorkRow

WIDTHS: dict[Role, int] = {
    "number": 7,
    "objective": 24,
    "task": 48,
    "products": 28,
    "lead": 26,
    "coordinating": 30,
    "timing": 20,
}
_LINE = 17.0
"""Points a line of this font takes."""
_LETTERS = 0.9
"""Letters of this font to a unit of a column's width, which counts digits of the workbook's own."""
_FONT = {"font_name": "Times New Roman", "font_size": 13}
_CELL = _FONT | {"text_wrap": True, "valign": "top", "border": 1}


def write_xlsx(paper: Paper) -> bytes:
    """The plan as .xlsx; every cell is text, whatever it begins with."""
    file = BytesIO()
    as_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, {"in_memory": True, **as_text})
    sheet = book.add_worksheet("Phụ lục")
    for column, role in enumerate(paper.columns):
        sheet.set_column(column, column, WIDTHS[role])
    first = _write_head(book, sheet, paper)
    _write_header(book, sheet, paper, first)
    _write_rows(book, sheet, paper, first + 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(first, first + 1)
    sheet.set_footer("&C&P")
    book.close()
    return file.getvalue()


def _write_head(book: Any, sheet: Any, paper: Paper) -> int:
    """Everything over the table; gives the row the table begins in."""
    bold = book.add_format(_FONT | {"bold": True})
    plain, slanted = book.add_format(_FONT), book.add_format(_FONT | {"italic": True})
    titles, name = paper.signature
    lines = [
        *(((paper.authority, plain),) if paper.authority else ()),
        *((paper.office, bold), (COUNTRY[0], bold), (COUNTRY[1], bold)),
        *((paper.number, plain), (paper.place_and_date, slanted), ("KẾ HOẠCH", bold), (paper.title, bold)),
        *((line, slanted) for line in paper.bases),
        *((paper.body, plain), ("Nơi nhận:", bold), *((line, plain) for line in paper.recipients)),
        *((line, bold) for line in (*titles, name) if line),
        *(("PHỤ LỤC", bold), (paper.title, bold), (paper.annexed_to, slanted)),
    ]
    middle = book.add_format(_FONT | {"bold": True, "align": "center"})
    for row, (text, form) in enumerate(lines):
        if text in ("KẾ HOẠCH", "PHỤ LỤC", paper.title):
            sheet.merge_range(row, 0, row, len(paper.columns) - 1, text, middle)
        else:
            sheet.write_string(row, 0, text, form)
    return len(lines) + 1


def _write_header(book: Any, sheet: Any, paper: Paper, first: int) -> None:
    form = book.add_format(_CELL | {"bold": True, "align": "center", "valign": "vcenter"})
    lead = paper.columns.index("lead")
    for row in (first, first + 1):
        sheet.set_row(row, _LINE + 3)
    for column, role in enumerate(paper.columns):
        if role in ("lead", "coordinating"):
            sheet.write_string(first + 1, column, LABELS[role], form)
        else:
            sheet.merge_range(first, column, first + 1, column, LABELS[role], form)
    sheet.merge_range(first, lead, first, lead + 1, UNITS_LABEL, form)


def _write_rows(book: Any, sheet: Any, paper: Paper, first: int) -> None:
    cell, bold = book.add_format(_CELL), book.add_format(_CELL | {"bold": True})
    last = len(paper.columns) - 1
    for place, row in enumerate(paper.rows(), start=first):
        if isinstance(row, GroupRow):
            sheet.set_row(place, _LINE + 3)
            sheet.write_string(place, 0, row.number, bold)
            sheet.merge_range(place, 1, place, last, row.title, bold)
            continue
        sheet.set_row(place, _height(row))
        for column, role in enumerate(paper.columns):
            sheet.write_string(place, column, row.cells[role], cell)


def _height(row: WorkRow) -> float:
    """Points that the tallest cell needs: a program that opens the sheet need not fit it itself."""
    lines = max(
        sum(max(1, ceil(len(line) / (WIDTHS[role] * _LETTERS))) for line in text.split("\n"))
        for role, text in row.cells.items()
    )
    return lines * _LINE + 3
