"""A row while it is being put together: its cells by kind, where they came from, what was repaired."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.plans import Note, Place
from domain.words import Words
from plans.labels import Column
from plans.shifts import Move
from plans.wording import joined

FIELDS: dict[Column, str] = {
    "number": "number",
    "objective": "objective",
    "task": "task",
    "product": "products",
    "lead": "lead",
    "coordinating": "coordinating",
    "timing": "timing",
    "amount": "budget",
    "funding": "budget",
    "remark": "remark",
}  # fmt: skip


@dataclass(slots=True)
class Draft:
    """One activity in the making; `cells` hold the printed text by kind of column.

    `merged` names the kinds the source knows to be merged with the row above, `alone` those where a blank is a blank,
    whatever stands above; `was_cut` is set when the end of a page
    may have broken the row off, `move` when the cells had slid sideways.
    """

    cells: dict[Column, str]
    section: str | None = None
    places: list[Place] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    merged: set[Column] = field(default_factory=set)
    alone: set[Column] = field(default_factory=set)
    knows_merges: bool = False
    was_cut: bool = False
    opens_page: bool = False
    move: Move | None = None

    def text(self, kind: Column) -> str:
        return self.cells.get(kind, "")

    def note(self, kind: Column, text: Words) -> None:
        entry = Note(FIELDS.get(kind, kind), text)
        if entry not in self.notes:
            self.notes.append(entry)

    def join(self, kind: Column, piece: str) -> None:
        """Add `piece` to the cell of this kind; list items keep a line of their own."""
        base = self.text(kind)
        is_listed = piece.startswith(("- ", "+ ", "• ")) or "\n" in piece
        self.cells[kind] = piece if not base else f"{base}\n{piece}" if is_listed else joined(base, piece)
