"""Excel workbooks into a grid: every sheet row by row, values as they are shown, merged cells as merged."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from domain.errors import DocumentUnreadable
from plans.grid import Block, Cell, Grid, Merge, Row, clean_text
from plans.sources.archives import check_archive

_MOST_CELLS = 400_000
_DECIMALS = re.compile(r"0\.(0+)")


def read_xlsx(content: bytes) -> Grid:
    """The grid of an .xlsx; raises DocumentUnreadable when it is damaged or far too large."""
    check_archive(content, "xl/workbook.xml", ".xlsx")
    try:
        workbook = openpyxl.load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
        return Grid(tuple(block for sheet in workbook.worksheets for block in _sheet_rows(sheet)))
    except (
        InvalidFileException,
        KeyError,
        ValueError,
        TypeError,
        IndexError,
        zipfile.BadZipFile,
        SyntaxError,
    ) as error:
        raise DocumentUnreadable(
            f"Cần tệp .xlsx nguyên vẹn; tệp này hỏng ({error})", f"expected a whole .xlsx file: {error}"
        ) from error


def _sheet_rows(sheet: Any) -> Iterator[Block]:
    if sheet.max_row * sheet.max_column > _MOST_CELLS:
        raise DocumentUnreadable(
            f"Trang tính “{sheet.title}” có {sheet.max_row} dòng và {sheet.max_column} cột, quá lớn cho một kế hoạch",
            f"sheet “{sheet.title}” has {sheet.max_row} rows and {sheet.max_column} columns, too large for a plan",
        )
    covered = _covered(sheet)
    opens = True
    for row in sheet.iter_rows():
        cells = [
            Cell(_shown(cell), covered.get((cell.row, cell.column), ""), bool(cell.font and cell.font.b))
            for cell in row
        ]
        if not any(cell.text for cell in cells):
            opens = True
            continue
        while cells and not cells[-1].text and not cells[-1].merged:
            cells.pop()
        yield Row(tuple(cells), f"{sheet.title}, dòng {row[0].row}", opens, knows_merges=bool(covered))
        opens = False


def _covered(sheet: Any) -> dict[tuple[int, int], Merge]:
    """Cells hidden under a merged one, with the side their text is on."""
    covered: dict[tuple[int, int], Merge] = {}
    for area in sheet.merged_cells.ranges:
        for row in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col, area.max_col + 1):
                if (row, column) != (area.min_row, area.min_col):
                    covered[row, column] = "left" if column > area.min_col else "above"
    return covered


def _shown(cell: Any) -> str:
    """The value as the sheet shows it: dates the Vietnamese way, percentages, numbers with their decimals."""
    value, form = cell.value, str(getattr(cell, "number_format", "") or "")
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, datetime | date):
        return f"{value.day:02d}/{value.month:02d}/{value.year}"
    if isinstance(value, int | float):
        return _number(float(value), form)
    return clean_text(str(value))


def _number(value: float, form: str) -> str:
    if "%" in form:
        return f"{value * 100:g}%".replace(".", ",")
    decimals = _DECIMALS.search(form)
    if "#,##" in form and value.is_integer():
        return f"{int(value):,}".replace(",", ".")
    if decimals:
        return f"{value:.{len(decimals.group(1))}f}"
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:g}"
