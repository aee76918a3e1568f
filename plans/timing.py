"""The grammar of times in plans: "Trước ngày 31/01", "Tháng 3, 6, 9/2026", "Hàng quý/năm", "Theo Kế hoạch của …".

    cell       = statement { newline | ";" | ". " | ", khi …" statement }
    statement  = event | demand | document | { rule | word }
    rule       = continuous | due rule | deadline | half year | recurrence | months | quarters | years

Each rule is a function of the phrase and the index it may begin at; the first that reads something wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from domain.plans import Timing
from domain.text import fold_words, tidy
from domain.words import Words, joined
from plans.dates import SEPARATORS, Found, Phrase
from plans.deadlines import read_deadline
from plans.offsets import read_offset
from plans.recurrences import read_due_rule, read_recurrence
from plans.spans import read_continuous, read_half_year, read_months, read_quarters, read_years

_BULLET = re.compile(r"(?:^|(?<=\s))[-–+•*]\s+(?=\D)")
_STATEMENTS = re.compile(
    r"\n|;|(?<=[.])\s+(?=[A-ZĐÀ-Ỹ])"
    r"|,\s+(?=(?:khi|sau khi(?! (?:kết thúc|hết) (?:tháng|quý|năm|kỳ))|theo|đột xuất)\b)",
    re.IGNORECASE,
)
_TIME_WORDS = frozenset(
    (
        *("thang", "quy", "qui", "ngay", "nam", "trong", "truoc", "den", "tu", "va", "het", "i", "v", "x", "tuan"),
        *("dau", "giua", "cuoi", "moi", "hang"),
    )
)
_SHORT_FORMS = (
    (re.compile(r"\b[Qq]\s?(I{1,3}|IV|[1-4])\b"), r"Quý \1"),
    (re.compile(r"\bT\s?(\d{1,2})(?=\b|/)"), r"Tháng \1"),
)
_DEMAND = re.compile(r"\b(dot xuat|khi co yeu cau|theo yeu cau|khi (duoc )?yeu cau|theo thoi diem yeu cau)\b")
_EVENT = re.compile(r"^(ngay )?((sau|truoc) )?khi\b|^sau (ngay|\d+)")
_DOCUMENT = re.compile(r"^(thuc hien |hoan thanh |dinh ky )?(theo|can cu|dung( theo)?) ")
_CITED = re.compile(r"(?i)số\s+[\w./-]+\s+(?:ngày\s+\S+(?:\s+tháng\s+\d+\s+năm\s+\d+)?)?")
_FILLERS = frozenset(
    (
        *("hoan", "thanh", "thuc", "hien", "trong", "vao", "cua", "dinh", "ky", "cuoi", "xong", "bao", "cao", "ban"),
        *("hanh", "dau", "giua", "nam", "ke", "hoach", "thoi", "gian", "gui", "va", "tu"),
    )
)
_TELLING = frozenset({"tuan", "thu", "thang", "quy", "qui", "ngay", "truoc", "dau", "giua", "mung", "mong", "lan"})
"""Words that say when: left over, a part of the time was not understood."""
_MOST_SKIPPED = 6


@dataclass(frozen=True, slots=True)
class TimingReading:
    """What a cell says about time; `doubt` when it was not understood for certain."""

    timings: tuple[Timing, ...] = ()
    doubt: Words | None = None


@dataclass(frozen=True, slots=True)
class _Scan:
    """What the rules read in a statement.

    `skipped` are the words no rule took, `telling` those of them that say when; `broken` when it holds a date that
    does not exist or wants a year.
    """

    timings: tuple[Timing, ...]
    skipped: tuple[str, ...]
    telling: tuple[str, ...]
    broken: bool


Rule = Callable[[Phrase, int, int | None], Found | None]
_RULES: tuple[Rule, ...] = (
    read_continuous, read_due_rule, read_deadline, read_half_year, read_recurrence, read_months, read_quarters,
    read_years,
)  # fmt: skip
_NEEDED = {"deadline": "before", "month": "month", "quarter": "quarter", "year": "year"}


def read_timing(text: str, year: int | None) -> TimingReading:
    """Each time stated in a cell; `year` is the plan's, for those that print none."""
    timings: list[Timing] = []
    doubts: list[Words] = []
    for statement in _statements(text):
        reading = _read_statement(statement, year)
        timings.extend(timing for timing in reading.timings if timing not in timings)
        if reading.doubt:
            doubts.append(reading.doubt)
    if text.strip() and not timings and not doubts:
        doubts.append(_not_understood(tidy(text)))
    return TimingReading(tuple(timings), joined(doubts, "; ") if doubts else None)


def is_time(text: str) -> bool:
    """Whether a cell with this text would be taken for one about time."""
    if not 0 < len(fold_words(text).split()) <= 20:
        return False
    statements = _statements(text)
    return bool(statements) and all(_is_mostly_time(statement) for statement in statements)


def _statements(text: str) -> list[str]:
    lines: list[str] = []
    for part in _STATEMENTS.split(text):
        lines.extend(_BULLET.split(part) if _BULLET.match(part.lstrip()) else [part])
    return [line for line in (tidy(line).strip(" .-–") for line in lines) if fold_words(line)]


