"""What every source of a plan is turned into: paragraphs and table rows in the order of the paper."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from domain.plans import Place
from domain.text import tidy

Merge = Literal["", "left", "above"]

WIDEST = 60
"""More columns than any plan's table has."""
_BREAKING_TAG = re.compile(r"<\s*/?\s*(?:br|p|li|ul|ol|div|tr)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<\s*/?\s*[a-zA-Z][\w:-]*(?:\s[^<>]*)?/?>")
_BOLD = re.compile(
    r"^\s*(?:<\s*(?:b|strong)\b[^>]*>.*<\s*/\s*(?:b|strong)\s*>|\*\*.+\*\*|__.+__)\s*$", re.DOTALL | re.I
)
_LINK = re.compile(r"\[([^\][]*)\]\((?:mailto:|https?://)[^)]*\)")
_EMPHASIS = re.compile(r"\*{1,3}(?=\S)([^*]+?)(?<=\S)\*{1,3}")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `merged` says that it is covered by its neighbour, as far as the source can tell."""

    text: str = ""
    merged: Merge = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A table row; `opens` when something other than a row stands before it, such as the end of a page.

    `knows_merges` is False where the source cannot tell a blank cell from one merged with the cell above.
    """

    cells: tuple[Cell, ...]
    place: Place
    opens: bool = False
    knows_merges: bool = False

    @property
    def texts(self) -> list[str]:
        return [cell.text for cell in self.cells]

    def is_blank(self) -> bool:
        return not any(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text outside tables; `heading` when the source marks it as one."""

    text: str
    place: Place
    heading: bool = False


Block = Paragraph | Row


@dataclass(frozen=True, slots=True)
class Grid:
    """A whole document as blocks."""

    blocks: tuple[Block, ...]

    def texts(self) -> Iterator[str]:
        """Every text of the document, cell by cell and paragraph by paragraph."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block.text
            else:
                yield from (cell.text for cell in block.cells if cell.text)


def clean_cell(markup: str, merged: Merge = "") -> Cell:
    """A cell without leftovers of HTML or Markdown; list items and paragraphs inside are parted by line breaks."""
    return Cell(clean_text(markup), merged, bold=bool(_BOLD.match(markup)))


def clean_text(markup: str) -> str:
    """`markup` as plain text in NFC, tags removed and entities read, lines kept."""
    text = _TAG.sub("", _BREAKING_TAG.sub("\n", markup))
    text = html.unescape(_LINK.sub(r"\1", text))
    text = _EMPHASIS.sub(r"\1", _EMPHASIS.sub(r"\1", text)).replace("**", "")
    return "\n".join(line for line in (tidy(line) for line in text.splitlines()) if line)


def row_of(texts: Sequence[str], place: Place, *, opens: bool = False) -> Row:
    """A row of cells from a source that cannot tell merged cells; what is beyond the widest table is one cell."""
    kept = [*texts[: WIDEST - 1], " ".join(texts[WIDEST - 1 :])] if len(texts) > WIDEST else texts
    return Row(tuple(clean_cell(text) for text in kept), place, opens)
