"""Lines of a PDF page that stand side by side, as letterhead and signature do: read column by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.text import tidy

_SEED_GAP = 1.4
"""A gap between columns is wider than this many heights of the line; justified text hardly is."""
_LEAST_GAP = 4.0
_FURTHEST = 8.0
"""Heights of a line between a title and the name under it, where the signature goes."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or run of words with where it stands, in points."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page from left to right; `font` is "" where several are mixed."""

    top: float
    height: float
    pieces: tuple[Piece, ...]
    font: str = ""

    @property
    def text(self) -> str:
        return tidy(" ".join(piece.text for piece in self.pieces))

    @property
    def left(self) -> float:
        return self.pieces[0].left

    @property
    def right(self) -> float:
        return self.pieces[-1].right


@dataclass(frozen=True, slots=True)
class _Gutter:
    left: float
    right: float

    def within(self, line: Line) -> _Gutter | None:
        """What of this gutter the line leaves free, None when it writes across."""
        edges = [(float("-inf"), line.left)]
        edges += [(one.right, other.left) for one, other in zip(line.pieces, line.pieces[1:], strict=False)]
        edges.append((line.right, float("inf")))
        free = [_Gutter(max(self.left, left), min(self.right, right)) for left, right in edges]
        widest = max(free, key=lambda each: each.right - each.left)
        return widest if widest.right - widest.left >= _LEAST_GAP else None


def in_reading_order(lines: Sequence[Line]) -> Iterator[tuple[Line, bool]]:
    """The lines in the order they are read, and whether each stands in a column of its own."""
    index = 0
    while index < len(lines):
        block = _block_from(lines, index)
        if block is None:
            yield lines[index], False
            index += 1
            continue
        after, gutter = block
        for side in (0, 1):
            for line in lines[index:after]:
                part = tuple(piece for piece in line.pieces if (piece.left >= gutter.right - 0.5) == bool(side))
                if part:
                    yield Line(lines[index].top, line.height, part, line.font), True
        index = after


def _block_from(lines: Sequence[Line], first: int) -> tuple[int, _Gutter] | None:
    """The end and the gutter of the block of columns that begins with this line, if one does."""
    gutter = _seed(lines[first])
    if gutter is None:
        following = _seed(lines[first + 1]) if first + 1 < len(lines) and _is_near(lines, first + 1) else None
        gutter = following.within(lines[first]) if following else None
        if gutter is None or not _has_both(lines[first], gutter):
            return None
    after = first + 1
    while after < len(lines) and _is_near(lines, after):
        narrowed = gutter.within(lines[after])
        if narrowed is None:
            break
        gutter, after = narrowed, after + 1
    return after, gutter


def _seed(line: Line) -> _Gutter | None:
    gaps = [_Gutter(one.right, other.left) for one, other in zip(line.pieces, line.pieces[1:], strict=False)]
    widest = max(gaps, key=lambda gap: gap.right - gap.left, default=None)
    return widest if widest and widest.right - widest.left >= _SEED_GAP * line.height else None


def _has_both(line: Line, gutter: _Gutter) -> bool:
    return line.pieces[0].right <= gutter.left + 0.5 and line.right >= gutter.right


def _is_near(lines: Sequence[Line], index: int) -> bool:
    before, line = lines[index - 1], lines[index]
    return line.top - before.top <= _FURTHEST * max(before.height, line.height)
