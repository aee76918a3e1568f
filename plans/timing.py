"""The grammar of times in plans: "Trước ngày 31/01", "Tháng 3, 6, 9/2026", "Hàng quý/năm", "Theo Kế hoạch của …"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from domain.plans import Timing
from domain.text import fold_words, tidy
from plans.dates import SEPARATORS, Found, Phrase
from plans.deadlines import read_deadline
from plans.recurrences import read_recurrence
from plans.spans import read_continuous, read_half_year, read_months, read_quarters, read_years

_BULLET = re.compile(r"(?:^|(?<=\s))[-–+•*]\s+(?=\D)")
_STATEMENTS = re.compile(r"\n|;|(?<=[.])\s+(?=[A-ZĐÀ-Ỹ])|,\s+(?=(?:khi|sau khi|theo|đột xuất)\b)", re.IGNORECASE)
_TIME_WORDS = frozenset(
    {"thang", "quy", "qui", "ngay", "nam", "trong", "truoc", "den", "tu", "va", "het", "i", "v", "x"}
)
_SHORT_FORMS = (
    (re.compile(r"\b[Qq]\s?(I{1,3}|IV|[1-4])\b"), r"Quý \1"),
    (re.compile(r"\bT\s?(\d{1,2})(?=\b|/)"), r"Tháng \1"),
)
_DEMAND = re.compile(r"\b(dot xuat|khi co yeu cau|theo yeu cau|khi (duoc )?yeu cau|theo thoi diem yeu cau)\b")
_EVENT = re.compile(
    r"^(ngay )?(sau )?khi\b|^sau (ngay|\d+)"
    r"|^((trong( vong)?|cham nhat|khong qua|toi da|sau) )*\d+ ngay\b(?! \d)"
)
_DOCUMENT = re.compile(r"^(thuc hien |hoan thanh |dinh ky )?(theo|can cu|dung( theo)?) ")
_CITED = re.compile(r"(?i)số\s+[\w./-]+\s+(?:ngày\s+\S+(?:\s+tháng\s+\d+\s+năm\s+\d+)?)?")
_FILLERS = frozenset(
    (
        *("hoan", "thanh", "thuc", "hien", "trong", "vao", "cua", "dinh", "ky", "cuoi", "xong", "bao", "cao", "ban"),
        *("hanh", "dau", "giua", "nam", "ke", "hoach", "thoi", "gian", "gui", "va", "tu"),
    )
)


@dataclass(frozen=True, slots=True)
class TimingReading:
    """What a cell says about time; `doubt` in Vietnamese when it was not understood for certain."""

    timings: tuple[Timing, ...] = ()
    doubt: str | None = None


Rule = Callable[[Phrase, int, int | None], Found | None]
_RULES: tuple[Rule, ...] = (
    read_continuous, read_deadline, read_half_year, read_recurrence, read_months, read_quarters, read_years,
)  # fmt: skip


def read_timing(text: str, year: int | None) -> TimingReading:
    """Each time stated in a cell; `year` is the plan's, for those that print none."""
    timings: list[Timing] = []
    doubts: list[str] = []
    for statement in _statements(text):
        reading = _read_statement(statement, year)
        timings.extend(timing for timing in reading.timings if timing not in timings)
        if reading.doubt:
            doubts.append(reading.doubt)
    if text.strip() and not timings and not doubts:
        doubts.append(f"không hiểu thời gian “{tidy(text)}”")
    return TimingReading(tuple(timings), "; ".join(doubts) or None)


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
        return TimingReading((Timing("recurring", every="per_regulation", rule=statement),))
    if _EVENT.match(words):
        return TimingReading((Timing("event", trigger=statement),))
    if _DEMAND.search(words):
        return _with_demand(statement, year)
    if _DOCUMENT.match(words):
        dated = [t for t in _scan(_CITED.sub(" ", statement), year)[0] if t.kind == "deadline"]
        return TimingReading((*dated, Timing("per_document", reference=statement)))
    timings, skipped, broken = _scan(statement, year)
    if broken:
        return TimingReading(tuple(timings), f"mốc thời gian “{statement}” không đúng lịch hoặc thiếu năm")
    if timings:
        doubt = f"trong “{statement}” có phần chưa hiểu: {skipped}" if len(skipped.split()) > 6 else None
        return TimingReading(tuple(timings), doubt)
    if len(words.split()) >= 2 and not set(re.findall(r"[a-z]+", words)) <= _TIME_WORDS:
        return TimingReading(
            (Timing("event", trigger=statement),), f"“{statement}” không phải mốc thời gian; hiểu là chờ sự kiện này"
        )
    return TimingReading((), f"không hiểu thời gian “{statement}”")


def _with_demand(statement: str, year: int | None) -> TimingReading:
    periodic = _scan(statement, year)[0]
    return TimingReading((*periodic, Timing("on_demand", trigger=statement)))


def _is_mostly_time(statement: str) -> bool:
    words = fold_words(statement)
    if _DEMAND.search(words) or _DOCUMENT.match(words) or _EVENT.match(words):
        return True
    timings, skipped, _ = _scan(statement, 2000)
    return bool(timings) and len(skipped.split()) <= 4


def _scan(statement: str, year: int | None) -> tuple[list[Timing], str, bool]:
    """Timings in `statement`, the words no rule took, and whether a date was found that does not exist."""
    phrase = Phrase(_spelled_out(statement))
    timings: list[Timing] = []
    skipped: list[str] = []
    scope_from, index = 0, 0
    while index < len(phrase):
        found = next((result for rule in _RULES if (result := rule(phrase, index, year))), None)
        if found is None:
            if phrase.word(index).isalpha() and phrase.word(index) not in _FILLERS:
                skipped.append(phrase.word(index))
            index += 1
            continue
        made, after = found
        timings.extend(_scoped(made, phrase, scope_from, index))
        index = scope_from = after
    broken = any(timing.kind == "deadline" and timing.before is None for timing in timings)
    broken = broken or any(timing.kind == "month" and timing.month is None for timing in timings)
    broken = broken or any(timing.kind == "quarter" and timing.quarter is None for timing in timings)
    return [t for t in timings if _is_whole(t)], " ".join(skipped), broken


def _spelled_out(statement: str) -> str:
    """ "Q1/2026" and "T3" as "Quý 1/2026" and "Tháng 3"."""
    for pattern, words in _SHORT_FORMS:
        statement = pattern.sub(words, statement)
    return statement


def _is_whole(timing: Timing) -> bool:
    needed = {"deadline": timing.before, "month": timing.month, "quarter": timing.quarter, "year": timing.year}
    return needed.get(timing.kind, True) is not None


def _scoped(timings: list[Timing], phrase: Phrase, first: int, after: int) -> list[Timing]:
    """Quarters with the words before them that say where or what for ("Tại cấp xã trong quý I")."""
    scope = phrase.printed(first, after).strip(" ,;:-–(")
    scope = re.sub(r"(?i)\s*(?:trong|vào|là)$", "", scope)
    words = fold_words(scope).split()
    if len(words) < 2 or all(word in _FILLERS | SEPARATORS for word in words):
        return timings
    return [replace(t, scope=scope) if t.kind == "quarter" and t.scope is None else t for t in timings]
