"""Everything the review of a draft shows: its doubts, the weightiest first, its rows by section, what else was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from domain.plans import Place
from office.later_versions import amended_by
from office.plan_changes import DECISIONS
from office.review import undecided_warnings
from office.unit_names import similarity
from office.units_binding import Binder, binder
from storage.tables import Activity, Plan, PlanChange
from storage.transactions import Work
from web.plan_source import SourcePage, grid_of, source_page
from web.session import today

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
ALL_SECTIONS = "all"


@dataclass(frozen=True, slots=True)
class Choice:
    """A unit or group a name may stand for; `percent` is how alike the names are."""

    value: str
    name: str
    percent: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class DoubtEntry:
    """Something to be decided: about one cell, or about a printed name in all rows that have it."""

    key: str
    rows: tuple[Activity, ...]
    index: int
    field: str
    text: str
    blocking: bool
    name: str | None = None
    choices: tuple[Choice, ...] = ()

    @property
    def row(self) -> Activity:
        return self.rows[0]

    @property
    def column(self) -> str:
        return str(FIELD_WORDS.get(self.field, _("Hàng")))

    @property
    def cell(self) -> str | None:
        """The name of the cell to be corrected, None when there is none to type in."""
        cell = CELLS.get(self.field, self.field)
        return cell if hasattr(self.row, cell) else None

    @property
    def printed(self) -> str:
        value = getattr(self.row, self.cell, "") if self.cell else ""
        return "\n".join(value) if isinstance(value, list) else value or ""

    @property
    def may_stay(self) -> bool:
        """Whether it can be waved through; a missing or unknown unit cannot."""
        return (self.name is None and self.field != "lead") or not self.blocking


@dataclass(frozen=True, slots=True)
class Section:
    index: int
    title: str
    rows: tuple[Activity, ...]
    doubted: int


@dataclass(frozen=True, slots=True)
class ReadItem:
    """A warning, duty, target, report or sum of the reading with what was decided about it."""

    kind: str
    index: int
    entry: Any
    choice: str | None
    by: str
    said: str


@dataclass
class ReviewPage:
    plan: Plan
    rows: Sequence[Activity]
    doubts: Sequence[DoubtEntry]
    opened: DoubtEntry | None
    sections: Sequence[Section]
    here: Section | None
    source: SourcePage
    selected: Activity | None
    names: Binder
    processes: Mapping[str, str]
    last_change: PlanChange | None
    changed_by: str
    items: Mapping[str, Sequence[ReadItem]] = field(default_factory=dict)

    @property
    def amends(self) -> UUID | None:
        """The running plan this draft is a later version of."""
        return amended_by(self.plan)

    @property
    def blocking(self) -> int:
        return sum(doubt.blocking for doubt in self.doubts)

    @property
    def repairs(self) -> int:
        return len(self.doubts) - self.blocking

    @property
    def clear_rows(self) -> int:
        doubted = {row.id for doubt in self.doubts if doubt.blocking for row in doubt.rows}
        return len(self.rows) - len(doubted)

    @property
    def undecided(self) -> int:
        return len(undecided_warnings(self.plan))

    def doubts_of(self, row: Activity, column: str) -> list[dict[str, Any]]:
        """Open doubts about one cell of a row."""
        return [doubt for doubt in row.doubts if doubt["field"] == column and not doubt.get("settled_by")]

    def units_of(self, names: Iterable[str]) -> list[tuple[str, str | None]]:
        """Each printed name beside what it stands for, None while nobody knows."""
        bound = [(name, self.names.bind(name)) for name in names]
        return [(name, self.names.name(binding) if binding.is_sure else None) for name, binding in bound]

    def neighbour(self, by: int) -> Section | None:
        place = self.here.index + by if self.here else -1
        return self.sections[place] if 0 <= place < len(self.sections) else None


def review_page(
    work: Work,
    plan: Plan,
    *,
    doubt_key: str | None = None,
    row_id: UUID | None = None,
    section: str | None = None,
    page: int | None = None,
) -> ReviewPage:
    """What to show: the doubt asked for or the first one open, its section and its place in the paper."""
    rows = work.activities.of_plan(plan.id)
    names = binder(work, today())
    doubts = doubts_in(rows, names)
    opened = next((each for each in doubts if each.key == doubt_key), doubts[0] if doubts else None)
    selected = next((row for row in rows if row.id == row_id), None)
    lit = selected or (opened.row if opened else None)
    sections = sections_of(rows, doubts)
    here = _here(sections, section, lit)
    marks = [getattr(lit, CELLS.get(each.field, ""), "") for each in doubts if lit in each.rows] if lit else []
    last = work.plan_changes.last(plan.id)
    return ReviewPage(
        plan=plan,
        rows=rows,
        doubts=doubts,
        opened=opened,
        sections=sections,
        here=here,
        source=paper_of(work, plan, lit.lines if lit else (), [mark for mark in marks if mark], page),
        selected=selected,
        names=names,
        processes=process_names(work),
        last_change=last,
        changed_by=work.people.named([last.person_id]).get(last.person_id, "") if last else "",
        items={kind: _items(plan, kind) for kind in ("warnings", "obligations", "indicators", "reporting", "budget")},
    )


def doubts_in(rows: Sequence[Activity], names: Binder) -> list[DoubtEntry]:
    """Every open doubt, the weightiest first: times and leads before the rest, what blocks before what was mended."""
    found: list[DoubtEntry] = []
    by_name: dict[str, list[tuple[Activity, int, dict[str, Any]]]] = {}
    for row in rows:
        for index, doubt in enumerate(row.doubts):
            if doubt.get("settled_by"):
                continue
            if doubt.get("name"):
                by_name.setdefault(doubt["name"], []).append((row, index, doubt))
                continue
            key = f"{row.id.hex}-{index}"
            found.append(DoubtEntry(key, (row,), index, doubt["field"], doubt["text"], bool(doubt.get("blocking"))))
    for name, places in by_name.items():
        lead = next((each for each in places if each[2]["field"] == "lead"), places[0])
        row, index, doubt = lead
        holding = tuple({each.id: each for each, _index, _doubt in (lead, *places)}.values())
        choices = suggestions(name, names)
        found.append(
            DoubtEntry(f"{row.id.hex}-{index}", holding, index, doubt["field"], doubt["text"], True, name, choices)
        )
    positions = {row.id: row.position for row in rows}
    found.sort(key=lambda each: (not each.blocking, WEIGHTS.get(each.field, 6), positions[each.row.id], each.index))
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


def sections_of(rows: Sequence[Activity], doubts: Sequence[DoubtEntry]) -> list[Section]:
    """Runs of rows under one title, in the paper's order."""
    runs: list[tuple[str, list[Activity]]] = []
    for row in rows:
        if not runs or runs[-1][0] != (row.section or ""):
            runs.append((row.section or "", []))
        runs[-1][1].append(row)
    doubted = {row.id for doubt in doubts for row in doubt.rows}
    return [
        Section(index, title, tuple(members), sum(row.id in doubted for row in members))
        for index, (title, members) in enumerate(runs)
    ]


