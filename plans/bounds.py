"""The words that make a day a limit: "trước", "chậm nhất là vào", "đến hết", with an hour of the day between.

Before five in the afternoon of a day is by that day: work ends then.
"""

from __future__ import annotations

from dataclasses import dataclass

from plans.dates import Phrase

STOPPERS = frozenset({"truoc", "den", "toi", "qua"})
_LED = STOPPERS | {"cham", "muon", "nhat", "het", "khong", "la", "vao", "han", "chot"}
_CLOSING_HOUR = 17
_MOST_WORDS = 8  # "chậm nhất là vào 17 giờ …"
_BINDING = STOPPERS | {"nhat", "het", "chot"}


@dataclass(frozen=True, slots=True)
class Bound:
    """What stands before a day, up to index `after`; `strict` for "trước", the day itself not counted."""

    after: int
    binds: bool = False
    strict: bool = False


def bound_at(phrase: Phrase, index: int) -> Bound:
    """The bounding words from `index` on; none there gives a bound that does not bind."""
    position, strict, binds = index, False, False
    while phrase.word(position) in _LED and position - index < _MOST_WORDS:
        binds = binds or phrase.word(position) in _BINDING
        strict = strict or phrase.word(position) == "truoc"
        position += 1
        if binds and phrase.word(position + 1) in {"h", "gio", "g"}:
            strict = strict and (phrase.at(position).number or 0) < _CLOSING_HOUR
            position += 3 if phrase.at(position + 2).number is not None else 2
    return Bound(position, binds, strict)
