"""What a time may mean that its words leave open: "6 tháng" is every half year, or by the end of June.

A person chooses; nothing here is taken by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from domain.calendars import written
from domain.due_days import rule_words
from domain.periods import Every
from domain.plans import DueDay, Timing
from domain.text import capitalise
from plans.dates import EVERY_WORDS, Phrase, last_day
from plans.due_days import PERIODS, read_due


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to take a time, as a person would say it in both languages, with the timings it gives the row."""

    text: str
    english: str
    timing: tuple[Timing, ...]


_ROUNDS: dict[Every, tuple[str, str]] = {
    "week": ("Hằng tuần", "Every week"),
    "month": ("Hằng tháng", "Every month"),
    "quarter": ("Hằng quý", "Every quarter"),
    "half_year": ("Định kỳ 6 tháng/lần", "Every six months"),
    "year": ("Hằng năm", "Every year"),
}
_PARTS = frozenset({"dau", "giua", "cuoi"})
_ROMAN = ("I", "II", "III", "IV")


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
    yield _every(every)
    if issued is not None and every == "month":
        yield _month(issued.year, issued.month, "Trong tháng ban hành kế hoạch", "In the month of issue")
    if issued is not None and every == "quarter":
        yield _quarter(issued.year, (issued.month + 2) // 3, "Trong quý ban hành kế hoạch", "In the quarter of issue")
    yield _on_demand(phrase.text)


def _lone_year(phrase: Phrase, year: int, issued: date | None) -> Iterator[Alternative]:
    """ "Năm", "Đầu năm", "Giữa năm", "Cuối năm"."""
    words = [word for word in _words(phrase) if word not in {"trong", "vao", str(year)}]
    part = words[0] if words[:1] and words[0] in _PARTS else None
    if words != [word for word in (part, "nam") if word]:
        return
    if part == "dau":
        yield _by(date(year, 1, 31))
        yield _quarter(year, 1)
    elif part == "giua":
        yield _by(date(year, 6, 30))
        yield Alternative(
            f"Quý II và quý III năm {year}",
            f"In the second and third quarter of {year}",
            (Timing("quarter", quarter=f"{year}-Q2"), Timing("quarter", quarter=f"{year}-Q3")),
        )
    elif part == "cuoi":
        yield _by(date(year, 12, 31))
        yield _quarter(year, 4)
    else:
        yield _within(year)
        yield _throughout(year)
        yield _every("year")


def _part_of_period(phrase: Phrase, year: int, issued: date | None) -> Iterator[Alternative]:
    """ "Đầu tháng 6", "giữa quý II": by the end of that part, or by the end of the whole."""
    if phrase.word(0) not in {"dau", "giua"}:
        return
    number = phrase.at(2).number
    quarter = phrase.at(2).quarter
    chosen = phrase.year_at(3)[0] or year
    if phrase.word(1) == "thang" and number and 1 <= number <= 12:
        yield _by(date(chosen, number, 10 if phrase.word(0) == "dau" else 20))
        yield _month(chosen, number)
    if phrase.word(1) in {"quy", "qui"} and quarter:
        month = quarter * 3 - (2 if phrase.word(0) == "dau" else 1)
        yield _month(chosen, month)
        yield _quarter(chosen, quarter)


def _months_long(phrase: Phrase, year: int, issued: date | None) -> Iterator[Alternative]:
    """ "6 tháng", "3 tháng", "9 tháng": every so many months, or by the end of the first so many."""
    words = _words(phrase)
    number = phrase.at(0).number
    if words[1:] not in (["thang"], ["thang", "dau"]) or number not in {3, 6, 9}:
        return
    rounds: dict[int, Every] = {3: "quarter", 6: "half_year"}
    if number in rounds:
        yield _every(rounds[number])
    yield _by(last_day(year, number))
    if number == 6:
        yield Alternative(
            f"6 tháng và cả năm {year}",
            f"After six months and at the end of {year}",
            (_by(date(year, 6, 30)).timing[0], _by(date(year, 12, 31)).timing[0]),
        )


def _lone_day(phrase: Phrase, year: int, issued: date | None) -> Iterator[Alternative]:
    """ "Ngày 15", "trước ngày 25": of every month, or of the month of issue."""
    stated = read_due(phrase, 0)
    if stated is None or not stated.is_bare or stated.after < len(phrase):
        return
    yield _due("month", *stated.days)
    if issued is not None and len(stated.days) == 1:
        day = min(stated.days[0].day, last_day(issued.year, issued.month).day)
        yield _by(issued.replace(day=day), inclusive=stated.days[0].inclusive)


def _day_of_long_period(phrase: Phrase, year: int, issued: date | None) -> Iterator[Alternative]:
    """ "Trước ngày 15 hằng quý": of the last month of the period, or of the month after it."""
    words = _words(phrase)
    day = next((token.number for token in phrase.tokens if token.number), None)
    every = next((PERIODS[two] for one, two in pairwise(words) if one in _EACH and two in _LONG), None)
    if day is None or every is None or day > 31 or "ngay" not in words or "thang" in words:
        return
    inclusive = "truoc" not in words
    yield _due(every, DueDay("last_month", day, inclusive=inclusive))
    yield _due(every, DueDay("next_month", day, inclusive=inclusive))
    yield _due(every, DueDay("first_month", day, inclusive=inclusive))


_EACH = EVERY_WORDS | {"cua", "ky"}
_LONG = frozenset({"quy", "qui", "nam"})


def _by_regulation(phrase: Phrase, year: int, issued: date | None) -> Iterator[Alternative]:
    """ "Định kỳ", "Định kỳ theo quy định": the periods reports usually have."""
    is_led = phrase.says(0, "dinh", "ky") or phrase.says(0, "theo", "dinh", "ky")
    if is_led and not any(token.number for token in phrase.tokens):
        yield from (_every(each) for each in ("month", "quarter", "half_year", "year"))


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
        yield _within(year)
    yield _by(date(last, 12, 31))


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
    yield _by(date(chosen, last, first))


def _no_such_day(phrase: Phrase, year: int, issued: date | None) -> Iterator[Alternative]:
    """ "31/02/2026", "trước ngày 31/6": the last day of that month, or some time in it."""
    for index in range(len(phrase)):
        mark, after = phrase.day_at(index)
        if mark is None or (index and phrase.word(index - 1) in {"/", "-"}):
            continue
        chosen = mark.year or year
        if mark.on(chosen) is None and after == len(phrase):
            yield _by(last_day(chosen, mark.month))
            yield _month(chosen, mark.month)
        return


_RULES: tuple[Callable[[Phrase, int, date | None], Iterator[Alternative]], ...] = (
    _lone_period, _lone_year, _part_of_period, _months_long, _lone_day, _day_of_long_period, _by_regulation, _years,
    _day_or_months, _no_such_day,
)  # fmt: skip


def _words(phrase: Phrase) -> list[str]:
    return [token.text for token in phrase.tokens if token.text.isalnum()]


def _every(every: Every) -> Alternative:
    text, english = _ROUNDS[every]
    return Alternative(text, english, (Timing("recurring", every=every, rule=text),))


def _due(every: Every, *days: DueDay) -> Alternative:
    text = capitalise(rule_words(days, every))
    english = f"{'By' if days[0].inclusive else 'Before'} {' and '.join(_day_english(day, every) for day in days)}"
    return Alternative(text, english, (Timing("recurring", every=every, rule=text, due=days),))


def _day_english(day: DueDay, every: Every) -> str:
    span = every.replace("_", " ")
    months = {"next_month": "the month after", "first_month": "the first month of"}
    month = "" if every == "month" else f"{months.get(day.of, 'the last month of')} "
    return f"day {day.day} of {month}every {span}"


def _by(day: date, *, inclusive: bool = True) -> Alternative:
    return Alternative(
        f"{'Chậm nhất' if inclusive else 'Trước'} ngày {written(day)}",
        f"{'By' if inclusive else 'Before'} {written(day)}",
        (Timing("deadline", before=day, inclusive=inclusive),),
    )


def _month(year: int, month: int, text: str = "Trong tháng", english: str = "In month") -> Alternative:
    return Alternative(
        f"{text} {month}/{year}" if text == "Trong tháng" else f"{text} ({month}/{year})",
        f"{english} {month}/{year}" if text == "Trong tháng" else f"{english} ({month}/{year})",
        (Timing("month", month=f"{year}-{month:02d}"),),
    )


def _quarter(year: int, quarter: int, text: str = "", english: str = "") -> Alternative:
    roman = _ROMAN[quarter - 1]
    return Alternative(
        f"{text} (quý {roman}/{year})" if text else f"Trong quý {roman}/{year}",
        f"{english} (quarter {roman}/{year})" if english else f"In quarter {roman} of {year}",
        (Timing("quarter", quarter=f"{year}-Q{quarter}"),),
    )


def _within(year: int) -> Alternative:
    return Alternative(f"Trong năm {year}", f"Within {year}", (Timing("year", year=year, mode="within"),))


def _throughout(year: int) -> Alternative:
    return Alternative(f"Cả năm {year}", f"All through {year}", (Timing("year", year=year, mode="throughout"),))


def _on_demand(printed: str) -> Alternative:
    return Alternative(
        "Khi phát sinh, không định trước", "Whenever it comes up", (Timing("on_demand", trigger=printed),)
    )
