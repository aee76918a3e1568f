"""The small words of time: tokens of a Vietnamese phrase, and the dates written with them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from domain.plans import Timing
from domain.text import fold, tidy

_TOKEN = re.compile(r"\d+|[a-z]+|[^\sa-z0-9]")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
Found = tuple[list[Timing], int]
"""What a rule of the grammar read, and the index of the token after it."""
SEPARATORS = frozenset({",", "/", "va", "&", "hoac", "-", "–", "—", "+"})
EVERY_WORDS = frozenset({"hang", "moi", "tung"})
_DATE_SIGNS = frozenset({"/", "-", "."})


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign, folded, with where it stands in the printed text."""

    text: str
    start: int
    end: int

    @property
    def number(self) -> int | None:
        return int(self.text) if self.text.isdecimal() and len(self.text) <= 4 else None

    @property
    def quarter(self) -> int | None:
        """1 to 4 for "I" to "IV" and "1" to "4"."""
        if self.text in _ROMAN:
            return _ROMAN[self.text]
        return int(self.text) if self.text in {"1", "2", "3", "4"} else None


@dataclass(frozen=True, slots=True)
class DayMark:
    """A day as written; the year is None where it is not printed."""

    day: int
    month: int
    year: int | None

    def on(self, year: int | None) -> date | None:
        """The date, in `year` where none is printed; None when there is no such day or no year."""
        chosen = self.year or year
        try:
            return date(chosen, self.month, self.day) if chosen else None
        except ValueError:
            return None


class Phrase:
    """A printed phrase and its tokens; asking beyond the end gives an empty token."""

    def __init__(self, text: str) -> None:
        self.text = tidy(text)
        folded = "".join(fold(letter)[:1] or " " for letter in self.text)
        self.tokens = [Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(folded)]

    def __len__(self) -> int:
        return len(self.tokens)

    def at(self, index: int) -> Token:
        return self.tokens[index] if 0 <= index < len(self.tokens) else Token("", len(self.text), len(self.text))

    def word(self, index: int) -> str:
        return self.at(index).text

    def says(self, index: int, *words: str) -> bool:
        """Whether the tokens from `index` on are just these words."""
        return all(self.word(index + offset) == word for offset, word in enumerate(words))

    def printed(self, first: int, after: int) -> str:
        """The text from token `first` up to, but without, token `after`."""
        if first >= after or first >= len(self.tokens):
            return ""
        return self.text[self.at(first).start : self.at(after - 1).end]

    def year_at(self, index: int) -> tuple[int | None, int]:
        """A year such as "2025", "/2025", "năm 2025", "-2025", "của năm 2025" and the index after it."""
        position = index
        while self.word(position) in {"/", "-", "–", "nam", "cua", ".", ","} and position - index < 2:
            position += 1
        number = self.at(position).number
        return (number, position + 1) if number and 1990 <= number <= 2100 else (None, index)

    def day_at(self, index: int) -> tuple[DayMark | None, int]:
        """A day such as "ngày 5/2", "31 tháng 01 năm 2026", "15-02-2026" and the index after it.

        "01-03/2026" is none: it may be a day as well as the months from one to the other.
        """
        position = index + 1 if self.word(index) == "ngay" else index
        day = self.at(position).number
        if not day or day > 31:
            return None, index
        is_dated = self.word(position + 1) in _DATE_SIGNS | {"thang"}
        is_mixed = self.word(position + 1) == "-" and self.word(position + 3) == "/"
        month = self.at(position + 2).number if is_dated and not is_mixed else None
        if not month or month > 12:
            return None, index
        year, after = self._year_of_day(position + 3)
        return DayMark(day, month, year), after

    def _year_of_day(self, index: int) -> tuple[int | None, int]:
        if self.word(index) in _DATE_SIGNS | {"nam"}:
            number = self.at(index + 1).number
            if number and 1990 <= number <= 2100:
                return number, index + 2
        return None, index


def dates_in(text: str) -> Iterator[tuple[DayMark, int, int]]:
    """Every day written in `text`, with the span of the tidied text it stands in."""
    phrase, index = Phrase(text), 0
    while index < len(phrase):
        mark, after = phrase.day_at(index)
        if mark and (mark.year or phrase.word(index) == "ngay" or phrase.word(index + 1) == "/"):
            yield mark, phrase.at(index).start, phrase.at(after - 1).end
            index = after
        else:
            index += 1


def last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def first_day_after(year: int, month: int) -> date:
    return last_day(year, month) + timedelta(days=1)
