"""The cells of a row under a header: what was printed, by the kind of its column."""

from __future__ import annotations

from collections.abc import Sequence

from domain.text import tidy
from domain.words import Words
from plans.grid import Row
from plans.headers import Header
from plans.labels import Column
from plans.ticks import spoken

_NOTED: tuple[Column, ...] = ("unknown", "watcher", "subject", "target", "target_value", "measure")
_NO_CELLS: tuple[Column, ...] = ("tick", *_NOTED)


def printed_texts(row: Row, header: Header) -> list[str]:
    """The texts of a row; a tick over several columns stands in each of them."""
    texts: list[str] = []
    for index, cell in enumerate(row.cells):
        is_spanned = cell.merged == "left" and _is_tick(header, index) and _is_tick(header, index - 1)
        texts.append(texts[-1] if is_spanned else "" if cell.merged == "left" else cell.text)
    return texts


def by_kind(texts: Sequence[str], header: Header) -> dict[Column, str]:
    """The cells by what their columns hold, those of one kind joined; ticked columns are the time they stand for."""
    cells: dict[Column, str] = {}
    ticks: list[tuple[str, str]] = []
    for index, (kind, text) in enumerate(zip(header.columns, texts, strict=False)):
        if text and kind == "tick":
            ticks.append((header.labels[index], text))
        elif text and kind not in _NO_CELLS:
            cells[kind] = f"{cells[kind]}; {text}" if kind in cells else text
    if ticks:
        cells["timing"] = "; ".join(part for part in (cells.get("timing", ""), spoken(ticks)) if part)
    return cells


def remarks(texts: Sequence[str], header: Header) -> list[Words]:
    """What stands in columns a plan has no place for, as sentences with the column's label."""
    return [
        Words(f"Cột “{header.labels[index]}” in: ", f"The column “{header.labels[index]}” prints: ") + tidy(text)
        for index, (kind, text) in enumerate(zip(header.columns, texts, strict=False))
        if text and kind in _NOTED and index < len(header.labels) and header.labels[index]
    ]


def _is_tick(header: Header, index: int) -> bool:
    return 0 <= index < len(header.columns) and header.columns[index] == "tick"
