"""What a review asks about the rows: one thing to decide a cell or a printed name, and what was mended a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from office.doubts import is_repaired, needs_unit
from office.unit_names import similarity
from office.units_binding import Binder
from storage.tables import Activity

FIELD_WORDS = {
    "number": _l("Cột TT"),
    "section": _l("Mục"),
    "objective": _l("Cột Mục tiêu"),
    "task": _l("Cột Nhiệm vụ"),
    "products": _l("Cột Sản phẩm"),
    "lead": _l("Cột Chủ trì"),
    "coordinating": _l("Cột Phối hợp"),
    "timing": _l("Cột Thời gian"),
    "budget": _l("Cột Kinh phí"),
    "remark": _l("Cột Ghi chú"),
}
WEIGHTS = {"timing": 0, "lead": 1, "coordinating": 3, "task": 4, "products": 5}
CELLS = {"lead": "lead_raw", "coordinating": "coordinating_raw", "timing": "timing_raw"}
LEAST_ALIKE = 0.2
SUGGESTED = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """A unit or group a name may stand for; `percent` is how alike the names are."""

    value: str
    name: str
    percent: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Something to be decided: about one cell, or about a printed name in all rows that have it."""

    key: str
    rows: tuple[Activity, ...]
    index: int
    field: str
    texts: tuple[str, ...]
    may_stay: bool
    name: str | None = None

    @property
    def row(self) -> Activity:
        return self.rows[0]

    @property
    def column(self) -> str:
        return column_words(self.field)

    @property
    def cell(self) -> str | None:
        """The name of the cell to be corrected, None when there is none to type in."""
        cell = CELLS.get(self.field, self.field)
        return cell if hasattr(self.row, cell) else None

    @property
    def printed(self) -> str:
        value = getattr(self.row, self.cell, "") if self.cell else ""
        return "\n".join(value) if isinstance(value, list) else value or ""


@dataclass(frozen=True, slots=True)
class Repair:
    """What the reader mended in one cell; `index` is its first doubt's."""

    index: int
    field: str
    texts: tuple[str, ...]

    @property
    def column(self) -> str:
        return column_words(self.field)


@dataclass(frozen=True, slots=True)
class MendedRow:
    row: Activity
    repairs: tuple[Repair, ...]


def column_words(field: str) -> str:
    return str(FIELD_WORDS.get(field, _("Hàng")))


def questions_in(rows: Sequence[Activity]) -> list[Question]:
    """Every open question, the weightiest first: times and leads before the rest; a name once for all its rows."""
    found: list[Question] = []
    by_name: dict[str, list[tuple[Activity, int, dict[str, Any]]]] = {}
    for row in rows:
        for index, doubt in _asked(row):
            if doubt.get("name"):
                by_name.setdefault(doubt["name"], []).append((row, index, doubt))
        for field, places in _by_field(row, _asked(row)).items():
            may_stay = not needs_unit(row, row.doubts[places[0]])
            texts = tuple(row.doubts[place]["text"] for place in places)
            found.append(Question(f"{row.id.hex}-{places[0]}", (row,), places[0], field, texts, may_stay))
    for name, named in by_name.items():
        lead = next((each for each in named if each[2]["field"] == "lead"), named[0])
        row, index, doubt = lead
        holding = tuple({each.id: each for each, _index, _doubt in (lead, *named)}.values())
        found.append(Question(f"{row.id.hex}-{index}", holding, index, doubt["field"], (doubt["text"],), False, name))
    positions = {row.id: row.position for row in rows}
    found.sort(key=lambda each: (WEIGHTS.get(each.field, 6), positions[each.row.id], each.index))
    return found


def mended_rows(rows: Sequence[Activity]) -> list[MendedRow]:
    """The rows with something mended that nobody has accepted; a cell that is asked about is settled with it."""
    found = []
    for row in rows:
        asked = {doubt["field"] for _index, doubt in _asked(row) if not doubt.get("name")}
        mended = [(index, doubt) for index, doubt in _open(row) if is_repaired(doubt) and doubt["field"] not in asked]
        repairs = tuple(
            Repair(places[0], field, tuple(row.doubts[place]["text"] for place in places))
            for field, places in _by_field(row, mended).items()
        )
        if repairs:
            found.append(MendedRow(row, repairs))
    return found


def suggestions(name: str, names: Binder) -> tuple[Choice, ...]:
    """The units and groups whose names are most like `name`, the likest first, of equals the one asked about."""
    scored: dict[str, Choice] = {}
    asked = names.bind(name)
    likest = f"unit:{asked.unit_id}" if asked.unit_id else f"group:{asked.group_id}"
    for unit in names.units.valid:
        alike = max(similarity(name, unit.name), similarity(name, unit.short_name))
        note = "" if unit.has_accounts else _("không có tài khoản")
        scored[f"unit:{unit.id}"] = Choice(f"unit:{unit.id}", unit.name, round(100 * alike), note)
    for group in names.groups.values():
        alike = similarity(name, group.name)
        scored[f"group:{group.id}"] = Choice(f"group:{group.id}", group.name, round(100 * alike), _("nhóm đơn vị"))
    if likest in scored:  # it may be alike by an alias
        known = scored[likest]
        scored[likest] = replace(known, percent=max(known.percent, round(100 * asked.score)))
    likely = [choice for choice in scored.values() if choice.percent >= 100 * LEAST_ALIKE]
    return tuple(sorted(likely, key=lambda each: (-each.percent, each.value != likest, each.name))[:SUGGESTED])


def _open(row: Activity) -> list[tuple[int, dict[str, Any]]]:
    return [(index, doubt) for index, doubt in enumerate(row.doubts) if not doubt.get("settled_by")]


def _asked(row: Activity) -> list[tuple[int, dict[str, Any]]]:
    return [(index, doubt) for index, doubt in _open(row) if not is_repaired(doubt)]


def _by_field(row: Activity, doubts: Sequence[tuple[int, dict[str, Any]]]) -> dict[str, list[int]]:
    """Places of the doubts that are about no name, by their cell."""
    found: dict[str, list[int]] = {}
    for index, doubt in doubts:
        if not doubt.get("name"):
            found.setdefault(doubt["field"], []).append(index)
    return found
