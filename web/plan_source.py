"""The paper beside the rows read from it: its blocks page by page, with the lines of one row lit."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from domain.plans import Place
from domain.text import tidy
from office.files import content_of
from plans.grid import Block, Grid, Row
from plans.sources.files import read_grid
from storage.transactions import Work

BLOCKS_A_PAGE = 24
KEPT_GRIDS = 16

_grids: OrderedDict[str, Grid] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class SourceCell:
    text: str
    bold: bool
    marked: bool
    span: int = 1


@dataclass(frozen=True, slots=True)
class SourceRow:
    cells: tuple[SourceCell, ...]
    lit: bool


@dataclass(frozen=True, slots=True)
class SourcePart:
    """A paragraph (`text`) or a run of table rows as they follow each other in the paper."""

    text: str | None = None
    heading: bool = False
    lit: bool = False
    rows: tuple[SourceRow, ...] = ()


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One page of the paper as shown; numbers count from 1."""

    number: int
    pages: int
    parts: tuple[SourcePart, ...]
    name: str


def grid_of(work: Work, file_id: UUID) -> tuple[str, Grid]:
    """The file's name and what it holds; read once and kept, by content."""
    file = work.files.get(file_id)
    with _lock:
        if file.sha256 in _grids:
            _grids.move_to_end(file.sha256)
            return file.name, _grids[file.sha256]
    grid = read_grid(content_of(work, file_id)[1], file.name)
    with _lock:
        _grids[file.sha256] = grid
        while len(_grids) > KEPT_GRIDS:
            _grids.popitem(last=False)
    return file.name, grid


def source_page(
    name: str, grid: Grid, *, lines: Sequence[Place] = (), marks: Collection[str] = (), page: int | None = None
) -> SourcePage:
    """The page asked for, else the one where `lines` begin; cells that hold one of `marks` whole are marked."""
    lit = _lit(grid.blocks, lines)
    pages = max(1, -(-len(grid.blocks) // BLOCKS_A_PAGE))
    first = min(lit) // BLOCKS_A_PAGE + 1 if lit else 1
    number = min(max(page or first, 1), pages)
    begin = (number - 1) * BLOCKS_A_PAGE
    shown = list(enumerate(grid.blocks))[begin : begin + BLOCKS_A_PAGE]
    wanted = frozenset(tidy(mark) for mark in marks if tidy(mark))
    return SourcePage(number, pages, tuple(_parts(shown, lit, wanted)), name)


def _lit(blocks: Sequence[Block], lines: Sequence[Place]) -> frozenset[int]:
    if not lines:
        return frozenset()
    places = [block.place for block in blocks]
    first, last = lines[0], lines[-1]
    if isinstance(first, int) and isinstance(last, int):
        return frozenset(
            index for index, place in enumerate(places) if isinstance(place, int) and first <= place <= last
        )
    ends = [index for index, place in enumerate(places) if place in (first, last)]
    return frozenset(range(min(ends), max(ends) + 1)) if ends else frozenset()


def _parts(blocks: Sequence[tuple[int, Block]], lit: frozenset[int], marks: frozenset[str]) -> Iterator[SourcePart]:
    rows: list[SourceRow] = []
    width = max((len(block.cells) for _, block in blocks if isinstance(block, Row)), default=1)
    for index, block in blocks:
        if isinstance(block, Row):
            rows.append(SourceRow(_cells(block, width, marks, lit=index in lit), index in lit))
            continue
        if rows:
            yield SourcePart(rows=tuple(rows))
            rows = []
        yield SourcePart(text=block.text, heading=block.heading, lit=index in lit)
    if rows:
        yield SourcePart(rows=tuple(rows))


def _cells(row: Row, width: int, marks: frozenset[str], *, lit: bool) -> tuple[SourceCell, ...]:
    """The row's cells; one that stands alone, or the last of too few, spans the rest of the table."""
    filled = [cell for cell in row.cells if cell.merged != "left"]
    alone = [cell for cell in filled if cell.text]
    if len(alone) == 1 and len(filled) > 1 and filled[0].text:
        return (SourceCell(alone[0].text, True, False, width),)
    last = len(filled) - 1
    return tuple(
        SourceCell(
            cell.text,
            cell.bold,
            lit and tidy(cell.text) in marks,
            max(1, width - last) if place == last else 1,
        )
        for place, cell in enumerate(filled)
    )
