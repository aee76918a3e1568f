"""The sections of a table: which rows are titles, and which section a row stands under."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.text import fold_words, tidy
from plans.cells import by_kind
from plans.grid import Row
from plans.headers import Header
from plans.labels import Column
from plans.timing import is_time
from plans.units import is_unit
from plans.wording import begins_low, is_open

WORK: tuple[Column, ...] = ("product", "lead", "coordinating", "timing")
_TITLE_COLUMNS: tuple[Column, ...] = ("task", "objective", "subject", "target", "unknown")
_FIGURE_COLUMNS: tuple[Column, ...] = ("unknown", "target_value", "amount")
_FIGURE = re.compile(r"^[\d.,/\s]+%?$")
_NUMBERED = re.compile(
    r"^\(?(\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-ZĐ])\s*(?:[.)/:]|\s[-–]|(?=\s))\s*(\S.*)$", re.DOTALL
)
_ROMAN = re.compile(r"^[IVXLC]{1,6}$")
_TOTAL = re.compile(r"^(tong( cong| so| kinh phi)?|cong|tong cong kinh phi)$")
_MARK = re.compile(r"^\(?\s*([\w]{1,5}(?:\.\d{1,3}){0,4})\s*[.)/:]*$")
_LOUD_LETTERS = 6


@dataclass(slots=True)
class Section:
    """A title over rows. Sections of one `kind` follow each other: "roman", "letter", "1" for "3", "2" for "3.1".

    `is_prefixed` says whether the numbers of its rows begin with its own, once a row has shown it.
    """

    number: str
    title: str
    kind: str
    is_prefixed: bool | None = None


class Outline:
    """The sections open at the row being read, outermost first; `base` is the heading over the whole table."""

    def __init__(self, base: str | None = None) -> None:
        self._base = base
        self._open: list[Section] = []

    @property
    def title(self) -> str | None:
        return self._open[-1].title if self._open else self._base

    @property
    def time(self) -> str | None:
        """The innermost title that is a time ("Tháng 3"), for tables that print none beside the work."""
        titles = [*([self._base] if self._base else []), *(section.title for section in self._open)]
        return next((title for title in reversed(titles) if is_time(title)), None)

    def begin(self, number: str, title: str) -> None:
        section = Section(number, title, self._kind(number))
        self._note_prefix(number)
        same = [index for index, each in enumerate(self._open) if _closes(section, each)]
        del self._open[same[0] if same else len(self._open) :]
        self._open.append(section)

    def extend(self, rest: str) -> None:
        """The open title goes on with `rest`."""
        if self._open:
            self._open[-1].title = f"{self._open[-1].title} {rest}"

    def take_row(self, number: str) -> None:
        """Close the sections that a row with this number no longer stands under."""
        self._note_prefix(number)
        while self._open and self._open[-1].is_prefixed and _is_beside(number, self._open[-1].number):
            self._open.pop()

    def _note_prefix(self, number: str) -> None:
        last = self._open[-1] if self._open else None
        if last and last.is_prefixed is None and number and last.number[:1].isdigit():
            last.is_prefixed = number.startswith(f"{last.number}.")

    def _kind(self, number: str) -> str:
        if number[:1].isdigit():
            return str(1 + number.count("."))
        letters = [each.number for each in self._open if each.kind == "letter"]
        goes_on = bool(letters) and len(number) == 1 and ord(number) - ord(letters[-1]) == 1
        if _ROMAN.match(number) and not goes_on:
            return "roman"
        return "letter" if number else ""


def _closes(section: Section, other: Section) -> bool:
    """Whether `section` ends `other`: it is of the same kind, or an outer one of the same numbers."""
    if section.kind.isdigit() and other.kind.isdigit():
        return int(section.kind) <= int(other.kind)
    return section.kind == other.kind


def _is_beside(number: str, section: str) -> bool:
    """Whether a row with this number follows the section and is not in it: "1.2" after "1.1", "3" after "2"."""
    return number[:1].isdigit() and not number.startswith(f"{section}.") and number.count(".") <= section.count(".")


class Titles:
    """Tells the titles among the rows of one table."""

    def __init__(self, header: Header, rows: Sequence[Row]) -> None:
        self._header = header
        self._columns = header.columns
        self._rows = rows
        self._has_times = header.has("timing", "tick", "start")

    def of(self, index: int) -> tuple[str, str] | None:
        """Number ("" when none) and title when the row at `index` opens a section, else None."""
        row = self._rows[index]
        filled = [
            (i, cell)
            for i, cell in enumerate(row.cells)
            if cell.text and not cell.merged and not self._is_figure(i, row)
        ]
        if not filled or len(filled) > 2:
            return None
        first_index, first = filled[0]
        if len(filled) == 1:
            return self._lone(first_index, first.text, row)
        second_index, second = filled[1]
        mark = _MARK.match(first.text)
        if not mark or first_index != 0 or second_index >= len(self._columns) or self._is_filled_later(index):
            return None
        is_spread = second_index == 1 and not is_time(second.text) and not is_unit(second.text)
        if self._columns[second_index] not in _TITLE_COLUMNS and not is_spread:
            return None
        number = mark.group(1)
        is_bold = first.bold and second.bold
        is_lettered = bool(_ROMAN.match(number)) or (number.isalpha() and number.isupper())
        if is_lettered or is_bold or second.text.isupper() or self._has_children(index, number):
            return number, as_title(second.text)
        return None

    def _is_figure(self, column: int, row: Row) -> bool:
        """Whether a cell holds a score or an amount, which a section may have too."""
        kind = self._columns[column] if column < len(self._columns) else "task"
        return kind in _FIGURE_COLUMNS and bool(_FIGURE.match(row.cells[column].text))

    def _lone(self, column: int, text: str, row: Row) -> tuple[str, str] | None:
        numbered = _NUMBERED.match(text)
        spans = sum(cell.merged == "left" for cell in row.cells) >= len(row.cells) - 2 > 0
        kind = self._columns[column] if column < len(self._columns) else "unknown"
        if not self._has_times and is_time(text):
            return "", as_title(text)
        if numbered and (kind == "number" or spans or _ROMAN.match(numbered.group(1))):
            return numbered.group(1), as_title(numbered.group(2))
        letters = [letter for letter in text if letter.isalpha()]
        is_loud = len(letters) > _LOUD_LETTERS and text.isupper()
        bold = row.cells[column].bold
        if kind == "number" and not _MARK.match(text):
            return ("", as_title(text)) if is_loud or bold or not row.opens else None
        if kind in ("task", "objective", "unknown") and (is_loud or bold or spans) and not begins_low(text):
            return "", as_title(text)
        return None

    def _is_filled_later(self, index: int) -> bool:
        """Whether the next row, on a new page, brings the cells this one lacks."""
        following = self._rows[index + 1] if index + 1 < len(self._rows) else None
        if following is None or not following.opens:
            return False
        own = by_kind(self._rows[index].texts, self._header)
        raw = by_kind(following.texts, self._header)
        text = raw.get("task") or raw.get("objective") or ""
        brings = any(raw.get(kind) for kind in ("lead", "timing"))
        goes_on = not text or begins_low(text) or is_open(own.get("task") or own.get("objective") or "")
        return not raw.get("number") and brings and goes_on

    def _has_children(self, index: int, number: str) -> bool:
        """Whether the rows under this one are its parts: numbered "n.m", or whole rows without a number."""
        following = self._rows[index + 1] if index + 1 < len(self._rows) else None
        if following is not None and not following.cells[0].text and not following.opens:
            raw = by_kind(following.texts, self._header)
            if raw.get("task") and not begins_low(raw["task"]) and any(raw.get(kind) for kind in WORK):
                return True
        for row in self._rows[index + 1 :]:
            mark = _MARK.match(row.cells[0].text) if row.cells else None
            if mark:
                return mark.group(1).startswith(f"{number}.") or (number.isalpha() and mark.group(1).isdigit())
        return False


def as_mark(text: str) -> str | None:
    """The number printed in a cell ("1.1" for "1.1."), or None when it is no number."""
    match = _MARK.match(text)
    return match.group(1) if match else None


def as_title(text: str) -> str:
    return tidy(text).strip(" .:;")


def is_total(text: str) -> bool:
    """Whether this is the label of a sum ("Tổng cộng")."""
    return bool(_TOTAL.match(fold_words(text)))
