"""What a unit's printed name tells: whether it means several units, of which kinds, and how near two names are."""

from __future__ import annotations

import re

from domain.text import fold_words

_GROUP = re.compile(
    r"^(cac|nhung|tat ca|toan the|toan bo|moi|tung|\d+ (phong|chi cuc|don vi|trung tam|co quan))\b"
    r"|^(don vi|co quan|phong|phong ban)( \w+)* (thuoc|truc thuoc|lien quan)\b"
)
_SUBORDINATE = re.compile(r"\b(don vi|co quan|chi cuc|trung tam|ban quan ly|vuon|hat)\b")
_DIVISION = re.compile(r"\b(phong|ban)\b")
_EXTERNAL = re.compile(
    r"^(so|bo|ubnd|uy ban|hdnd|hoi dong|cong an|kho bac|bao hiem|toa an|vien|mat tran|huyen|thanh pho|van phong ubnd"
    r"|van phong uy ban|dai|bao|tinh uy|ngan hang|cuc)\b"
)
_OUTSIDE = re.compile(r"\b(ubnd|uy ban nhan dan|huyen|xa|cap huyen|cap xa|so nganh|so ban nganh|dia phuong)\b")
_EMPTY_WORDS = frozenset(("va", "cua", "so", "tinh", "thuoc", "truc", "cac", "cap"))


def is_group_name(name: str) -> bool:
    """Whether the name means several units ("Các phòng, đơn vị thuộc Sở")."""
    return bool(_GROUP.search(fold_words(name)))


def kinds_in_group(name: str) -> tuple[str, ...]:
    """The kinds of units a group's name means; () when they lie outside the department."""
    folded = fold_words(name)
    if _OUTSIDE.search(folded):
        return ()
    kinds = [("division", _DIVISION), ("subordinate", _SUBORDINATE)]
    found = tuple(kind for kind, pattern in kinds if pattern.search(folded))
    return found or ("division", "subordinate")


def kind_by_name(name: str) -> str:
    """The kind a unit most likely has: external, subordinate or division."""
    folded = fold_words(name)
    if _EXTERNAL.search(folded):
        return "external"
    return "subordinate" if re.search(r"^(chi cuc|trung tam|ban quan ly|vuon|hat|don vi)\b", folded) else "division"


def similarity(one: str, other: str) -> float:
    """How alike two names are, 0 to 1: shared words over all words (Dice), words that say little left out."""
    left, right = _words(one), _words(other)
    if not left or not right:
        return 0.0
    return 2 * len(left & right) / (len(left) + len(right))


def _words(name: str) -> frozenset[str]:
    words = frozenset(fold_words(name).split())
    return words - _EMPTY_WORDS or words
