"""What a time may mean that its words leave open: "6 tháng" is every half year, or by the end of June.

A person chooses; nothing here is taken by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise

from domain.calendars import WorkingCalendar
from domain.due_days import stated_day
from domain.periods import Every, month_of
from domain.plans import DueDay, Timing
from plans.alternatives import Alternative, by, due_each, every_one, in_month, in_quarter, throughout, whenever, within
from plans.dates import EVERY_WORDS, Phrase, last_day
from plans.due_days import PERIODS, read_due

__all__ = ["Alternative", "alternatives"]

_PARTS = frozenset({"dau", "giua", "cuoi"})


def alternatives(raw: str, year: int, issued: date | None = None) -> tuple[Alternative, ...]:
    """The two to four ways to take a time whose words leave it open; empty when there is nothing sensible to offer.

    `year` is the plan's, `issued` the day on the plan when it is known ("trong tháng" may be the month of issue).
    """
    phrase = Phrase(raw.strip(" .;:-–()"))
    for rule in _RULES:
        found = tuple(rule(phrase, year, issued))
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _lone_period(phrase: Phrase, year: int, issued: date | None) -> Iterator[Alternative]:
    """ "Trong tháng", "Quý", "Tuần": each one, the one the plan is issued in, or whenever in the year."""
    words = [word for word in _words(phrase) if word not in {"trong", "cuoi", "vao"}]
    if len(words) != 1 or words[0] not in PERIODS or words[0] == "nam":
        return
    every = PERIODS[words[0]]
    yield every_one(every)
    if issued is not None and every == "month":
        yield in_month(issued.year, issued.month, "Trong tháng ban hành kế hoạch", "In the month of issue")
    if issued is not None and every == "quarter":
        yield in_quarter(issued.year, (issued.month + 2) // 3, "Trong quý ban hành kế hoạch", "In the quarter of issue")
    yield whenever(phrase.text)


def _lone_year(phrase: Phrase, year: int, issued: date | None) -> Iterator[Alternative]:
    """ "Năm", "Đầu năm", "Giữa năm", "Cuối năm"."""
    words = [word for word in _words(phrase) if word not in {"trong", "vao", str(year)}]
    part = words[0] if words[:1] and words[0] in _PARTS else None
    if words != [word for word in (part, "nam") if word]:
        return
    if part == "dau":
        yield by(date(year, 1, 31))
        yield in_quarter(year, 1)
    elif part == "giua":
        yield by(date(year, 6, 30))
        yield Alternative(
            f"Quý II và quý III năm {year}",
            f"In the second and third quarter of {year}",
            (Timing("quarter", quarter=f"{year}-Q2"), Timing("quarter", quarter=f"{year}-Q3")),
        )
    elif part == "cuoi":
        yield by(date(year, 12, 31))
        yield in_quarter(year, 4)
    else:
        yield within(year)
        yield throughout(year)
        yield every_one("year")


def _part_of_period(phrase: Phrase, year: int, issued: date | None) -> Iterator[Alternative]:
    """ "Đầu tháng 6", "giữa quý II": by the end of that part, or by the end of the whole."""
    if phrase.word(0) not in {"dau", "giua"}:
        return
    number = phrase.at(2).number
    quarter = phrase.at(2).quarter
    chosen = phrase.year_at(3)[0] or year
    if phrase.word(1) == "thang" and number and 1 <= number <= 12:
        yield by(date(chosen, number, 10 if phrase.word(0) == "dau" else 20))
        yield in_month(chosen, number)
    if phrase.word(1) in {"quy", "qui"} and quarter:
        month = quarter * 3 - (2 if phrase.word(0) == "dau" else 1)
        yield in_month(chosen, month)
        yield in_quarter(chosen, quarter)


def _week_of_month(phrase: Phrase, year: int, issued: date | None) -> Iterator[Alternative]:
    """ "Tuần 2 tháng 6", "tuần thứ 3 tháng 5/2027": by the end of that week, or of the month."""
    place = 1 + (phrase.word(1) == "thu")
    week, month = phrase.at(place).number, phrase.at(place + 2).number
    if phrase.word(0) != "tuan" or phrase.word(place + 1) != "thang" or not week or week > 5:
        return
    if month and 1 <= month <= 12:
        chosen = phrase.year_at(place + 3)[0] or year
        yield by(stated_day(DueDay("week", week), month_of(chosen, month), WorkingCalendar()))
        yield in_month(chosen, month)


def _months_long(phrase: Phrase, year: int, issued: date | None) -> Iterator[Alternative]:
    """ "6 tháng", "3 tháng", "9 tháng": every so many months, or by the end of the first so many."""
    words = _words(phrase)
    number = phrase.at(0).number
    if words[1:] not in (["thang"], ["thang", "dau"]) or number not in {3, 6, 9}:
        return
    rounds: dict[int, Every] = {3: "quarter", 6: "half_year"}
    if number in rounds:
        yield every_one(rounds[number])
    yield by(last_day(year, number))
    if number == 6:
        yield Alternative(
            f"6 tháng và cả năm {year}",
            f"After six months and at the end of {year}",
            (by(date(year, 6, 30)).timing[0], by(date(year, 12, 31)).timing[0]),
        )


def _lone_day(phrase: Phrase, year: int, issued: date | None) -> Iterator[Alternative]:
    """ "Ngày 15", "trước ngày 25": of every month, or of the month of issue."""
    stated = read_due(phrase, 0)
    if stated is None or not stated.is_bare or stated.after < len(phrase):
        return
    yield due_each("month", *stated.days)
    if issued is not None and len(stated.days) == 1:
        day = min(stated.days[0].day, last_day(issued.year, issued.month).day)
        yield by(issued.replace(day=day), inclusive=stated.days[0].inclusive)


def _day_of_long_period(phrase: Phrase, year: int, issued: date | None) -> Iterator[Alternative]:
    """ "Trước ngày 15 hằng quý": of the last month of the period, or of the month after it."""
    words = _words(phrase)
    day = next((token.number for token in phrase.tokens if token.number), None)
    every: Every | None = next((PERIODS[two] for one, two in pairwise(words) if one in _EACH and two in _LONG), None)
    if day is None or every is None or day > 31 or "ngay" not in words or "thang" in words:
        return
    inclusive = "truoc" not in words
    yield due_each(every, DueDay("last_month", day, inclusive=inclusive))
    yield due_each(every, DueDay("next_month", day, inclusive=inclusive))
    yield due_each(every, DueDay("first_month", day, inclusive=inclusive))


_EACH = EVERY_WORDS | {"cua", "ky"}
_LONG = frozenset({"quy", "qui", "nam"})


def _by_regulation(phrase: Phrase, year: int, issued: date | None) -> Iterator[Alternative]:
    """ "Định kỳ theo quy định", "trước ngày 20 tháng cuối kỳ báo cáo": the periods reports usually have."""
    is_led = phrase.says(0, "dinh", "ky") or phrase.says(0, "theo", "dinh", "ky")
    if is_led and not any(token.number for token in phrase.tokens):
        yield from (every_one(each) for each in ("month", "quarter", "half_year", "year"))
    stated = read_due(phrase, 0)
    if stated is not None and stated.every is None and not stated.is_bare:
        yield from (due_each(each, *stated.days) for each in ("month", "quarter", "half_year", "year"))


def _years(phrase: Phrase, year: int, issued: date | None) -> Iterator[Alternative]:
    """ "2026-2027": all through, or by the end of the plan's year, or of the last."""
    place = 2 if phrase.says(0, "giai", "doan") else 1 if phrase.word(0) == "nam" else 0
    first, last = phrase.at(place).number, phrase.at(place + 2).number
    if not first or not last or not 1990 <= first < last <= 2100 or phrase.word(place + 1) not in {"-", "–", "den"}:
        return
    if len(phrase) > place + 3:
        return
    yield Alternative(
        f"Suốt giai đoạn {first}-{last}",
        f"All through {first} to {last}",
        (Timing("year", year=first, until=last, mode="throughout"),),
    )
    if first <= year < last:
        yield within(year)
    yield by(date(last, 12, 31))


