"""Tables that stand in a text as HTML: found, and turned into rows with their merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from plans.grid import WIDEST, Cell, Merge, Row, clean_cell

_TAG = re.compile(r"<(/?)table\b[^<>]*>", re.IGNORECASE)
_TALLEST = 500
_PARSER = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)


def find_tables(text: str) -> Iterator[tuple[int, int]]:
    """Where each outermost `<table>` begins and ends in `text`; one that is never closed goes to the end."""
    depth, start = 0, 0
    for tag in _TAG.finditer(text):
        if not tag.group(1):
            start = start if depth else tag.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                yield start, tag.end()
    if depth:
        yield start, len(text)


def read_html_table(markup: str, first_line: int) -> list[Row]:
    """The rows of one table, each placed at its line of the text, `first_line` being that of the table itself."""
    root = html.fragment_fromstring(markup.encode(), create_parent="div", parser=_PARSER)
    rows: list[Row] = []
    above: dict[int, int] = {}
    for index, row in enumerate(_own(root, "tr")):
        cells = _cells(row, above)
        if cells:
            line = first_line + max(0, (row.sourceline or 1) - 1)
            rows.append(Row(tuple(cells), line, opens=index == 0, knows_merges=_merges(root)))
    return rows


def _cells(row: Any, above: dict[int, int]) -> list[Cell]:
    """The cells of a row; `above` counts, by column, the rows that a cell higher up still reaches down to."""
    cells: list[Cell] = []

    def cover() -> None:
        while above.get(len(cells), 0) and len(cells) < WIDEST:
            above[len(cells)] -= 1
            cells.append(Cell("", "above"))

    for cell in _own(row, "td", "th"):
        cover()
        wide, tall = _span(cell, "colspan", WIDEST), _span(cell, "rowspan", _TALLEST)
        for column in range(min(wide, WIDEST - len(cells))):
            if tall > 1:
                above[len(cells)] = tall - 1
            merged: Merge = "left" if column else ""
            cells.append(Cell("", merged) if column else _whole(cell))
    cover()
    return cells


def _whole(cell: Any) -> Cell:
    inner = (cell.text or "") + "".join(etree.tostring(child, encoding="unicode", method="html") for child in cell)
    read = clean_cell(inner)
    return Cell(read.text, bold=read.bold or cell.tag == "th")


def _own(parent: Any, *names: str) -> Iterator[Any]:
    """The elements of these names inside `parent`, those of tables inside its cells left out."""
    depth = sum(1 for _ in parent.iterancestors("table")) + (parent.tag == "table")
    for element in parent.iter(*names):
        tables = sum(1 for _ in element.iterancestors("table"))
        if tables == max(depth, 1):
            yield element


def _merges(root: Any) -> bool:
    """Whether the table speaks of merged cells at all: one pasted cell by cell has lost them."""
    return any(cell.get("rowspan") or cell.get("colspan") for cell in root.iter("td", "th"))


def _span(cell: Any, name: str, most: int) -> int:
    value = (cell.get(name) or "").strip()
    return max(1, min(int(value), most)) if value.isdecimal() else 1
