"""Rules for what comes round: "hằng quý, năm", "định kỳ 3 tháng/lần", "hằng quý (trước ngày 20 tháng cuối quý)"."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.periods import Every
from domain.plans import DueDay, Timing
from plans.bounds import bound_at
from plans.dates import EVERY_WORDS, SEPARATORS, Found, Phrase
from plans.deadlines import read_deadline
from plans.due_days import PERIODS, StatedDue, read_due

_PER_YEAR: dict[int, Every] = {1: "year", 2: "half_year", 4: "quarter", 12: "month"}
_PER_MONTHS: dict[int, Every] = {1: "month", 3: "quarter", 6: "half_year", 12: "year"}
_BETWEEN = frozenset(
    ("(", ",", ":", "-", "–", "va", "vao", "gui", "bao", "cao", "hoan", "thanh", "xong", "thuc", "hien", "trong", "nop")
)


@dataclass(slots=True)
class _Rounds:
    """The periods of one rule in order, with the due days stated for each; `untold` are those whose day is not clear.

    `dated` are the days printed in brackets between them: "định kỳ 6 tháng (trước 15/6), năm (trước 15/12)".
    """

    due: dict[Every, list[DueDay]] = field(default_factory=dict)
    untold: set[Every] = field(default_factory=set)
    dated: list[Timing] = field(default_factory=list)

    def add(self, every: Every) -> None:
        self.due.setdefault(every, [])

    def take(self, stated: StatedDue) -> bool:
        """Set the due days where they belong; False when they speak of none of these periods."""
        wanted: list[Every] = [every for every, days in self.due.items() if not days]
        wanted = [stated.every] if stated.every else wanted
        if not wanted or any(every not in self.due for every in wanted):
            return False
        for every in wanted:
            is_told = bool(stated.days) and every != "week" and not (stated.is_bare and every != "month")
            if is_told or stated.every == "week":
                self.due[every].extend(stated.days)
            else:
                self.untold.add(every)
        return True

    def timings(self, rule: str) -> list[Timing]:
        found = [
            Timing("recurring", every=every, rule=rule, due=tuple(days), unread=rule if every in self.untold else None)
            for every, days in self.due.items()
        ]
        return found + self.dated


def read_due_rule(phrase: Phrase, index: int, year: int | None) -> Found | None:
    """A due day that names its period itself: "Trước ngày 5 hằng tháng", "ngày 16 của tháng cuối quý"."""
    stated = read_due(phrase, index)
    if stated is None or stated.is_bare:
        return None
    if stated.every is None:
        rule = phrase.printed(index, stated.after)
        return [Timing("recurring", every="per_regulation", rule=rule, due=stated.days)], stated.after
    rounds = _Rounds()
    rounds.add(stated.every)
    rounds.take(stated)
    after = _take_due_days(phrase, stated.after, rounds, year)
    return rounds.timings(phrase.printed(index, after)), after


def read_recurrence(phrase: Phrase, index: int, year: int | None) -> Found | None:
    """ "Hàng quý, năm", "Định kỳ 3 tháng/lần", "2 lần/năm", "Định kỳ quý, 6 tháng và cuối năm".

    "Báo cáo quý" is a time only where its day follows; alone it is a product.
    """
    after = index
    if phrase.says(after, "dinh", "ky"):
        after += 2
    after += phrase.word(after) in EVERY_WORDS
    is_report = after == index and phrase.says(index, "bao", "cao")
    after += 2 * is_report
    led = after > index or _is_bare_list(phrase, index)
    rounds = _Rounds()
    while (period := _period(phrase, after, led)) is not None:
        rounds.add(period[0])
        after = _take_due_days(phrase, period[1], rounds, year)
        step = after + (phrase.word(after) in SEPARATORS)
        step += phrase.word(step) in {"va", "ca"}
        while phrase.word(step) in EVERY_WORDS:
            step += 1
        if step == after or _period(phrase, step, led) is None:
            break
        after = step
    if is_report and not any(rounds.due.values()) and not bound_at(phrase, after).binds:
        return None
    return (rounds.timings(phrase.printed(index, after)), after) if rounds.due else None


def _take_due_days(phrase: Phrase, index: int, rounds: _Rounds, year: int | None) -> int:
    """The index after the due days that stand beside the periods, in brackets or behind a comma."""
    after = index
    while True:
        step = after
        while phrase.word(step) in _BETWEEN:
            step += 1
        stated = read_due(phrase, step)
        if stated is not None and rounds.take(stated):
            after = stated.after + (phrase.word(stated.after) == ")")
            continue
        dated = read_deadline(phrase, step, year) if phrase.word(step - 1) == "(" else None
        if dated is None or phrase.word(dated[1]) != ")":
            return after
        rounds.dated.extend(dated[0])
        after = dated[1] + 1


def _is_bare_list(phrase: Phrase, index: int) -> bool:
    """Whether periods are listed without "hàng": "quý, 6 tháng, năm"."""
    first = _period(phrase, index, led=True)
    if first is None or not (phrase.word(index) in {"quy", "qui"} or phrase.at(index).number in {3, 6}):
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
    index += number == 1 and word in {"quy", "qui", "nam"}
    index += phrase.word(index) == "cuoi"
    word = phrase.word(index)
    times = _times(phrase, index + 1) if word in PERIODS else None
    if times:
        often = _PER_YEAR.get(times) if word == "nam" else PERIODS[word] if times == 1 else None
        return (often, index + 3) if often else None
    is_named = word in {"quy", "qui"} and phrase.at(index + 1).quarter is not None
    is_dated = word in {"thang", "nam", "tuan"} and phrase.at(index + 1).number is not None
    return (PERIODS[word], index + 1) if word in PERIODS and not is_named and not is_dated else None


def _times(phrase: Phrase, index: int) -> int | None:
    """How often in "mỗi năm 2 lần", "mỗi quý một lần"."""
    number = 1 if phrase.word(index) == "mot" else phrase.at(index).number
    return number if number and phrase.word(index + 1) == "lan" else None
