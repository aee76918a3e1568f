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
from plans.sources.columns import Line, Piece, in_reading_order
from plans.wording import joined

_MOST_PAGES = 300
_FEWEST_LETTERS = 40
_MARGIN = 0.09
_WORD_GAP = 0.22
"""How much of its size a letter may stand off the one before and still be of the same word."""
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
    widest = max((float(table.bbox[2]) for table in tables), default=0.0)
    for top, text in _paragraphs(outside, widest):
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
            Cell(_items(value or ""), "" if box is not None else _covered_by(row.cells, column))
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


def _items(text: str) -> str:
    """The lines of a cell as one text; a line that begins an item stays a line."""
    items: list[str] = []
    for line in (tidy(line) for line in text.splitlines()):
        if line and items and not _ITEM.match(line):
            items[-1] = joined(items[-1], line)
        elif line:
            items.append(line)
    return "\n".join(items)


def _paragraphs(page: Any, widest: float) -> Iterator[tuple[float, str]]:
    """Paragraphs with their top: lines that reach the right margin, or `widest`, go on in the next."""
    lines = [line for line in map(_line, page.extract_text_lines()) if line is not None]
    if not lines:
        return
    right = max(widest, *(line.right for line in lines))
    left = min(line.left for line in lines)
    top, text, last, was_alone = lines[0].top, "", lines[0], False
    for line, is_alone in in_reading_order(lines):
        breaks = is_alone or was_alone or _begins_anew(line, last, 0.2 * (right - left))
        if text and breaks:
            yield top, text
            text = ""
        if not text:
            top = line.top
        text, last, was_alone = joined(text, line.text).strip(), line, is_alone
        if line.right < right - 0.12 * (right - left) or text.endswith((".", ";", ":")):
            yield top, text
            text = ""
    if text:
        yield top, text


def _begins_anew(line: Line, last: Line, far: float) -> bool:
    """Whether a line cannot be the rest of the one above: an item, other letters, or a start far to its left."""
    changes = bool(line.font and last.font and line.font != last.font) or line.text.isupper() != last.text.isupper()
    return changes or bool(_ITEM.match(line.text)) or line.left < last.left - far


def _line(found: Any) -> Line | None:
    """A line with its words: letters with no blank between them."""
    pieces: list[Piece] = []
    goes_on = False
    for char in found["chars"]:
        if not char["text"].strip():
            goes_on = False
            continue
        gap = char["x0"] - pieces[-1].right if pieces else 0.0
        if goes_on and gap < _WORD_GAP * char["size"]:
            pieces[-1] = Piece(pieces[-1].text + char["text"], pieces[-1].left, float(char["x1"]))
        else:
            pieces.append(Piece(char["text"], float(char["x0"]), float(char["x1"])))
        goes_on = True
    if not pieces:
        return None
    fonts = {char["fontname"] for char in found["chars"] if char["text"].strip()}
    height = float(found["bottom"] - found["top"])
    return Line(float(found["top"]), height, tuple(pieces), fonts.pop() if len(fonts) == 1 else "")


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