def _day_or_months(phrase: Phrase, year: int, issued: date | None) -> Iterator[Alternative]:
    """ "01-03/2026", "3-6": a day, or the months from one to the other."""
    first, last = phrase.at(0).number, phrase.at(2).number
    if phrase.word(1) not in {"-", "–"} or not first or not last or not (1 <= first < last <= 12):
        return
    printed, after = phrase.year_at(3)
    if after < len(phrase):
        return
    chosen = printed or year
    yield Alternative(
        f"Từ tháng {first} đến tháng {last} năm {chosen}",
        f"From month {first} to month {last} of {chosen}",
        tuple(Timing("month", month=f"{chosen}-{month:02d}") for month in range(first, last + 1)),
    )
    yield by(date(chosen, last, first))


def _no_such_day(phrase: Phrase, year: int, issued: date | None) -> Iterator[Alternative]:
    """ "31/02/2026", "trước ngày 31/6": the last day of that month, or some time in it."""
    for index in range(len(phrase)):
        mark, after = phrase.day_at(index)
        if mark is None or (index and phrase.word(index - 1) in {"/", "-"}):
            continue
        chosen = mark.year or year
        if mark.on(chosen) is None and after == len(phrase):
            yield by(last_day(chosen, mark.month))
            yield in_month(chosen, mark.month)
        return


_RULES: tuple[Callable[[Phrase, int, date | None], Iterator[Alternative]], ...] = (
    _lone_period, _lone_year, _part_of_period, _week_of_month, _months_long, _lone_day, _day_of_long_period,
    _by_regulation, _years, _day_or_months, _no_such_day,
)  # fmt: skip


def _words(phrase: Phrase) -> list[str]:
    return [token.text for token in phrase.tokens if token.text.isalnum()]
