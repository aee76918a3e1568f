"""Lengths counted from something awaited: "trong vòng 10 ngày làm việc kể từ khi có …", "trước kỳ họp 15 ngày"."""

from __future__ import annotations

from domain.plans import Offset, OffsetUnit
from plans.dates import Phrase

_UNITS: dict[str, OffsetUnit] = {"ngay": "day", "tuan": "week", "thang": "month"}
_FROM = (("ke", "tu"), ("tinh", "tu"), ("sau", "khi"), ("sau", "ngay"), ("tu", "khi"), ("tu", "ngay"), ("sau", "ky"))
_BEFORE = (("truoc", "khi"), ("truoc", "ngay"), ("truoc", "ky"), ("so", "voi"))


def read_offset(text: str) -> Offset | None:
    """How long after (before, when negative) the thing it names a phrase allows; None when it counts from nothing."""
    phrase = Phrase(text)
    for index in range(len(phrase)):
        length = _length(phrase, index)
        if length is not None:
            amount, unit, after = length
            return Offset(-amount if _is_before(phrase, index, after) else amount, unit)
    return None


def _length(phrase: Phrase, index: int) -> tuple[int, OffsetUnit, int] | None:
    """ "15 ngày", "05 ngày làm việc", "2 tuần kể từ"; a length in months only where it says from when."""
    number, unit = phrase.at(index).number, _UNITS.get(phrase.word(index + 1))
    if not number or unit is None or phrase.word(index - 1) in {"so", "/"}:
        return None
    after = index + 2
    if unit == "day" and phrase.says(after, "lam", "viec"):
        return number, "working_day", after + 2
    if phrase.at(after).number is not None or phrase.word(after) in {"/", "lan", "mot", "dau", "cuoi"}:
        return None
    counted = any(phrase.says(after, *words) for words in _FROM + _BEFORE)
    return (number, unit, after) if counted or unit == "day" else None


def _is_before(phrase: Phrase, index: int, after: int) -> bool:
    if any(phrase.says(after, *words) for words in _BEFORE):
        return True
    if any(phrase.says(after, *words) for words in _FROM):
        return False
    earlier = [phrase.word(place) for place in range(index)]
    return "truoc" in earlier and not {"sau", "vong"} & set(earlier)
