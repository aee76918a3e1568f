"""Plain text with tables as tab-separated lines, as Markdown with pipes or as HTML, into a grid."""

from __future__ import annotations

import codecs
import re

from domain.errors import DocumentUnreadable
from plans.grid import Block, Grid, Paragraph, clean_text, row_of
from plans.sources.html_tables import find_tables, read_html_table

_PIPE_ROW = re.compile(r"^\s*\|.*\|\s*$")
_PIPE_RULE = re.compile(r"^\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*\|?$")
_RULE_SIGNS = frozenset("|:- \t")
_PIPE = re.compile(r"(?<!\\)\|")
_NUMBERED = re.compile(r"^\s*(?:\d+|[IVX]+|[A-Za-zĐđ])[.)]\s+\S")
_HEADING = re.compile(r"^\s*(?:[-+]\s+)?#{1,6}\s+")
_HTML_HEADING = re.compile(r"^\s*<(h[1-6]|strong|b)\b[^<>]*>.*</\1\s*>\s*$", re.IGNORECASE)
_BOLD_LINE = re.compile(r"^\s*\*\*.+\*\*\s*$")


def read_text(content: bytes) -> Grid:
    """The grid of a text in UTF-8 or UTF-16; raises DocumentUnreadable for anything else."""
    text = decode(content)
    blocks: list[Block] = []
    read_to = 0
    for start, end in find_tables(text):
        blocks.extend(_lines(text[read_to:start], 1 + text.count("\n", 0, read_to)))
        blocks.extend(read_html_table(text[start:end], 1 + text.count("\n", 0, start)))
        read_to = end
    blocks.extend(_lines(text[read_to:], 1 + text.count("\n", 0, read_to)))
    return Grid(tuple(blocks))


def _lines(text: str, first_line: int) -> list[Block]:
    blocks: list[Block] = []
    opens = True
    lines = text.splitlines()
    for index, line in enumerate(lines):
        cells = _cells(line)
        if cells is None and not opens and _is_title_row(line, lines[index + 1 : index + 2]):
            cells = [line]
        if cells is None:
            opens = True
            blocks.extend(_paragraph(line, first_line + index))
        elif cells:
            blocks.append(row_of(cells, first_line + index, opens=opens))
            opens = False
    return blocks


def decode(content: bytes) -> str:
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "utf-16" if is_wide else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _no_text(f"byte {error.start}") from error
    if "\x00" in text:
        raise _no_text("byte 0")
    return text


def _cells(line: str) -> list[str] | None:
    """The cells of a table line, [] for the rule under a Markdown header, None for a line of prose."""
    if _RULE_SIGNS.issuperset(line) and _PIPE_RULE.match(line.strip()):
        return []
    if _PIPE_ROW.match(line):
        return [cell.replace("\\|", "|") for cell in _PIPE.split(line.strip()[1:-1])]
    if line.count(" | ") >= 3:
        return line.split(" | ")
    cells = line.split("\t")
    return cells if len(cells) > 2 or (len(cells) == 2 and all(cells)) else None


def _is_title_row(line: str, following: list[str]) -> bool:
    """Whether a line without cells, right between two rows, is a section's title: it is numbered."""
    return bool(_NUMBERED.match(line)) and any(_cells(after) for after in following)


def _paragraph(line: str, line_number: int) -> list[Block]:
    text = clean_text(_HEADING.sub("", line))
    heading = bool(_HEADING.match(line) or _BOLD_LINE.match(line) or _HTML_HEADING.match(line))
    return [Paragraph(part, line_number, heading) for part in text.splitlines()]


def _no_text(found: str) -> DocumentUnreadable:
    return DocumentUnreadable(
        f"Cần tệp văn bản mã UTF-8 (hoặc .docx, .xlsx, .pdf); tệp này có nội dung không phải chữ ({found})",
        f"expected text in UTF-8, or .docx, .xlsx, .pdf; found something that is not text ({found})",
    )
