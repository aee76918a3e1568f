"""Rows whose cells slid sideways because a merged cell was lost: put right by what the cells look like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from domain.text import fold_words
from plans.labels import Column
from plans.timing import is_time
from plans.units import is_unit

_NUMBER = re.compile(r"^\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[IVXLC]{1,6}|[A-ZĐ]|[a-zđ])\s*[.)]?$")
_PRODUCT = re.compile(
    r"^(- )?(ke hoach|bao cao|van ban|quyet dinh|to trinh|du thao|danh muc|quy che|nghi quyet|cong van|ho so|de an"
    r"|bien ban|thong bao|huong dan|bieu mau|chuong trinh|phuong an|to gap|tin bai|hoi nghi|lop|phan mem)\b"
)
_LEAST_GAIN = 2.0
_WITHOUT_WORK = 2.5
_MOST_COLUMNS = 16


@dataclass(frozen=True, slots=True)
class Move:
    """The blank cell at `taken` put back at `put`: all cells between them move by one."""

    taken: int
    put: int

    def apply(self, texts: Sequence[str]) -> list[str]:
        if self.taken >= len(texts) or texts[self.taken]:
            return list(texts)
        without = [*texts[: self.taken], *texts[self.taken + 1 :]]
        return [*without[: self.put], "", *without[self.put :]]


def fit(texts: Sequence[str], columns: Sequence[Column]) -> tuple[list[str], Move | None]:
    """`texts` under `columns`, and how they had to be moved: one blank put elsewhere when that fits far better."""
    padded = sized(texts, len(columns))
    if len(columns) > _MOST_COLUMNS or not any(kind in ("lead", "coordinating", "timing") for kind in columns):
        return padded, None
    best: Move | None = None
    best_score = _score(padded, columns)
    least = best_score + _LEAST_GAIN
    for blank in (index for index, text in enumerate(padded) if not text):
        for place in range(1, len(columns)):
            move = Move(blank, place)
            moved = move.apply(padded)
            score = _score(moved, columns)
            empties = _has_work(padded, columns) and not _has_work(moved, columns)
            if place != blank and not empties and score >= least and score > best_score:
                best, best_score = move, score
    return (best.apply(padded) if best else padded), best


def _has_work(texts: Sequence[str], columns: Sequence[Column]) -> bool:
    return any(text and kind in ("task", "objective") for text, kind in zip(texts, columns, strict=True))


def sized(printed: Sequence[str], width: int) -> list[str]:
    """As many cells as columns: blanks added at the end, or blanks taken out, or the surplus joined to the last."""
    texts = list(printed)
    while len(texts) > width and "" in texts[1:]:
        texts.pop(len(texts) - 1 - texts[::-1].index(""))
    if len(texts) > width:
        texts = [*texts[: width - 1], " ".join(texts[width - 1 :])]
    return texts + [""] * (width - len(texts))


def _score(texts: Sequence[str], columns: Sequence[Column]) -> float:
    filled: list[tuple[str, Column]] = [(text, kind) for text, kind in zip(texts, columns, strict=True) if text]
    kinds = {kind for _, kind in filled}
    lacks_work = "number" in kinds and not kinds & {"task", "objective"}
    return sum(_fits(text, kind) for text, kind in filled) - (_WITHOUT_WORK if lacks_work else 0.0)


@lru_cache(maxsize=256)
def _looks_like_time(text: str) -> bool:
    return is_time(text)


@lru_cache(maxsize=256)
def _looks_like_unit(text: str) -> bool:
    return is_unit(text)


def _fits(text: str, kind: Column) -> float:
    """How well `text` suits a column of this kind, from -3 to 2."""
    if kind == "number":
        return 2.0 if _NUMBER.match(text) else -2.0
    if kind == "timing":
        return 2.0 if _looks_like_time(text) else -3.0 if _looks_like_unit(text) else -1.0
    if kind in ("lead", "coordinating"):
        return 2.0 if _looks_like_unit(text) else -3.0 if _looks_like_time(text) else -1.0
    if kind in ("task", "objective", "product", "target"):
        short = len(text) < 120
        if short and (_looks_like_time(text) or _looks_like_unit(text)):
            return -2.0
        return 0.5 if kind == "product" and _PRODUCT.match(fold_words(text)) else 0.0
    return 0.0