def paper_of(work: Work, plan: Plan, lines: Sequence[Place], marks: Sequence[str], page: int | None) -> SourcePage:
    """The paper's page with these lines; an empty one when the plan came without a file."""
    if plan.file_id is None:
        return SourcePage(1, 1, (), "")
    name, grid = grid_of(work, plan.file_id)
    return source_page(name, grid, lines=lines, marks=marks, page=page)


def process_names(work: Work) -> dict[str, str]:
    """The names of the deployed processes by key."""
    return {each.key: each.name for each in work.definitions.page() if each.withdrawn_at is None}


def _here(sections: Sequence[Section], asked: str | None, lit: Activity | None) -> Section | None:
    if asked == ALL_SECTIONS:
        return None
    if asked is not None and asked.isdigit() and int(asked) < len(sections):
        return sections[int(asked)]
    return next((each for each in sections if lit in each.rows), sections[0] if sections else None)


def _items(plan: Plan, kind: str) -> list[ReadItem]:
    decisions = plan.reading.get(DECISIONS, {})
    found = []
    for index, entry in enumerate(plan.reading.get(kind, ())):
        decided = decisions.get(f"{kind}:{index}", {})
        found.append(
            ReadItem(kind, index, entry, decided.get("choice"), decided.get("name", ""), item_words(kind, entry))
        )
    return found


COMPARED = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "=", "level": "", "complete": ""}


def item_words(kind: str, entry: Any) -> str:
    """What was read, in one line; texts of the paper as they stand."""
    if kind == "warnings":
        return str(entry)
    if kind == "obligations":
        return f"{entry['who']}: {entry['what']}" if entry.get("who") else str(entry["what"])
    if kind == "indicators":
        value = entry.get("value")
        said = f"{COMPARED.get(entry['comparator'], '')} {value if value is not None else ''} {entry.get('unit') or ''}"
        return f"{entry['text']} ({said.strip()})" if said.strip() else str(entry["text"])
    if kind == "reporting":
        return str(entry["name"])
    amount = entry.get("amount")
    return f"{entry['item']}: {amount:,} đồng".replace(",", ".") if amount is not None else str(entry["item"])
