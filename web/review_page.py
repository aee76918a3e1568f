"""Everything the review of a draft shows: what is left to decide, its rows, the paper, what else was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from domain.plans import Place
from office.doubts import is_repaired, open_doubts
from office.later_versions import amended_by
from office.plan_values import roles_of
from office.read_parts import KINDS
from office.time_choices import choices_of
from office.units_binding import Binder, binder
from plans.readings import Alternative
from storage.tables import Activity, Plan, PlanChange
from storage.transactions import Work
from web.plan_source import SourcePage, grid_of, source_page
from web.read_items import ReadItem, read_items
from web.review_doubts import CELLS, Choice, MendedRow, Question, mended_rows, questions_in, suggestions
from web.session import today

PART_WORDS = {
    "warnings": (_l("điều cần xem"), _l("Điều cần xem")),
    "obligations": (_l("việc trong phần lời văn"), _l("Việc trong phần lời văn")),
    "indicators": (_l("chỉ tiêu"), _l("Chỉ tiêu")),
    "reporting": (_l("chế độ báo cáo"), _l("Chế độ báo cáo")),
}
ALL_SECTIONS = "all"


@dataclass(frozen=True, slots=True)
class Section:
    index: int
    title: str
    rows: tuple[Activity, ...]
    doubted: int


@dataclass(frozen=True, slots=True)
class Left:
    """How much of one kind is still to be decided, and where on the page that is."""

    count: int
    words: str
    done: str
    anchor: str
    kind: str | None = None


@dataclass
class ReviewPage:
    plan: Plan
    rows: Sequence[Activity]
    questions: Sequence[Question]
    mended: Sequence[MendedRow]
    opened: Question | None
    choices: Sequence[Choice]
    times: Sequence[Alternative]
    sections: Sequence[Section]
    here: Section | None
    source: SourcePage
    selected: Activity | None
    item: ReadItem | None
    names: Binder
    processes: Mapping[str, str]
    last_change: PlanChange | None
    changed_by: str
    items: Mapping[str, Sequence[ReadItem]]

    @property
    def amends(self) -> UUID | None:
        """The running plan this draft is a later version of."""
        return amended_by(self.plan)

    @property
    def repairs(self) -> int:
        """Cells mended while reading that nobody has accepted."""
        return sum(len(each.repairs) for each in self.mended)

    @property
    def left(self) -> list[Left]:
        """What is to be decided before the start, in the page's order; what there never was is left out."""
        found = [
            Left(len(self.questions), _("chỗ cần quyết định"), _("Các dòng đã rõ"), "cho-can-quyet-dinh"),
            Left(self.repairs, _("chỗ đã sửa khi đọc"), _("Chỗ đã sửa khi đọc"), "cho-da-sua"),
        ]
        for kind, (words, done) in PART_WORDS.items():
            items = self.items[kind]
            if items:
                count = sum(item.choice is None for item in items)
                found.append(Left(count, str(words), str(done), f"muc-{kind}", kind))
        return found

    @property
    def undecided(self) -> int:
        return sum(each.count for each in self.left)

    @property
    def next_left(self) -> Left | None:
        return next((each for each in self.left if each.count), None)

    @property
    def clear_rows(self) -> int:
        return sum(not open_doubts(row) for row in self.rows)

    def doubts_of(self, row: Activity, column: str) -> list[dict[str, Any]]:
        """Open doubts about one cell of a row."""
        return [doubt for doubt in open_doubts(row) if doubt["field"] == column]

    def asked_of(self, row: Activity, column: str) -> list[dict[str, Any]]:
        """Open questions about one cell of a row."""
        return [doubt for doubt in self.doubts_of(row, column) if not is_repaired(doubt)]

    def units_of(self, names: Iterable[str]) -> list[tuple[str, str | None]]:
        """Each printed name beside what it stands for, None while nobody knows."""
        bound = [(name, self.names.bind(name)) for name in names]
        return [(name, self.names.name(binding) if binding.is_sure else None) for name, binding in bound]

    def roles_of(self, row: Activity) -> dict[str, str]:
        """What the cells say of units besides leading and coordinating, by printed name."""
        return {note.unit: note.role for note in roles_of(row)}

    def neighbour(self, by: int) -> Section | None:
        place = self.here.index + by if self.here else -1
        return self.sections[place] if 0 <= place < len(self.sections) else None


def review_page(
    work: Work,
    plan: Plan,
    *,
    doubt_key: str | None = None,
    row_id: UUID | None = None,
    item_key: str | None = None,
    section: str | None = None,
    page: int | None = None,
) -> ReviewPage:
    """What to show: the question asked for or the first one, its section, and the lines of the paper it is about."""
    rows = work.activities.of_plan(plan.id)
    names = binder(work, today())
    questions = questions_in(rows)
    items = {kind: read_items(plan, kind) for kind in KINDS}
    opened = next((each for each in questions if each.key == doubt_key), questions[0] if questions else None)
    selected = next((row for row in rows if row.id == row_id), None)
    item = next((each for found in items.values() for each in found if each.key == item_key), None)
    lit = selected or (opened.row if opened else None)
    sections = sections_of(rows, questions)
    marks = [getattr(lit, CELLS.get(each["field"], ""), "") for each in open_doubts(lit)] if lit else []
    lines = item.lines if item else lit.lines if lit else ()
    last = work.plan_changes.last(plan.id)
    return ReviewPage(
        plan=plan,
        rows=rows,
        questions=questions,
        mended=mended_rows(rows),
        opened=opened,
        choices=suggestions(opened.name, names) if opened and opened.name else (),
        times=choices_of(opened.row, plan) if opened and opened.field == "timing" else (),
        sections=sections,
        here=_here(sections, section, lit),
        source=paper_of(work, plan, lines, [mark for mark in marks if mark], page),
        selected=selected,
        item=item,
        names=names,
        processes=process_names(work),
        last_change=last,
        changed_by=work.people.named([last.person_id]).get(last.person_id, "") if last else "",
        items=items,
    )


def sections_of(rows: Sequence[Activity], questions: Sequence[Question]) -> list[Section]:
    """Runs of rows under one title, in the paper's order."""
    runs: list[tuple[str, list[Activity]]] = []
    for row in rows:
        if not runs or runs[-1][0] != (row.section or ""):
            runs.append((row.section or "", []))
        runs[-1][1].append(row)
    doubted = {row.id for question in questions for row in question.rows}
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
