"""Rules for what comes round: "hằng quý, năm", "định kỳ 3 tháng/lần", "2 lần/năm"."""

from __future__ import annotations

from domain.plans import Every, Timing
from plans.dates import EVERY_WORDS, SEPARATORS, Found, Phrase

PERIODS: dict[str, Every] = {"tuan": "week", "thang": "month", "quy": "quarter", "qui": "quarter", "nam": "year"}
_PER_YEAR: dict[int, Every] = {1: "year", 2: "half_year", 4: "quarter", 12: "month"}
_PER_MONTHS: dict[int, Every] = {1: "month", 3: "quarter", 6: "half_year", 12: "year"}


def read_recurrence(phrase: Phrase, index: int, year: int | None) -> Found | None:
    """ "Hàng quý, năm", "Định kỳ 3 tháng/lần", "2 lần/năm", "Định kỳ quý, 6 tháng và cuối năm"."""
    after = index
    if phrase.says(after, "dinh", "ky"):
        after += 2
    while phrase.word(after) in EVERY_WORDS:
        after += 1
    led = after > index or _is_bare_list(phrase, index)
    found: list[Every] = []
    while (period := _period(phrase, after, led)) is not None:
        found.append(period[0])
        after = period[1]
        step = after + (phrase.word(after) in SEPARATORS)
        step += phrase.word(step) in {"va", "ca"}
        while phrase.word(step) in EVERY_WORDS:
            step += 1
        if step == after or _period(phrase, step, led) is None:
            break
        after = step
    rule = phrase.printed(index, after)
    return ([Timing("recurring", every=every, rule=rule) for every in dict.fromkeys(found)], after) if found else None


def _is_bare_list(phrase: Phrase, index: int) -> bool:
    """Whether periods are listed without "hàng": "quý, 6 tháng, năm"."""
    first = _period(phrase, index, led=True)
    if first is None or phrase.word(index) not in {"quy", "qui", "6"}:
        return False
    return phrase.word(first[1]) in SEPARATORS and _period(phrase, first[1] + 1, led=True) is not None


def _period(phrase: Phrase, index: int, led: bool) -> tuple[Every, int] | None:
    """One period and the index after it; a bare "quý" or "năm" counts only after "hàng" or "định kỳ"."""
    number, word = phrase.at(index).number, phrase.word(index + 1)
    if number and word == "thang" and number in _PER_MONTHS:
        after = index + 2
        if phrase.word(after) in {"/", "mot", "1"} or phrase.word(after) == "lan":
            while phrase.word(after) in {"/", "mot", "1", "lan"}:
                after += 1
            return _PER_MONTHS[number], after
        return (_PER_MONTHS[number], after) if led and phrase.word(after) not in {"dau", "cuoi"} else None
    if number and word == "lan" and phrase.word(index + 2) in {"/", "mot", "trong", "moi"}:
        after = index + 3 + (phrase.word(index + 3) in {"mot", "1"})
        if phrase.word(after) == "nam" and number in _PER_YEAR:
            return _PER_YEAR[number], after + 1
        return (PERIODS[phrase.word(after)], after + 1) if phrase.word(after) in PERIODS else None
    if not led:
        return None
    index += phrase.word(index) == "cuoi"
    word = phrase.word(index)
    is_named = word in {"quy", "qui"} and phrase.at(index + 1).quarter is not None
    is_dated = word in {"thang", "nam"} and phrase.at(index + 1).number is not None
    return (PERIODS[word], index + 1) if word in PERIODS and not is_named and not is_dated else None
