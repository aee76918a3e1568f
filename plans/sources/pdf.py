"""PDF files with a text layer into a grid: ruled tables and the lines between them, page by page."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pdfplumber
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import PdfminerException

from domain.errors import DocumentUnreadable
from domain.text import fold_words, tidy
from plans.grid import Block, Cell, Grid, Merge, Paragraph, Row

_MOST_PAGES = 300
_FEWEST_LETTERS = 40
_MARGIN = 0.09
_ITEM = re.compile(r"^(?:[-–+•]\s|[a-hđ]\)\s|\d{1,2}[.)]\s|\(\d\)\s)")


def read_pdf(content: bytes) -> Grid:
    """The grid of a .pdf; raises DocumentUnreadable for scans, locked or damaged files and very long ones."""
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            if len(pdf.pages) > _MOST_PAGES:
                raise DocumentUnreadable(
                    f"Cần tệp PDF không quá {_MOST_PAGES} trang; tệp này có {len(pdf.pages)} trang",
                    f"expected a PDF of at most {_MOST_PAGES} pages; this one has {len(pdf.pages)}",
                )
            pages = [_read_page(page, number) for number, page in enumerate(pdf.pages, start=1)]
    except (PdfminerException, PSException, ValueError, KeyError, TypeError, AssertionError) as error:
        raise DocumentUnreadable(
            "Cần tệp PDF nguyên vẹn, không đặt mật khẩu; không mở được tệp này",
            f"expected a whole PDF without a password: {error}",
        ) from error
    grid = Grid(tuple(_without_running_lines(pages)))
    if sum(len(text) for text in grid.texts()) < _FEWEST_LETTERS * max(1, len(pages) // 4):
        raise DocumentUnreadable(
            "Cần tệp PDF có lớp chữ; tệp này chỉ có hình ảnh (bản quét). Hãy gửi tệp gốc .docx hoặc .xlsx,"
            " hoặc nhận dạng chữ trước",
            "expected a PDF with a text layer; this one is a scan. Send the original .docx or .xlsx, or run OCR first",
        )
    return grid


def _read_page(page: Any, number: int) -> list[tuple[bool, Block]]:
    """The blocks of a page from top to bottom, each with whether it stands in the upper or lower margin."""
    placed: list[tuple[float, bool, Block]] = []
    tables = page.find_tables()
    for table in tables:
        for row_index, row in enumerate(_table_rows(table, number)):
            placed.append((table.bbox[1] + row_index * 1e-3, False, row))
    outside = page
    for table in tables:
        outside = outside.outside_bbox(_within(table.bbox, page), strict=False)
    for top, text in _paragraphs(outside):
        in_margin = top < page.height * _MARGIN or top > page.height * (1 - _MARGIN)
        placed.append((top, in_margin, Paragraph(text, f"trang {number}")))
    placed.sort(key=lambda each: each[0])
    return [(in_margin, block) for _, in_margin, block in placed]


def _within(box: tuple[float, ...], page: Any) -> tuple[float, float, float, float]:
    left, top, right, bottom = page.bbox
    return max(box[0], left), max(box[1], top), min(box[2], right), min(box[3], bottom)


def _table_rows(table: Any, page_number: int) -> Iterator[Row]:
    texts = table.extract()
    for index, (row, values) in enumerate(zip(table.rows, texts, strict=True)):
        cells = tuple(
            Cell(_joined(value or ""), "" if box is not None else _covered_by(row.cells, column))
            for column, (box, value) in enumerate(zip(row.cells, values, strict=True))
        )
        place = f"trang {page_number}, dòng {index + 1}"
        yield Row(cells, place, opens=index == 0, knows_merges=index > 0 and any(cell.merged for cell in cells))


def _covered_by(boxes: list[tuple[float, ...] | None], column: int) -> Merge:
    """Whether the text of a missing cell is to its left (a wide cell) or above it (a tall one)."""
    left = next((box for box in reversed(boxes[:column]) if box is not None), None)
    right = next((box for box in boxes[column + 1 :] if box is not None), None)
    if left is None:
        return "above"
    if right is None:
        return "left"
    return "left" if left[2] >= right[0] - 1 else "above"


def _joined(text: str) -> str:
    """The lines of a cell as one text; a line that begins an item stays a line."""
    joined: list[str] = []
    for line in (tidy(line) for line in text.splitlines()):
        if not line:
            continue
        if joined and not _ITEM.match(line):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return "\n".join(joined)


def _paragraphs(page: Any) -> Iterator[tuple[float, str]]:
    """Paragraphs with their top: lines that reach the right margin go on in the next."""
    lines = page.extract_text_lines()
    if not lines:
        return
    right = max(line["x1"] for line in lines)
    left = min(line["x0"] for line in lines)
    top, text = float(lines[0]["top"]), ""
    for line in lines:
        words = tidy(line["text"])
        if text and _ITEM.match(words):
            yield top, text
            text = ""
        if not text:
            top = float(line["top"])
        text = f"{text} {words}".strip()
        if line["x1"] < right - 0.12 * (right - left) or text.endswith((".", ";", ":")):
            yield top, text
            text = ""
    if text:
        yield top, text


def _without_running_lines(pages: list[list[tuple[bool, Block]]]) -> Iterator[Block]:
    """The blocks without page numbers and lines that stand in the margin of page after page."""
    seen = Counter(
        key for page in pages for key in {_key(block) for in_margin, block in page if in_margin} if key is not None
    )
    for page in pages:
        for in_margin, block in page:
            key = _key(block)
            if in_margin and key is not None and (not key or seen[key] > 1):
                continue
            yield block


def _key(block: Block) -> str | None:
    """The words of a paragraph without numbers, to know a running line again."""
    return re.sub(r"[\d\s/]+", " ", fold_words(block.text)).strip() if isinstance(block, Paragraph) else None
