"""Rules for days and ends of periods: "trước ngày 31/01", "chậm nhất 15/6 và 15/12", "đến hết quý II"."""

from __future__ import annotations

from domain.plans import Timing
from plans.dates import EVERY_WORDS, SEPARATORS, DayMark, Found, Phrase, last_day
from plans.recurrences import PERIODS

_STOPPERS = frozenset({"truoc", "den", "toi", "qua"})


def read_deadline(phrase: Phrase, index: int, year: int | None) -> Found | None:
    """ "trước ngày …", "đến hết tháng …", "chậm nhất …", and days that stand alone."""
    position, strict, bounded = index, False, False
    if phrase.word(index) == "tu":
        start, after_start = phrase.day_at(index + 1)
        position = after_start if start and phrase.word(after_start) in {"den", "-", "–"} else index
        if position > index and phrase.word(position) != "den":
            bounded, position = True, position + 1
    while phrase.word(position) in _STOPPERS | {"cham", "muon", "nhat", "het", "khong", "la", "vao", "han", "chot"}:
        bounded = bounded or phrase.word(position) in _STOPPERS | {"nhat", "het", "chot"}
        strict = strict or phrase.word(position) == "truoc"
        position += 1
        if bounded and phrase.word(position + 1) in {"h", "gio", "g"}:
            position += 3 if phrase.at(position + 2).number is not None else 2
    if position > index and not bounded:
        return None
    recurring = _recurring_day(phrase, index, position)
    if recurring:
        return recurring
    mark, after = phrase.day_at(position)
    if mark and (bounded or mark.year or phrase.word(position) == "ngay" or phrase.word(position + 1) == "/"):
        return _days(phrase, mark, after, strict, year)
    return _end_of_period(phrase, position, strict, year) if bounded else None


def _days(phrase: Phrase, mark: DayMark, after: int, strict: bool, year: int | None) -> Found:
    marks = [mark]
    while phrase.word(after) in SEPARATORS:
        further, beyond = phrase.day_at(after + 1)
        if further is None:
            break
        marks, after = [*marks, further], beyond
    if phrase.word(after) in EVERY_WORDS and phrase.word(after + 1) == "nam":
        return [Timing("recurring", every="year", rule=phrase.text)], after + 2
    printed = next((each.year for each in reversed(marks) if each.year), year)
    return [Timing("deadline", before=each.on(printed), inclusive=not strict) for each in marks], after


def _recurring_day(phrase: Phrase, index: int, position: int) -> Found | None:
    """ "trước ngày 5 hằng tháng", "ngày 16 của tháng cuối quý"."""
    first = position
    position -= phrase.word(position) != "ngay" and position > index
    if phrase.at(position + 1).number is None or (phrase.word(position) != "ngay" and position < index):
        return None
    if first == index and phrase.word(position) != "ngay":
        return None
    after = position + 2
    while phrase.word(after) in {"cua", "thang", "cuoi", "dau", "moi", "hang", "tiep", "theo", "sau"}:
        after += 1
    word = phrase.word(after)
    walked = [phrase.word(i) for i in range(position + 2, after)]
    if word in PERIODS and set(walked) & {"hang", "moi", "cuoi", "dau"}:
        every, after = PERIODS[word], after + 1
    elif {"hang", "moi"} & set(walked) and "thang" in walked:
        every = "month"
    else:
        return None
    return [Timing("recurring", every=every, rule=phrase.printed(index, after))], after


def _end_of_period(phrase: Phrase, position: int, strict: bool, year: int | None) -> Found | None:
    word = phrase.word(position)
    if word == "thang" and (month := phrase.at(position + 1).number) and month <= 12:
        printed, after = phrase.year_at(position + 2)
        return _bound(printed or year, month, month, strict), after
    if word in {"quy", "qui"} and (quarter := phrase.at(position + 1).quarter):
        printed, after = phrase.year_at(position + 2)
        return _bound(printed or year, quarter * 3 - 2, quarter * 3, strict), after
    if word == "nam":
        printed, after = phrase.year_at(position)
        return (_bound(printed, 1, 12, strict), after) if printed else None
    return None


def _bound(year: int | None, first: int, last: int, strict: bool) -> list[Timing]:
    """The deadline "before the period" (its first day, not counted) or "to its end" (its last day, counted)."""
    if year is None:
        return [Timing("deadline")]
    before = last_day(year, first).replace(day=1) if strict else last_day(year, last)
    return [Timing("deadline", before=before, inclusive=not strict)]
