"""Rules for stretches of time: continuous work, months, quarters, half-years and years."""

from __future__ import annotations

from domain.plans import DueDay, Timing
from plans.dates import EVERY_WORDS, SEPARATORS, Found, Phrase

_CONTINUOUS = (("thuong", "xuyen"), ("lien", "tuc"), ("hang", "ngay"), ("quanh", "nam"))


def read_continuous(phrase: Phrase, index: int, year: int | None) -> Found | None:
    for words in _CONTINUOUS:
        if phrase.says(index, *words):
            after = index + 2
            if any(phrase.says(after + 1, *each) for each in _CONTINUOUS) and phrase.word(after) == ",":
                after += 3
            whole = read_years(phrase, after, year)
            if whole and phrase.word(after) in {"trong", "ca", "suot"}:
                return [Timing("continuous", year=whole[0][0].year)], whole[1]
            printed, after = phrase.year_at(after)
            return [Timing("continuous", year=printed or year)], after
    return None


def read_half_year(phrase: Phrase, index: int, year: int | None) -> Found | None:
    """ "6 tháng đầu năm", "6 tháng cuối năm 2026": the two quarters of it."""
    if phrase.at(index).number != 6 or phrase.word(index + 1) != "thang":
        return None
    quarters = {"dau": (1, 2), "cuoi": (3, 4)}.get(phrase.word(index + 2))
    if quarters is None:
        return None
    printed, after = phrase.year_at(index + 3)
    if after == index + 3 and phrase.word(after) == "nam":
        after += 1
    scope = phrase.printed(index, after)
    chosen = printed or year
    return [Timing("quarter", quarter=f"{chosen}-Q{q}" if chosen else None, scope=scope) for q in quarters], after


def read_months(phrase: Phrase, index: int, year: int | None) -> Found | None:
    """ "Tháng 3, 6, 9, 12/2026", "tháng 3/2026 và tháng 9/2026", "từ tháng 3 đến tháng 5"."""
    position = index + 1 if phrase.word(index) == "tu" else index
    is_bare = _is_month(phrase, position) and phrase.word(position + 1) == "/"
    if is_bare and phrase.year_at(position + 1)[0]:
        position -= 1
    elif phrase.word(position) != "thang" or not _is_month(phrase, position + 1):
        return None
    found: list[tuple[int, int | None]] = []
    after, ranged = position + 1, False
    while _is_month(phrase, after):
        month = phrase.at(after).number or 0
        printed, after = phrase.year_at(after + 1)
        if ranged and found:
            found.extend((each, None) for each in range(found[-1][0] + 1, month))
        found.append((month, printed))
        separator = phrase.word(after)
        if separator not in SEPARATORS | {"den"}:
            break
        step = after + 1
        step += phrase.word(step) == "thang"
        if not _is_month(phrase, step):
            break
        ranged, after = separator in {"-", "–", "den"}, step
    if phrase.word(after) in EVERY_WORDS and phrase.word(after + 1) == "nam":
        return _every_year([month for month, _ in found], phrase.printed(index, after + 2)), after + 2
    return [Timing("month", month=_month(each, printed, year)) for each, printed in _with_years(found)], after


def _is_month(phrase: Phrase, index: int) -> bool:
    number = phrase.at(index).number
    is_count = phrase.word(index + 1) in {"thang", "ngay", "lan"}
    return number is not None and 1 <= number <= 12 and not is_count


def _month(month: int, printed: int | None, year: int | None) -> str | None:
    chosen = printed or year
    return f"{chosen}-{month:02d}" if chosen else None


def read_quarters(phrase: Phrase, index: int, year: int | None) -> Found | None:
    """ "Quý I", "Quý I, Quý III/2026", "quý IV-2026", "Quý II - IV"."""
    if phrase.word(index) not in {"quy", "qui"} or phrase.at(index + 1).quarter is None:
        return None
    found: list[tuple[int, int | None]] = []
    after, ranged = index + 1, False
    while (quarter := phrase.at(after).quarter) is not None:
        printed, after = phrase.year_at(after + 1)
        if ranged and found:
            found.extend((each, None) for each in range(found[-1][0] + 1, quarter))
        found.append((quarter, printed))
        separator = phrase.word(after)
        step = after + 1 + (phrase.word(after + 1) in {"quy", "qui"})
        if separator not in SEPARATORS | {"den"} or phrase.at(step).quarter is None:
            break
        ranged, after = separator in {"-", "–", "den"}, step
    if phrase.word(after) in EVERY_WORDS and phrase.word(after + 1) == "nam":
        return _every_year([quarter * 3 for quarter, _ in found], phrase.printed(index, after + 2)), after + 2
    chosen = [(quarter, printed or year) for quarter, printed in _with_years(found)]
    return [Timing("quarter", quarter=f"{y}-Q{q}" if y else None) for q, y in chosen], after


def _every_year(months: list[int], rule: str) -> list[Timing]:
    """Due at the end of these months every year."""
    return [Timing("recurring", every="year", rule=rule, due=tuple(DueDay("date", 31, month) for month in months))]


def _with_years(found: list[tuple[int, int | None]]) -> list[tuple[int, int | None]]:
    """A year printed once counts for those before it that print none: "3, 6, 9/2026"."""
    later: int | None = None
    filled: list[tuple[int, int | None]] = []
    for value, printed in reversed(found):
        later = printed or later
        filled.append((value, later))
    return filled[::-1]


def read_years(phrase: Phrase, index: int, year: int | None) -> Found | None:
    """ "Trong năm", "Cả năm 2026", "năm 2026", "giai đoạn 2026 - 2030"."""
    position = index + 2 if phrase.says(index, "giai", "doan") else index
    first, second = phrase.at(position).number, phrase.at(position + 2).number
    if first and second and phrase.word(position + 1) in {"-", "–", "den"} and 1990 <= first < second <= 2100:
        return [Timing("year", year=first, until=second, mode="throughout")], position + 3
    whole = phrase.word(index) in {"ca", "suot"}
    position = index + 1 if whole or phrase.word(index) == "trong" else index
    position += phrase.word(position) == "ca"
    whole = whole or phrase.word(position - 1) == "ca"
    if phrase.word(position) != "nam":
        return None
    printed, after = phrase.year_at(position)
    part = phrase.word(position - 1)
    if part in {"dau", "giua"} or (printed is None and position == index and part != "cuoi"):
        return None
    last = phrase.at(after + 1).number
    if printed and phrase.word(after) in {"-", "–"} and last and printed < last <= 2100:
        return [Timing("year", year=printed, until=last, mode="throughout")], after + 2
    after = after if printed else position + 1
    return [Timing("year", year=printed or year, mode="throughout" if whole else "within")], after
