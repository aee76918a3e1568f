"""What the program says, in both its languages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

LONG_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
MONTHS = tuple(name[:3] for name in LONG_MONTHS)


class Words(str):
    """A sentence in Vietnamese, which it is as text, with the same in English beside it.

    Added to another it stays in both languages; any other work on the text gives Vietnamese alone.
    """

    english: str

    def __new__(cls, vietnamese: str, english: str | None = None) -> Words:
        words = super().__new__(cls, vietnamese)
        words.english = english_of(vietnamese) if english is None else str(english)
        return words

    @property
    def vietnamese(self) -> str:
        return str(self)

    def __add__(self, other: str) -> Words:
        return Words(super().__add__(other), self.english + english_of(other))

    def __radd__(self, other: str) -> Words:
        return Words(other, other) + self

    def capitalised(self) -> Words:
        """With a capital first letter in both."""
        return Words(self[:1].upper() + self[1:], self.english[:1].upper() + self.english[1:])


def english_of(text: str) -> str:
    """The English of a sentence; what people wrote stays as it is."""
    return text.english if isinstance(text, Words) else text


def said_in(text: str, language: str) -> str:
    """The sentence in "vi" or "en"."""
    return english_of(text) if language == "en" else str(text)


def written(day: date) -> Words:
    """A day as our own sentences write it: 12/3/2026, 12 Mar 2026."""
    return Words(f"{day.day}/{day.month}/{day.year}", f"{day.day} {MONTHS[day.month - 1]} {day.year}")


def counted(count: int, noun: Words) -> Words:
    """ "2 ngày", "2 days"."""
    return Words(f"{count} {noun}", f"{count} {noun.english}{'' if count == 1 else 's'}")


def joined(parts: Iterable[str], between: str) -> Words:
    """The parts with `between` between them, as `str.join` does, in both languages."""
    first, *others = parts
    whole = Words(first)
    for part in others:
        whole = whole + between + part
    return whole
