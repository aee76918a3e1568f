"""One way to take a time that its words leave open, said in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.due_days import rule_words
from domain.periods import ROMAN, Every, label
from domain.plans import DueDay, Timing
from domain.words import written


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


def every_one(every: Every) -> Alternative:
    text, english = _ROUNDS[every]
    return Alternative(text, english, (Timing("recurring", every=every, rule=text),))


def due_each(every: Every, *days: DueDay) -> Alternative:
    said = rule_words(days, every).capitalised()
    return Alternative(str(said), said.english, (Timing("recurring", every=every, rule=str(said), due=days),))


def by(day: date, *, inclusive: bool = True) -> Alternative:
    return Alternative(
        f"{'Chậm nhất' if inclusive else 'Trước'} ngày {written(day)}",
        f"{'By' if inclusive else 'Before'} {written(day).english}",
        (Timing("deadline", before=day, inclusive=inclusive),),
    )


def in_month(year: int, month: int, text: str = "Trong tháng", english: str = "In") -> Alternative:
    name = f"{year}-{month:02d}"
    return Alternative(
        f"{text} {month}/{year}" if text == "Trong tháng" else f"{text} ({month}/{year})",
        f"{english} {label(name).english}" if text == "Trong tháng" else f"{english} ({label(name).english})",
        (Timing("month", month=name),),
    )


def in_quarter(year: int, quarter: int, text: str = "", english: str = "") -> Alternative:
    roman = ROMAN[quarter - 1]
    return Alternative(
        f"{text} (quý {roman}/{year})" if text else f"Trong quý {roman}/{year}",
        f"{english} (quarter {roman}/{year})" if english else f"In quarter {roman} of {year}",
        (Timing("quarter", quarter=f"{year}-Q{quarter}"),),
    )


def within(year: int) -> Alternative:
    return Alternative(f"Trong năm {year}", f"Within {year}", (Timing("year", year=year, mode="within"),))


def throughout(year: int) -> Alternative:
    return Alternative(f"Cả năm {year}", f"All through {year}", (Timing("year", year=year, mode="throughout"),))


def whenever(printed: str) -> Alternative:
    return Alternative(
        "Khi phát sinh, không định trước", "Whenever it comes up", (Timing("on_demand", trigger=printed),)
    )
