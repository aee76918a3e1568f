"""How much a target wants: numbers with their comparison and unit, as Vietnamese officials write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.plans import Comparator
from domain.text import fold, tidy

_PERCENT = re.compile(r"(?<![\w.,])(\d{1,3}(?:[.,]\d+)?)\s*(%|phần trăm)", re.IGNORECASE)
_BEFORE: tuple[tuple[Comparator, str], ...] = (
    (">", r"\b(tren|vuot|lon hon|cao hon|hon|>)$"),
    ("<=", r"(\btoi da|\bkhong qua|\bkhong vuot qua|<=|≤)$"),
    ("<", r"(\bduoi|\bthap hon|\bnho hon|<)$"),
    (">=", r"(\btoi thieu|\bit nhat|\bkhong duoi|\btu|\bkhong thap hon|\bphan dau|>=|≥)$"),
)  # fmt: skip
_LINKS = re.compile(r"(\s|\b(dat|tu|la|ty le|cung cap|co|duoc|muc|so|bang|den|len|giam|tang|con|hoan thanh)\b)+$")
_STRIVES = re.compile(r"\bp?han dau\b|\bphan dau\b")
_LEVEL = re.compile(
    r"(?:(?:ở|đạt|từ|thuộc|trong|xếp|giữ|đứng)\s+)*"
    r"((?:mức (?:tốt|khá|cao|xuất sắc)|loại (?:tốt|khá|xuất sắc)|(?:trong )?nhóm (?:tốt|khá|cao|dẫn đầu|đầu|\d+)"
    r"|top \d+|thứ hạng (?:cao|\d+)|hạng \d+)(?:\s+trở lên)?)",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\b(tối thiểu|ít nhất|từ|trên)\s+(\d{1,4}|một|hai|ba|bốn|năm)\s+([^\W\d_]+(?:\s+[^\W\d_]+)?)", re.I
)
_NUMERALS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5}
_NO_COUNTS = frozenset(
    ("năm", "tháng", "ngày", "quý", "tuần", "giờ", "nhiệm", "cơ", "các", "đơn", "trở", "khi", "đó", "cửa", "và")
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number wanted, its unit and comparison, and where it stands in the text."""

    value: float
    unit: str
    comparator: Comparator
    start: int
    end: int


def percentages_in(text: str) -> Iterator[Quantity]:
    """Each percentage in the tidied `text`."""
    for match in _PERCENT.finditer(text):
        value = float(match.group(1).replace(",", "."))
        comparator = comparison(text[: match.start()], text[match.end() :])
        yield Quantity(value, "%", comparator, match.start(), match.end())


def counts_in(text: str) -> Iterator[Quantity]:
    """Each "ít nhất một sáng kiến" in the tidied `text`: a count of things, no stretch of time."""
    for match in _COUNT.finditer(text):
        number, noun = match.group(2).casefold(), match.group(3)
        if noun.split()[0].casefold() in _NO_COUNTS:
            continue
        value = float(_NUMERALS.get(number) or number)
        comparator: Comparator = ">" if match.group(1).casefold() == "trên" else ">="
        yield Quantity(value, noun, comparator, match.start(), match.end())


def comparison(before: str, after: str) -> Comparator:
    """How a number is meant, by the words before and after it; "phấn đấu" asks for at least as much."""
    if re.match(r"\s*(trở lên|trở đi)", after):
        return ">="
    words = fold(before[-60:]).rstrip(" :(")
    for _ in range(3):
        for comparator, pattern in _BEFORE:
            if re.search(pattern, words) and not words.endswith("tong so tren"):
                return comparator
        shorter = _LINKS.sub("", words)
        if shorter == words:
            break
        words = shorter
    clause = re.split(r"[.;]", fold(before[-400:]))[-1]
    return ">=" if _STRIVES.search(clause) else "="


def level_in(text: str) -> str | None:
    """The standing wanted ("mức tốt", "loại Tốt trở lên"), or None."""
    match = _LEVEL.search(text)
    return tidy(match.group(1)) if match else None
