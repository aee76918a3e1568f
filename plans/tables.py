"""The tables of a plan: rows gathered under the header they belong to, over page breaks and repeated headers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from domain.text import fold_words
from plans.grid import Grid, Paragraph, Row
from plans.headers import MOST_ROWS, Header, is_number_row, read_header
from plans.passages import heading_of
from plans.signatures import is_annex

_PAGE_MARK = re.compile(r"^[-–\s]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–\s]*$", re.IGNORECASE)
_NUMBER = re.compile(r"^\(?[\w.]{1,8}[.)]?$")


@dataclass(slots=True)
class Table:
    """One table under one header; `captions` are the paragraphs just before it.

    `heading` is the last heading before it; it is the `title` of its rows where tables of a plan have one each.
    """

    header: Header
    captions: tuple[Paragraph, ...] = ()
    rows: list[Row] = field(default_factory=list)
    labels: str = ""
    heading: str | None = None
    title: str | None = None

    @property
    def money_scale(self) -> int:
        """How many đồng one unit of the amount column is, by its label or the line over the table."""
        words = fold_words(" ".join([self.labels, *(caption.text for caption in self.captions)]))
        if "trieu dong" in words:
            return 1_000_000
        return 1_000 if "nghin dong" in words or "1000 dong" in words or "ngan dong" in words else 1


@dataclass(slots=True)
class Layout:
    """A document parted into tables with a header, and all that stands outside them."""

    tables: list[Table]
    prose: list[Paragraph]


def lay_out(grid: Grid) -> Layout:
    """Part `grid` into tables and prose; cells of tables without a header count as paragraphs."""
    tables: list[Table] = []
    prose: list[Paragraph] = []
    current: Table | None = None
    captions: list[Paragraph] = []
    heading: str | None = None
    blocks = list(grid.blocks)
    index, after_header = 0, False
    while index < len(blocks):
        block = blocks[index]
        if isinstance(block, Paragraph):
            index += 1
            if _PAGE_MARK.match(block.text):
                continue
            current, captions = None, [*captions[-2:], block]
            heading = heading_of(block)[1] or (None if is_annex(block.text) else heading)
            prose.append(block)
            continue
        header = read_header(_rows_from(blocks, index))
        if header is not None:
            if current is None or current.header.columns != header.columns:
                labels = " ".join(text for row in _rows_from(blocks, index)[: header.height] for text in row.texts)
                current = Table(header, tuple(captions), labels=labels, heading=heading)
                tables.append(current)
            index += header.height
            captions, after_header = [], True
            continue
        if current is not None and _is_after_table(blocks, index):
            current = None
        index += 1
        if current is None:
            prose.extend(_as_paragraphs(block))
        elif not block.is_blank() and not is_number_row(block):
            current.rows.append(replace(block, opens=True) if after_header else block)
            after_header = False
    return Layout(_with_titles(tables), prose)


def _with_titles(tables: list[Table]) -> list[Table]:
    """The tables, those of work with the heading over each as their rows' section where they have different ones."""
    works = [table for table in tables if table.header.holds_activities]
    if len({table.heading for table in works if table.heading}) > 1:
        for table in works:
            table.title = table.heading
    return tables


def _rows_from(blocks: list[Paragraph | Row], index: int) -> list[Row]:
    return [block for block in blocks[index : index + MOST_ROWS] if isinstance(block, Row)]


def _is_after_table(blocks: list[Paragraph | Row], index: int) -> bool:
    """Whether this row of a sheet is text under a table: alone in the first column, and no full row comes after it."""
    row = blocks[index]
    if not isinstance(row, Row) or [i for i, cell in enumerate(row.cells) if cell.text] != [0]:
        return False
    if _NUMBER.match(row.cells[0].text):
        return False
    for later in blocks[index + 1 :]:
        if not isinstance(later, Row):
            return True
        if sum(bool(cell.text) for cell in later.cells) >= 3:
            return False
    return True


def _as_paragraphs(row: Row) -> Iterable[Paragraph]:
    for cell in row.cells:
        for line in cell.text.splitlines():
            if not cell.merged:
                yield Paragraph(line, row.place, cell.bold)
