"""Rules for the day of a period: "ngày 16 của tháng cuối quý", "thứ Sáu hằng tuần", "10/6 và 10/12 hằng năm".

due day    = [bound] (days of month | working day | week | weekday | days after the end | days of year)
of what    = "hằng tháng" | "tháng cuối quý" | "tháng đầu quý sau" | "tháng sau" | …
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from domain.periods import Every
from domain.plans import DueDay, DueOf
from plans.bounds import bound_at
from plans.dates import EVERY_WORDS, SEPARATORS, DayMark, Phrase

PERIODS: dict[str, Every] = {"tuan": "week", "thang": "month", "quy": "quarter", "qui": "quarter", "nam": "year"}
_MOST_DAYS = 12
_DAY_WORDS = frozenset({"ngay", "mung", "mong"})
_NEXT = (("sau",), ("tiep", "theo"), ("ke", "tiep"), ("tiep",), ("lien", "ke"), ("lien", "sau"), ("ke", "sau"))
_ENDS_OF_PERIOD: dict[DueOf, tuple[tuple[str, ...], ...]] = {
    "last_month": (("cuoi", "cung"), ("cuoi",)),
    "first_month": (("dau", "tien"), ("dau",)),
}
_NUMERALS = {"nhat": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5}
_WEEKDAYS = {"hai": 1, "ba": 2, "tu": 3, "nam": 4, "sau": 5, "bay": 6} | {str(day + 1): day for day in range(1, 7)}
_ENDING = (("sau", "khi"), ("ke", "tu", "khi"), ("ke", "tu", "ngay"), ("sau", "ngay"), ("tu", "khi"), ("tu", "ngay"))


@dataclass(frozen=True, slots=True)
class StatedDue:
    """Due days as a phrase states them, up to token `after`.

    `every` is the period named, None when it is told by what stands beside ("ngày 25", "tháng cuối kỳ"); `days` is
    empty when the words name a day of it that cannot be told ("ngày 15 hằng quý"). `is_bare` marks a day without any
    month: of a month it is the day of that month, of a longer period it cannot be told.
    """

    days: tuple[DueDay, ...]
    every: Every | None
    after: int
    is_bare: bool = False


def read_due(phrase: Phrase, index: int) -> StatedDue | None:
    """The due days stated from `index` on, with the words that bound them."""
    bound = bound_at(phrase, index)
    is_bare = not bound.binds and phrase.at(bound.after).number is not None
    if is_bare and phrase.word(bound.after + 1) not in {"/", "ngay"}:
        return None
    for rule in _RULES:
        stated = rule(phrase, bound.after)
        if stated:
            return replace(stated, days=tuple(replace(day, inclusive=not bound.strict) for day in stated.days))
    return None


def _days_of_month(phrase: Phrase, index: int) -> StatedDue | None:
    """ "ngày 5 và 20 hằng tháng", "mùng 5 tháng sau", "từ ngày 15 đến ngày 20 của tháng cuối quý", "ngày 25"."""
    numbers, after = _numbers(phrase, index)
    if not numbers:
        return None
    month = _month_of_period(phrase, after)
    if month:
        of, every, beyond = month
        return StatedDue(tuple(DueDay(of, number) for number in numbers), every, beyond)
    unclear = _whole_period(phrase, after)
    if unclear:
        return StatedDue((), *unclear)
    is_led = phrase.word(index) in _DAY_WORDS and phrase.word(after) not in {"thang", "/", "-", ".", "lam"}
    return StatedDue(tuple(DueDay("last_month", n) for n in numbers), None, after, is_bare=True) if is_led else None


def _numbers(phrase: Phrase, index: int) -> tuple[list[int], int]:
    """Days of a month one after another, none of them with a month of its own; of a range the last."""
    found: list[int] = []
    position, is_range = index, phrase.word(index) == "tu"
    position += is_range
    while True:
        step = position + (phrase.word(position) in _DAY_WORDS)
        number = phrase.at(step).number
        if len(found) > _MOST_DAYS:
            return [], index
        if not number or number > 31 or phrase.day_at(position)[0] or phrase.word(step + 1) in {"ngay", "lan"}:
            return found, index if not found else position - 1
        found = [number] if is_range else [*found, number]
        if phrase.word(step + 1) not in SEPARATORS - {"/"} | {"den"}:
            return found, step + 1
        is_range = is_range or phrase.word(step + 1) in {"den", "-", "–"}
        found = found[-1:] if is_range else found
        position = step + 2


def _month_of_period(phrase: Phrase, index: int) -> tuple[DueOf, Every | None, int] | None:
    """Which month of which period: "hằng tháng", "của tháng cuối quý", "tháng đầu quý sau", "tháng sau"."""
    position = index + (phrase.word(index) in {"cua", "trong", "vao"})
    if phrase.word(position) in EVERY_WORDS | {"cac"} and phrase.word(position + 1) == "thang":
        return "last_month", "month", position + 2
    if phrase.word(position) != "thang":
        return None
    for of, names in _ENDS_OF_PERIOD.items():
        place = _says_any(phrase, position + 1, *names)
        if place:
            return _ends_of_period(phrase, place, of)
    following = _says_any(phrase, position + 1, *_NEXT)
    if following is None:
        return None
    named = _period(phrase, following)
    return ("next_month", *named) if named and named[0] else ("next_month", "month", following)


def _ends_of_period(phrase: Phrase, index: int, of: DueOf) -> tuple[DueOf, Every | None, int]:
    named = _period(phrase, index)
    if named is None:
        return of, None, index
    every, after = named
    following = _says_any(phrase, after, *_NEXT)
    if following and of == "first_month":
        return "next_month", every, following
    return of, every, after


def _period(phrase: Phrase, index: int) -> tuple[Every | None, int] | None:
    """ "quý", "của mỗi quý", "6 tháng", "năm"; "kỳ báo cáo" gives None for the period, told elsewhere."""
    position = index + (phrase.word(index) in {"cua", "trong"})
    position += phrase.word(position) in EVERY_WORDS
    is_stretch = phrase.word(position) == "ky"
    position += is_stretch
    if phrase.at(position).number == 6 and phrase.word(position + 1) == "thang":
        return "half_year", position + 2
    is_named = phrase.at(position + 1).number is not None and phrase.word(position + 2) != "ngay"
    if phrase.word(position) in PERIODS and not is_named:
        return PERIODS[phrase.word(position)], position + 1
    if is_stretch:
        return None, position + 2 * phrase.says(position, "bao", "cao")
    return None


def _whole_period(phrase: Phrase, index: int) -> tuple[Every | None, int] | None:
    """ "hằng quý", "của quý sau": a period too long for a day of it to be told by its number alone."""
    position = index + (phrase.word(index) in {"cua", "trong"})
    if position == index and phrase.word(index) not in EVERY_WORDS:
        return None
    named = _period(phrase, position)
    if named is None or named[0] in (None, "month"):
        return None
    return named[0], _says_any(phrase, named[1], *_NEXT) or named[1]


def _working_day(phrase: Phrase, index: int) -> StatedDue | None:
    """ "ngày làm việc cuối cùng của tháng", "ngày cuối quý", "ngày đầu tiên của tháng"."""
    if phrase.word(index) != "ngay" or phrase.at(index - 1).number is not None:
        return None
    is_worked = phrase.says(index + 1, "lam", "viec")
    place = _place(phrase, index + (3 if is_worked else 1))
    if place is None or (not is_worked and abs(place[0]) != 1):
        return None
    number, after = place
    named = _period(phrase, after)
    if named is None or named[0] is None:
        return None
    if is_worked:
        return StatedDue((DueDay("working_day", number),), *named)
    return StatedDue((DueDay("first_month", 1) if number == 1 else DueDay("last_month", 31),), *named)


def _first_days(phrase: Phrase, index: int) -> StatedDue | None:
    """ "5 ngày đầu tháng", "10 ngày làm việc đầu tiên của quý": by the last of these days."""
    length = _length(phrase, index + (phrase.word(index) == "trong"))
    begins = _says_any(phrase, length[1], ("dau", "tien"), ("dau",)) if length else None
    named = _period(phrase, begins) if begins else None
    if length is None or named is None or named[0] is None:
        return None
    day = length[0]
    return StatedDue((DueDay("working_day" if day.working else "first_month", day.day),), *named)


def _week(phrase: Phrase, index: int) -> StatedDue | None:
    """ "tuần đầu tiên của tháng", "tuần cuối mỗi quý", "tuần thứ hai hằng tháng"."""
    place = _place(phrase, index + 1) if phrase.word(index) == "tuan" else None
    named = _period(phrase, place[1]) if place else None
    if place is None or named is None or named[0] in (None, "week"):
        return None
    return StatedDue((DueDay("week", place[0]),), *named)


def _place(phrase: Phrase, index: int) -> tuple[int, int] | None:
    """ "đầu tiên", "cuối cùng", "thứ hai", "thứ 3": 1, -1, 2, 3 and the index after."""
    for number, names in ((1, (("dau", "tien"), ("dau",))), (-1, (("cuoi", "cung"), ("cuoi",)))):
        after = _says_any(phrase, index, *names)
        if after:
            return number, after
    if phrase.word(index) != "thu":
        return None
    ordinal = phrase.at(index + 1).number or _NUMERALS.get(phrase.word(index + 1))
    return (ordinal, index + 2) if ordinal and ordinal <= 31 else None


def _weekday(phrase: Phrase, index: int) -> StatedDue | None:
    """ "thứ Sáu hằng tuần", "chiều thứ 6 của tuần", "Chủ nhật mỗi tuần", "thứ Hai và thứ Năm hằng tuần"."""
    found: list[int] = []
    position = index + (phrase.word(index) in {"sang", "chieu", "ngay"})
    while len(found) < _MOST_DAYS:
        day = 7 if phrase.says(position, "chu", "nhat") else None
        day = _WEEKDAYS.get(phrase.word(position + 1)) if phrase.word(position) == "thu" else day
        if day is None:
            break
        found, position = [*found, day], position + 2
        if phrase.word(position) not in SEPARATORS or phrase.word(position + 1) not in {"thu", "chu"}:
            break
        position += 1
    after = position + (phrase.word(position) in {"cua", "trong"})
    after += phrase.word(after) in EVERY_WORDS
    days = tuple(DueDay("weekday", day) for day in found)
    if not found:
        return None
    return StatedDue(days, "week", after + 1) if phrase.word(after) == "tuan" else None


def _days_after_end(phrase: Phrase, index: int) -> StatedDue | None:
    """ "5 ngày làm việc sau khi kết thúc quý", "10 ngày kể từ ngày hết tháng", "sau khi kết thúc quý 5 ngày"."""
    position = index
    while phrase.word(position) in {"trong", "vong", "toi", "da"}:
        position += 1
    position += phrase.word(position) == "sau" and phrase.at(position + 1).number is not None
    length = _length(phrase, position)
    named = _end_of_period(phrase, length[1] if length else position)
    if named is None:
        return None
    every, after = named
    if length is None:
        length = _length(phrase, after)
        after = length[1] if length else after
    return StatedDue((length[0],), every, after) if length else None


def _length(phrase: Phrase, index: int) -> tuple[DueDay, int] | None:
    number = phrase.at(index).number
    if not number or phrase.word(index + 1) != "ngay":
        return None
    working = phrase.says(index + 2, "lam", "viec")
    return DueDay("after_end", number, working=working), index + (4 if working else 2)


def _end_of_period(phrase: Phrase, index: int) -> tuple[Every, int] | None:
    """ "sau khi kết thúc quý", "kể từ ngày hết tháng"."""
    position = _says_any(phrase, index, *_ENDING)
    end = _says_any(phrase, position, ("ket", "thuc"), ("het",)) if position else None
    named = _period(phrase, end) if end else None
    return (named[0], named[1]) if named and named[0] else None


def _days_of_year(phrase: Phrase, index: int) -> StatedDue | None:
    """ "10/6 và 10/12 hằng năm", "ngày 31 tháng 3 mỗi năm"."""
    marks: list[DayMark] = []
    mark, after = phrase.day_at(index)
    while mark and mark.year is None:
        marks.append(mark)
        further, beyond = phrase.day_at(after + 1) if phrase.word(after) in SEPARATORS else (None, after)
        if further is None:
            break
        mark, after = further, beyond
    if not marks or phrase.word(after) not in EVERY_WORDS or phrase.word(after + 1) != "nam":
        return None
    if any(each.on(2000) is None for each in marks):
        return None
    return StatedDue(tuple(DueDay("date", each.day, each.month) for each in marks), "year", after + 2)


def _says_any(phrase: Phrase, index: int, *choices: tuple[str, ...]) -> int | None:
    """The index after the first of `choices` that stands at `index`."""
    return next((index + len(words) for words in choices if phrase.says(index, *words)), None)


_RULES: tuple[Callable[[Phrase, int], StatedDue | None], ...] = (
    _days_of_year, _days_after_end, _first_days, _days_of_month, _working_day, _weekday, _week,
)  # fmt: skip
