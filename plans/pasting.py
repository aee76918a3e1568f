"""Rows copied out of a spreadsheet, read by the same rules as a document's table."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO

from domain.errors import Invalid
from domain.plans import Activity
from plans.activities import build_activities
from plans.grid import Grid, Row, row_of
from plans.headers import read_header
from plans.names import Names
from plans.rows import read_drafts
from plans.tables import lay_out
from plans.wording import Wording

LONGEST_CHARACTERS = 200_000
MOST_ROWS = 500
_LABELS = ("TT", "Nhiệm vụ", "Sản phẩm", "Chủ trì", "Phối hợp", "Thời gian")
"""The columns as they stand without a header; five columns have no numbers."""


def read_pasted(text: str, year: int) -> list[Activity]:
    """The rows in `text`, cells parted by tabs, a cell with line breaks in quotes, with or without a header.

    Raises Invalid when there are too many rows, too few columns, or none is work.
    """
    if len(text) > LONGEST_CHARACTERS:
        raise Invalid("Dán quá nhiều chữ trong một lần", "too much text was pasted at once")
    rows = _with_header(_rows(text))
    grid = Grid(tuple(rows))
    texts = list(grid.texts())
    names, wording = Names(texts), Wording(texts)
    found: list[Activity] = []
    for table in lay_out(grid).tables:
        if table.header.holds_activities:
            found += build_activities(read_drafts(table, wording), names, year)[0]
    if not found:
        raise Invalid("Không đọc được dòng nhiệm vụ nào từ phần đã dán", "no row of work was found in what was pasted")
    return [replace(activity, lines=()) for activity in found]


def _rows(text: str) -> list[Row]:
    try:
        cells = [cells for cells in csv.reader(StringIO(text), dialect="excel-tab") if any(map(str.strip, cells))]
    except csv.Error as error:
        raise Invalid("Phần đã dán không phải các ô của bảng tính", f"not cells of a sheet: {error}") from error
    if len(cells) > MOST_ROWS:
        raise Invalid(f"Dán tối đa {MOST_ROWS} dòng một lần", f"at most {MOST_ROWS} rows can be pasted at once")
    return [row_of(each, place, opens=place == 1) for place, each in enumerate(cells, start=1)]


def _with_header(rows: list[Row]) -> list[Row]:
    if not rows or read_header(rows[:2]) is not None:
        return rows
    width = max(len(row.cells) for row in rows)
    if width not in (5, 6):
        raise Invalid(
            "Cần sáu cột: TT, Nhiệm vụ, Sản phẩm, Chủ trì, Phối hợp, Thời gian (hoặc năm cột, không có TT), "
            "hay dán cả dòng tiêu đề",
            "expected six columns (number, task, products, lead, coordinating, time), or a header row as well",
        )
    return [row_of(_LABELS[-width:], 0, opens=True), *rows]
