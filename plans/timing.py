"""The grammar of times in plans: "Trước ngày 31/01", "Tháng 3, 6, 9/2026", "Hàng quý/năm", "Theo Kế hoạch của …"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from domain.plans import Every, Timing
from domain.text import fold_words, tidy
from plans.dates import SEPARATORS, DayMark, Phrase, last_day

_BULLET = re.compile(r"(?:^|(?<=\s))[-–+•*]\s+(?=\D)")
_STATEMENTS = re.compile(r"\n|;|(?<=[.])\s+(?=[A-ZĐÀ-Ỹ])|,\s+(?=(?:khi|sau khi|theo|đột xuất)\b)", re.IGNORECASE)
_TIME_WORDS = frozenset(
    {"thang", "quy", "qui", "ngay", "nam", "trong", "truoc", "den", "tu", "va", "het", "i", "v", "x"}
)
_SHORT_FORMS = (
    (re.compile(r"\b[Qq]\s?(I{1,3}|IV|[1-4])\b"), r"Quý \1"),
    (re.compile(r"\bT\s?(\d{1,2})(?=\b|/)"), r"Tháng \1"),
)
_PERIODS: dict[str, Every] = {"tuan": "week", "thang": "month", "quy": "quarter", "qui": "quarter", "nam": "year"}
_PER_YEAR: dict[int, Every] = {1: "year", 2: "half_year", 4: "quarter", 12: "month"}
_PER_MONTHS: dict[int, Every] = {1: "month", 3: "quarter", 6: "half_year", 12: "year"}
_EVERY_WORDS = frozenset({"hang", "moi", "tung"})
_STOPPERS = frozenset({"truoc", "den", "toi", "qua"})
_DEMAND = re.compile(r"\b(dot xuat|khi co yeu cau|theo yeu cau|khi (duoc )?yeu cau|theo thoi diem yeu cau)\b")
_EVENT = re.compile(
    r"^(ngay )?(sau )?khi\b|^sau (ngay|\d+)"
    r"|^((trong( vong)?|cham nhat|khong qua|toi da|sau) )*\d+ ngay\b(?! \d)"
)
_DOCUMENT = re.compile(r"^(thuc hien |hoan thanh |dinh ky )?(theo|can cu|dung( theo)?) ")
_CITED = re.compile(r"(?i)số\s+[\w./-]+\s+(?:ngày\s+\S+(?:\s+tháng\s+\d+\s+năm\s+\d+)?)?")
_CONTINUOUS = (("thuong", "xuyen"), ("lien", "tuc"), ("hang", "ngay"), ("quanh", "nam"))
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


Rule = Callable[[Phrase, int, int | None], tuple[list[Timing], int] | None]


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


def _continuous(phrase: Phrase, index: int, year: int | None) -> tuple[list[Timing], int] | None:
    for words in _CONTINUOUS:
        if phrase.says(index, *words):
            after = index + 2
            if any(phrase.says(after + 1, *each) for each in _CONTINUOUS) and phrase.word(after) == ",":
                after += 3
            whole = _years(phrase, after, year)
            if whole and phrase.word(after) in {"trong", "ca", "suot"}:
                return [Timing("continuous", year=whole[0][0].year)], whole[1]
            printed, after = phrase.year_at(after)
            return [Timing("continuous", year=printed or year)], after
    return None


def _deadline(phrase: Phrase, index: int, year: int | None) -> tuple[list[Timing], int] | None:
    """ "trước ngày …", "đến hết tháng …", "chậm nhất …", and days that stand alone."""
    position, strict, bounded = index, False, False
    if phrase.word(index) == "tu":
        start, after_start = phrase.day_at(index + 1)
        position = after_start if start and phrase.word(after_start) in {"den", "-", "–"} else index
        if position > index and phrase.word(position) != "den":
            bounded, position = True, position + 1
    while phrase.word(position) in _STOPPERS | {"cham", "muon", "nhat", "het", "khong", "la", "vao", "han", "chot"}:
        bounded = bounded or phrase.word(position) in _STOPPERS | {"nhat", "het", "chot"}
        strict = strict or phrase.word(position) == "truoc"
        position += 1
        if bounded and phrase.word(position + 1) in {"h", "gio", "g"}:
            position += 3 if phrase.at(position + 2).number is not None else 2
    if position > index and not bounded:
        return None
    recurring = _recurring_day(phrase, index, position)
    if recurring:
        return recurring
    mark, after = phrase.day_at(position)
    if mark and (bounded or mark.year or phrase.word(position) == "ngay" or phrase.word(position + 1) == "/"):
        return _days(phrase, mark, after, strict, year)
    return _end_of_period(phrase, position, strict, year) if bounded else None


def _days(phrase: Phrase, mark: DayMark, after: int, strict: bool, year: int | None) -> tuple[list[Timing], int]:
    marks = [mark]
    while phrase.word(after) in SEPARATORS:
        further, beyond = phrase.day_at(after + 1)
        if further is None:
            break
        marks, after = [*marks, further], beyond
    if phrase.word(after) in _EVERY_WORDS and phrase.word(after + 1) == "nam":
        return [Timing("recurring", every="year", rule=phrase.text)], after + 2
    printed = next((each.year for each in reversed(marks) if each.year), year)
    return [Timing("deadline", before=each.on(printed), inclusive=not strict) for each in marks], after


def _recurring_day(phrase: Phrase, index: int, position: int) -> tuple[list[Timing], int] | None:
    """ "trước ngày 5 hằng tháng", "ngày 16 của tháng cuối quý"."""
    first = position
    position -= phrase.word(position) != "ngay" and position > index
    if phrase.at(position + 1).number is None or (phrase.word(position) != "ngay" and position < index):
        return None
    if first == index and phrase.word(position) != "ngay":
        return None
    after = position + 2
    while phrase.word(after) in {"cua", "thang", "cuoi", "dau", "moi", "hang", "tiep", "theo", "sau"}:
        after += 1
    word = phrase.word(after)
    walked = [phrase.word(i) for i in range(position + 2, after)]
    if word in _PERIODS and set(walked) & {"hang", "moi", "cuoi", "dau"}:
        every, after = _PERIODS[word], after + 1
    elif {"hang", "moi"} & set(walked) and "thang" in walked:
        every = "month"
    else:
        return None
    return [Timing("recurring", every=every, rule=phrase.printed(index, after))], after


def _end_of_period(phrase: Phrase, position: int, strict: bool, year: int | None) -> tuple[list[Timing], int] | None:
    word = phrase.word(position)
    if word == "thang" and (month := phrase.at(position + 1).number) and month <= 12:
        printed, after = phrase.year_at(position + 2)
        return _bound(printed or year, month, month, strict), after
    if word in {"quy", "qui"} and (quarter := phrase.at(position + 1).quarter):
        printed, after = phrase.year_at(position + 2)
        return _bound(printed or year, quarter * 3 - 2, quarter * 3, strict), after
    if word == "nam":
        printed, after = phrase.year_at(position)
        return (_bound(printed, 1, 12, strict), after) if printed else None
    return None


def _bound(year: int | None, first: int, last: int, strict: bool) -> list[Timing]:
    """The deadline "before the period" (its first day, not counted) or "to its end" (its last day, counted)."""
    if year is None:
        return [Timing("deadline")]
    before = last_day(year, first).replace(day=1) if strict else last_day(year, last)
    return [Timing("deadline", before=before, inclusive=not strict)]


def _half_year(phrase: Phrase, index: int, year: int | None) -> tuple[list[Timing], int] | None:
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


def _months(phrase: Phrase, index: int, year: int | None) -> tuple[list[Timing], int] | None:
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
    if phrase.word(after) in _EVERY_WORDS and phrase.word(after + 1) == "nam":
        return [Timing("recurring", every="year", rule=phrase.printed(index, after + 2))], after + 2
    return [Timing("month", month=_month(each, printed, year)) for each, printed in _with_years(found)], after


def _is_month(phrase: Phrase, index: int) -> bool:
    number = phrase.at(index).number
    is_count = phrase.word(index + 1) in {"thang", "ngay", "lan"}
    return number is not None and 1 <= number <= 12 and not is_count


def _month(month: int, printed: int | None, year: int | None) -> str | None:
    chosen = printed or year
    return f"{chosen}-{month:02d}" if chosen else None


def _quarters(phrase: Phrase, index: int, year: int | None) -> tuple[list[Timing], int] | None:
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
    chosen = [(quarter, printed or year) for quarter, printed in _with_years(found)]
    return [Timing("quarter", quarter=f"{y}-Q{q}" if y else None) for q, y in chosen], after


def _with_years(found: list[tuple[int, int | None]]) -> list[tuple[int, int | None]]:
    """A year printed once counts for those before it that print none: "3, 6, 9/2026"."""
    later: int | None = None
    filled: list[tuple[int, int | None]] = []
    for value, printed in reversed(found):
        later = printed or later
        filled.append((value, later))
    return filled[::-1]


def _recurring(phrase: Phrase, index: int, year: int | None) -> tuple[list[Timing], int] | None:
    """ "Hàng quý, năm", "Định kỳ 3 tháng/lần", "2 lần/năm", "Định kỳ quý, 6 tháng và cuối năm"."""
    after = index
    if phrase.says(after, "dinh", "ky"):
        after += 2
    while phrase.word(after) in _EVERY_WORDS:
        after += 1
    led = after > index or _is_bare_list(phrase, index)
    found: list[Every] = []
    while (period := _period(phrase, after, led)) is not None:
        found.append(period[0])
        after = period[1]
        step = after + (phrase.word(after) in SEPARATORS)
        step += phrase.word(step) in {"va", "ca"}
        while phrase.word(step) in _EVERY_WORDS:
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
        return (_PERIODS[phrase.word(after)], after + 1) if phrase.word(after) in _PERIODS else None
    if not led:
        return None
    index += phrase.word(index) == "cuoi"
    word = phrase.word(index)
    is_named = word in {"quy", "qui"} and phrase.at(index + 1).quarter is not None
    is_dated = word in {"thang", "nam"} and phrase.at(index + 1).number is not None
    return (_PERIODS[word], index + 1) if word in _PERIODS and not is_named and not is_dated else None


def _years(phrase: Phrase, index: int, year: int | None) -> tuple[list[Timing], int] | None:
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
    is_part = phrase.word(position - 1) in {"cuoi", "dau", "giua"}
    if printed is None and position == index and not is_part:
        return None
    last = phrase.at(after + 1).number
    if printed and phrase.word(after) in {"-", "–"} and last and printed < last <= 2100:
        return [Timing("year", year=printed, until=last, mode="throughout")], after + 2
    after = after if printed else position + 1
    return [Timing("year", year=printed or year, mode="throughout" if whole else "within")], after


_RULES: tuple[Rule, ...] = (_continuous, _deadline, _half_year, _recurring, _months, _quarters, _years)
