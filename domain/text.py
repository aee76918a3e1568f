"""Vietnamese text: folded for matching and searching, tidied for showing."""

from __future__ import annotations

import re
import unicodedata

_SPACE = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^a-z0-9%/&]+")


def fold(text: str) -> str:
    """`text` without case, tone and letter marks ("Đôn đốc" gives "don doc"), for comparing and searching.

    Canonical decomposition after casefold, minus combining marks, and đ as d, which Unicode does not decompose.
    """
    decomposed = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def fold_words(text: str) -> str:
    """Folded words parted by single spaces, without punctuation other than % / &."""
    return _NOT_WORD.sub(" ", fold(text)).strip()


def tidy(text: str) -> str:
    """`text` in NFC with runs of white space as one blank, and none at its ends."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def capitalise(text: str) -> str:
    """`text` with its first letter in upper case and the others as they are."""
    return text[:1].upper() + text[1:]