def _read_statement(statement: str, year: int | None) -> TimingReading:
    words = fold_words(statement)
    if words.startswith("dinh ky theo") or words in {"dinh ky", "theo dinh ky"}:
        return TimingReading((Timing("recurring", every="per_regulation", rule=statement),), _no_period(statement))
    scan = _scan(statement, year)
    if _EVENT.match(words) and not _counts_from_periods(scan):
        return TimingReading((_event(statement),))
    if _DEMAND.search(words):
        return TimingReading((*scan.timings, Timing("on_demand", trigger=statement)))
    if _DOCUMENT.match(words):
        dated = [t for t in _scan(_CITED.sub(" ", statement), year).timings if t.kind == "deadline"]
        return TimingReading((*dated, Timing("per_document", reference=statement, offset=read_offset(statement))))
    if not scan.timings and read_offset(statement):
        return TimingReading((_event(statement),))
    if scan.timings or scan.broken:
        return _doubted(statement, scan)
    if len(words.split()) >= 2 and not set(re.findall(r"[a-z]+", words)) <= _TIME_WORDS:
        return TimingReading(
            (Timing("event", trigger=statement),),
            Words(
                f"“{statement}” không phải mốc thời gian; hiểu là chờ sự kiện này",
                f"“{statement}” is no time; taken as an event to wait for",
            ),
        )
    return TimingReading((), _not_understood(statement))


def _event(statement: str) -> Timing:
    return Timing("event", trigger=statement, offset=read_offset(statement))


def _counts_from_periods(scan: _Scan) -> bool:
    """Whether "sau khi …" is the end of a period that comes round ("5 ngày sau khi kết thúc quý")."""
    return any(due.of == "after_end" for timing in scan.timings for due in timing.due)


def _doubted(statement: str, scan: _Scan) -> TimingReading:
    """The times of a statement with what is not certain about them."""
    if scan.broken:
        doubt = Words(
            f"mốc thời gian “{statement}” không đúng lịch hoặc thiếu năm",
            f"“{statement}” is not in the calendar or lacks its year",
        )
        return TimingReading(scan.timings, doubt)
    timings = scan.timings
    if scan.telling:
        timings = tuple(_unread(timing, statement) for timing in timings)
    unread = next((timing.unread for timing in timings if timing.unread), None)
    if unread:
        doubt = Words(f"“{unread}” không nói rõ là ngày nào của kỳ", f"“{unread}” does not say which day of the period")
        return TimingReading(timings, doubt)
    if any(timing.every == "per_regulation" for timing in timings):
        return TimingReading(timings, _no_period(statement))
    if scan.telling or len(scan.skipped) > _MOST_SKIPPED:
        skipped = " ".join(scan.skipped)
        doubt = Words(
            f"trong “{statement}” có phần chưa hiểu: {skipped}", f"part of “{statement}” was not understood: {skipped}"
        )
        return TimingReading(timings, doubt)
    return TimingReading(timings)


def _no_period(statement: str) -> Words:
    return Words(
        f"“{statement}” không ghi kỳ nào, tạm tính một lần trong năm",
        f"“{statement}” names no period, reckoned once in the year",
    )


def _not_understood(text: str) -> Words:
    return Words(f"không hiểu thời gian “{text}”", f"the time “{text}” was not understood")


def _unread(timing: Timing, statement: str) -> Timing:
    return replace(timing, unread=statement) if timing.kind == "recurring" and not timing.due else timing


def _is_mostly_time(statement: str) -> bool:
    words = fold_words(statement)
    if _DEMAND.search(words) or _DOCUMENT.match(words) or _EVENT.match(words) or read_offset(statement):
        return True
    scan = _scan(statement, 2000)
    return bool(scan.timings) and len(scan.skipped) <= 4


def _scan(statement: str, year: int | None) -> _Scan:
    phrase = Phrase(_spelled_out(statement))
    timings: list[Timing] = []
    skipped: list[str] = []
    telling: list[str] = []
    scope_from, index = 0, 0
    while index < len(phrase):
        found = next((result for rule in _RULES if (result := rule(phrase, index, year))), None)
        if found is not None:
            timings.extend(_scoped(found[0], phrase, scope_from, index))
            index = scope_from = found[1]
            continue
        word = phrase.word(index)
        is_telling = word in _TELLING or word.isdecimal()
        if is_telling or (word.isalpha() and word not in _FILLERS):
            skipped.append(phrase.printed(index, index + 1))
        if is_telling:
            telling.append(word)
        index += 1
    whole = tuple(timing for timing in timings if _is_whole(timing))
    return _Scan(whole, tuple(skipped), tuple(telling), broken=len(whole) < len(timings))


def _spelled_out(statement: str) -> str:
    """ "Q1/2026" and "T3" as "Quý 1/2026" and "Tháng 3"."""
    for pattern, words in _SHORT_FORMS:
        statement = pattern.sub(words, statement)
    return statement


def _is_whole(timing: Timing) -> bool:
    needed = _NEEDED.get(timing.kind)
    return needed is None or getattr(timing, needed) is not None


def _scoped(timings: list[Timing], phrase: Phrase, first: int, after: int) -> list[Timing]:
    """Quarters with the words before them that say where or what for ("Tại cấp xã trong quý I")."""
    scope = phrase.printed(first, after).strip(" ,;:-–(")
    scope = re.sub(r"(?i)\s*(?:trong|vào|là)$", "", scope)
    words = fold_words(scope).split()
    if len(words) < 2 or all(word in _FILLERS | SEPARATORS for word in words) or _TELLING & set(words):
        return timings
    return [replace(t, scope=scope) if t.kind == "quarter" and t.scope is None else t for t in timings]
