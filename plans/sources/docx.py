"""Word documents into a grid: paragraphs and tables in order, merged cells as Word merged them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError

from domain.errors import DocumentUnreadable
from domain.text import tidy
from plans.grid import WIDEST, Block, Cell, Grid, Merge, Paragraph, Row
from plans.sources.archives import check_archive
from plans.sources.numbering import Numbering

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = (f"{_W}del", f"{_W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")


def read_docx(content: bytes) -> Grid:
    """The grid of a .docx; raises DocumentUnreadable when it is damaged or made to do harm."""
    check_archive(content, "word/document.xml", ".docx")
    try:
        document: Any = docx.Document(io.BytesIO(content))
        numbering = Numbering(_numbering_root(document))
        return Grid(tuple(_Reader(numbering).blocks(document.element.body)))
    except (PackageNotFoundError, SyntaxError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise DocumentUnreadable(
            f"Cần tệp .docx nguyên vẹn; tệp này hỏng ({error})", f"expected a whole .docx file: {error}"
        ) from error


class _Reader:
    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._paragraphs = 0
        self._tables = 0

    def blocks(self, body: Any) -> Iterator[Block]:
        for element in body:
            if element.tag == f"{_W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                self._tables += 1
                yield from self._rows(element, self._tables)
            elif element.tag == f"{_W}sdt":
                inner = element.find(f"{_W}sdtContent")
                yield from self.blocks(inner if inner is not None else ())

    def _paragraph(self, element: Any) -> Iterator[Paragraph]:
        self._paragraphs += 1
        label = self._numbering.label(element)
        text = _text(element)
        for index, line in enumerate(line for line in text.splitlines() if tidy(line)):
            shown = f"{label} {line}" if label and index == 0 else line
            yield Paragraph(tidy(shown), f"đoạn {self._paragraphs}", _is_heading(element))

    def _rows(self, table: Any, number: int) -> Iterator[Row]:
        knows_merges = any(True for _ in table.iter(f"{_W}vMerge", f"{_W}gridSpan"))
        for index, row in enumerate(_children(table, "tr"), start=1):
            cells = self._cells(row)
            if cells:
                yield Row(tuple(cells), f"bảng {number}, dòng {index}", index == 1, knows_merges)

    def _cells(self, row: Any) -> list[Cell]:
        before = row.find(f"{_W}trPr/{_W}gridBefore")
        cells = [Cell()] * _count(before) if before is not None else []
        for cell in _children(row, "tc"):
            properties = cell.find(f"{_W}tcPr")
            span = properties.find(f"{_W}gridSpan") if properties is not None else None
            merge = properties.find(f"{_W}vMerge") if properties is not None else None
            is_covered = merge is not None and merge.get(f"{_W}val") != "restart"
            merged: Merge = "above" if is_covered else ""
            cells.append(Cell("" if is_covered else self._cell_text(cell), merged, _is_bold(cell)))
            cells.extend([Cell("", "left")] * ((_count(span) if span is not None else 1) - 1))
        return cells[:WIDEST]

    def _cell_text(self, cell: Any) -> str:
        lines: list[str] = []
        for paragraph in cell.iter(f"{_W}p"):
            label = self._numbering.label(paragraph)
            text = _text(paragraph)
            lines.extend(tidy(line) for line in f"{label} {text}".splitlines() if tidy(line))
        return "\n".join(lines)


def _children(parent: Any, name: str) -> Iterator[Any]:
    """Children of this name, those wrapped in content controls and tracked insertions too."""
    for child in parent:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _children(child, name)


def _text(element: Any) -> str:
    """The text as it reads with all tracked changes accepted."""
    pieces: list[str] = []
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{_W}t":
            pieces.append(child.text or "")
        elif child.tag in (f"{_W}tab", f"{_W}noBreakHyphen"):
            pieces.append(" " if child.tag == f"{_W}tab" else "-")
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            pieces.append("\n")
        elif child.tag != f"{_W}pPr" and isinstance(child.tag, str):
            pieces.append(_text(child))
    return "".join(pieces)


def _is_heading(element: Any) -> bool:
    style = element.find(f"{_W}pPr/{_W}pStyle")
    named = style is not None and re.match(r"(?i)heading|title|tiêu đề", style.get(f"{_W}val") or "")
    return bool(named) or _is_bold(element)


def _is_bold(element: Any) -> bool:
    runs = [run for run in element.iter(f"{_W}r") if _text(run).strip()]
    return bool(runs) and all(_has_bold(run) for run in runs)


def _has_bold(run: Any) -> bool:
    bold = run.find(f"{_W}rPr/{_W}b")
    return bold is not None and (bold.get(f"{_W}val") or "1") not in ("0", "false")


def _count(element: Any) -> int:
    value = element.get(f"{_W}val") or "1"
    return max(1, min(int(value), WIDEST)) if value.isdigit() else 1


def _numbering_root(document: Any) -> Any | None:
    try:
        return document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return None
