"""The words of one document: which follow which, to tell whether two pieces of text belong together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from domain.text import fold_words

_BROKEN_SYMBOL = re.compile(r"\d/[\wĐđ/]*[-–/]$")
_WORD = re.compile(r"[\wÀ-ỹ]+")
_OPEN_ENDS = frozenset(
    (
        *("và", "của", "về", "theo", "trong", "các", "với", "cho", "số", "tại", "là", "do", "từ", "đến", "trên"),
        *("thuộc", "bằng", "hoặc", "cùng", "những", "một", "việc", "nhằm", "để", "bởi", "giữa", "vào"),
    )
)


class Wording:
    """Pairs of neighbouring words as the document's paragraphs and cells print them."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._pairs: Counter[tuple[str, str]] = Counter()
        for text in texts:
            for line in text.splitlines():
                words = fold_words(line).split()
                self._pairs.update(pairwise(words))

    def follows(self, base: str, piece: str) -> bool:
        """Whether the first word of `piece` is printed somewhere right after the last word of `base`."""
        before, after = fold_words(base).split()[-1:], fold_words(piece).split()[:1]
        return bool(before and after) and self._pairs[before[0], after[0]] > 0


def is_open(text: str) -> bool:
    """Whether `text` breaks off: an open bracket, a comma or colon, or a word that wants another."""
    if not text:
        return False
    if text.count("(") > text.count(")") or text.rstrip()[-1:] in ",:(–-&/":
        return True
    last = _WORD.findall(text.casefold())[-1:]
    return bool(last) and last[0] in _OPEN_ENDS and not text.rstrip().endswith((".", ";"))


def begins_low(text: str) -> bool:
    """Whether `text` begins in the middle of a sentence: in lower case, or with a closing mark."""
    first = text.lstrip("“\"'( ")[:1]
    return first.islower() or text[:1] in ").,;"


def joined(base: str, piece: str) -> str:
    """Two parts of one text; the symbol of a document broken after its hyphen ("12/KH-" and "UBND") without a blank."""
    return f"{base}{piece}" if _BROKEN_SYMBOL.search(base) and piece[:1].isupper() else f"{base} {piece}"
