"""Does a row go on with the one before it? Decided piece by piece from how the texts end and begin."""

from __future__ import annotations

from domain.text import fold_words
from plans.drafts import Draft
from plans.labels import Column
from plans.timing import is_time
from plans.units import is_unit
from plans.wording import Wording, begins_low, is_open

_LOOKED_AT = 1_000
"""How much of a cell's end tells whether it breaks off; a cell may grow over many pages."""
_MOST_SIGNS = 40
_WEIGHTS: dict[Column, float] = {"task": 2.0, "objective": 1.5}


def continuation_score(draft: Draft, pieces: dict[Column, str], wording: Wording) -> float:
    """Above 0 when `pieces` read as the rest of `draft`, below when as work of its own."""
    return sum(
        _WEIGHTS.get(kind, 1.0) * piece_score(draft.text(kind), piece, kind, wording) for kind, piece in pieces.items()
    )


def piece_score(base: str, piece: str, kind: Column, wording: Wording) -> float:
    """How much `piece` reads as the rest of `base`, in a column of this kind."""
    if not base:
        return 0.0 if kind != "task" else -1.0
    if says_the_same(base, piece):
        return -0.5
    base = base[-_LOOKED_AT:]
    score = 0.0
    closes = piece.count(")") > piece.count("(")
    if closes:
        score += 2.0
    if begins_low(piece) or piece.startswith("("):
        score += 1.0 if is_unit(piece) else 2.0
    if is_open(base):
        score += 2.0
    ended = base.rstrip().endswith((".", ";", "!"))
    if wording.follows(base, piece) and not ended:
        score += 2.0
    if kind in ("lead", "coordinating") and is_unit(piece) and is_unit(base) and not is_open(base) and score < 2:
        score -= 2.0
    if kind == "timing" and is_time(piece) and is_time(base):
        score -= 1.0
    if score <= 0:
        score -= 1.5 if piece[:1].isupper() and kind in ("task", "product") else 0.5
    return score


def says_the_same(one: str, other: str) -> bool:
    """Whether two cells have the same words."""
    near = abs(len(one) - len(other)) <= _MOST_SIGNS + min(len(one), len(other)) // 2
    return near and fold_words(one) == fold_words(other)


def column_for(draft: Draft, kind: Column, piece: str, wording: Wording, kinds: tuple[Column, ...]) -> Column:
    """The column `piece` goes on with: its own, unless it does not fit there and fits another well."""
    own = piece_score(draft.text(kind), piece, kind, wording)
    if own > 0 or (kind in ("lead", "coordinating") and is_unit(piece)) or (kind == "timing" and is_time(piece)):
        return kind
    if not draft.text(kind) and kind not in ("lead", "coordinating", "timing"):
        return kind
    others: list[Column] = [other for other in kinds if other not in (kind, "number") and draft.text(other)]
    scores: dict[Column, float] = {other: piece_score(draft.text(other), piece, other, wording) for other in others}
    best: Column = kind
    for other, score in scores.items():
        best = other if score > scores.get(best, 0.0) else best
    return best if scores.get(best, 0) >= 4 and abs(kinds.index(best) - kinds.index(kind)) == 1 else kind
