"""Times of a row in the words of a plan, such that reading them gives the same times again."""

from __future__ import annotations

from collections.abc import Iterable

from domain.due_days import rule_words
from domain.plans import Timing
from plans.timing import read_timing

_ROMAN = ("I", "II", "III", "IV")
_EVERY = {
    "week": "Hằng tuần",
    "month": "Hằng tháng",
    "quarter": "Hằng quý",
    "half_year": "Định kỳ 6 tháng/lần",
    "year": "Hằng năm",
    "per_regulation": "Định kỳ theo quy định",
}


def timing_cell(timing: tuple[Timing, ...], printed: str, year: int | None) -> str:
    """The cell for these times: as it was printed where that still says them, else in words of ours."""
    if printed and read_timing(printed, year).timings == timing:
        return printed
    return "; ".join(_merged(timing))


def _merged(timing: Iterable[Timing]) -> list[str]:
    said: list[str] = []
    for each in timing:
        words = timing_words(each)
        if words not in said:
            said.append(words)
    return said


def _recurring(timing: Timing) -> str:
    """A rule of ours, for a time that was never printed."""
    every = timing.every or "per_regulation"
    if every == "per_regulation" or not timing.due:
        return _EVERY[every]
    return str(rule_words(timing.due, every).capitalised())


def timing_words(timing: Timing) -> str:
    """One time in words: "Trước ngày 31/01/2026", "Quý II/2026", "Hằng quý"."""
    match timing.kind:
        case "deadline" if timing.before is not None:
            return f"{'Chậm nhất' if timing.inclusive else 'Trước'} ngày {timing.before:%d/%m/%Y}"
        case "month" if timing.month:
            year, month = timing.month.split("-")
            return f"Tháng {month}/{year}"
        case "quarter" if timing.quarter:
            year, quarter = timing.quarter.split("-Q")
            scope = f"{timing.scope} trong quý" if timing.scope else "Quý"
            return f"{scope} {_ROMAN[int(quarter) - 1]}/{year}"
        case "year":
            if timing.until:
                return f"Năm {timing.year}-{timing.until}"
            return f"{'Cả năm' if timing.mode == 'throughout' else 'Trong năm'} {timing.year}"
        case "recurring":
            return timing.unread or timing.rule or _recurring(timing)
        case "continuous":
            return "Thường xuyên"
        case _:
            return timing.reference or timing.trigger or ""
