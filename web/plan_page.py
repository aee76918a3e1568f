"""A running plan as its page shows it: each row with its parts, its period at hand and where that stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from domain.calendars import WorkingCalendar
from domain.periods import label
from domain.text import fold, fold_words
from office.directory import Directory
from storage.occurrences import PASSED
from storage.tables import Activity, Assignment, Occurrence, Plan
from storage.transactions import Work
from web.language import said
from web.plan_charts import Gantt, Load, gantt_of, load_of
from web.session import current_calendar, current_now, current_units
from web.words import DueWords, day_words, done_words, due_words

STATES = {
    "done": _l("Đã xong"),
    "ok": _l("Trong hạn"),
    "soon": _l("Sắp đến hạn"),
    "late": _l("Quá hạn"),
    "none": _l("Không có thời hạn"),
    "mute": _l("Đã hủy"),
}
OPEN = ("ok", "soon", "late", "none")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a person wants to see of the rows; `state` is one of STATES or "open"."""

    unit_id: UUID | None = None
    state: str = ""
    part: str = ""
    words: str = ""

    @property
    def any(self) -> bool:
        return bool(self.address)

    @property
    def address(self) -> dict[str, str]:
        """What stands in the address of the page that shows this."""
        given = {"unit": str(self.unit_id or ""), "state": self.state, "part": self.part, "q": self.words}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row with the occurrence at hand: the earliest one open, else the last."""

    activity: Activity
    lead: str
    lead_id: UUID | None
    coordinating: tuple[tuple[UUID, str], ...]
    roles: Mapping[UUID, str]
    occurrences: tuple[Occurrence, ...]
    current: Occurrence | None
    state: str
    due: DueWords
    note: str
    gantt: Gantt

    @property
    def instance_id(self) -> UUID | None:
        return self.current.instance_id if self.current else None

    @property
    def explanation(self) -> str:
        return self.current.due_explanation if self.current else self.activity.due_explanation


@dataclass(frozen=True, slots=True)
class Progress:
    """A section's rows by state; `parts` are (state, count, words) for a stacked bar."""

    index: int
    title: str
    rows: int
    counts: Mapping[str, int]

    @property
    def done(self) -> int:
        return self.counts.get("done", 0)

    @property
    def parts(self) -> list[tuple[str, int, str]]:
        return [(state, self.counts[state], f"{words} {self.counts[state]}") for state, words in _counted(self.counts)]

    @property
    def said(self) -> str:
        """The bar in words, for who cannot see it."""
        return ", ".join(f"{self.counts[state]} {str(words).lower()}" for state, words in _counted(self.counts))


@dataclass
class PlanPage:
    plan: Plan
    rows: Sequence[PlanRow]
    shown: Sequence[tuple[Progress, Sequence[PlanRow]]]
    sections: Sequence[Progress]
    whole: Progress
    load: Load
    units: Sequence[tuple[UUID, str]]
    filters: Filters

    @property
    def shown_rows(self) -> int:
        return sum(len(rows) for _section, rows in self.shown)


def plan_page(work: Work, plan_id: UUID, filters: Filters) -> PlanPage:
    """Three statements for the rows, however many there are. Raises NotFound."""
    plan = work.plans.get(plan_id)
    parts: dict[UUID, list[Assignment]] = {}
    for assignment in work.assignments.of_plan(plan_id):
        parts.setdefault(assignment.activity_id, []).append(assignment)
    periods: dict[UUID, list[Occurrence]] = {}
    for occurrence in work.occurrences.of_plan(plan_id):
        periods.setdefault(occurrence.activity_id, []).append(occurrence)
    making = _Making(plan, current_units(), current_calendar(), current_now())
    rows = [
        making.row(each, parts.get(each.id, []), periods.get(each.id, [])) for each in work.activities.of_plan(plan_id)
    ]
    sections = _sections(rows)
    shown = [
        (_progress(index, title, members), [row for row in members if _matches(row, filters)])
        for index, (title, members) in enumerate(sections)
    ]
    units = {row.lead_id: row.lead for row in rows if row.lead_id}
    units |= {unit_id: name for row in rows for unit_id, name in row.coordinating}
    return PlanPage(
        plan=plan,
        rows=rows,
        shown=[each for each in shown if each[1]],
        sections=[each[0] for each in shown],
        whole=_progress(0, "", rows),
        load=load_of(((row.lead, each) for row in rows for each in row.occurrences), plan.year),
        units=sorted(units.items(), key=lambda each: fold(each[1])),
        filters=filters,
    )


@dataclass(frozen=True)
class _Making:
    plan: Plan
    units: Directory
    calendar: WorkingCalendar
    now: datetime

    def row(self, activity: Activity, parts: Iterable[Assignment], occurrences: Iterable[Occurrence]) -> PlanRow:
        ordered = tuple(sorted(occurrences, key=lambda each: (each.due_date or date.max, each.opens_at)))
        leads = [each.unit_id for each in parts if each.part == "lead"]
        lead_id = leads[0] if leads else activity.lead_unit_id
        current = next((each for each in ordered if each.closed_at is None), ordered[-1] if ordered else None)
        due, state = self._standing(activity, current)
        return PlanRow(
            activity=activity,
            lead=self.units.name(lead_id) or "; ".join(activity.lead) or activity.lead_raw,
            lead_id=lead_id,
            coordinating=tuple(
                (each.unit_id, self.units.name(each.unit_id)) for each in parts if each.part == "coordinating"
            ),
            roles={each.unit_id: each.note for each in parts if each.note},
            occurrences=ordered,
            current=current,
            state=state,
            due=due,
            note=self._note(activity, current),
            gantt=gantt_of(self.plan.year, self.now, ordered, activity, state),
        )

    def _standing(self, activity: Activity, current: Occurrence | None) -> tuple[DueWords, str]:
        if activity.state == "cancelled":
            return DueWords("mute", str(STATES["mute"]), ""), "mute"
        day = current.due_date if current else activity.due_date
        due_at = self.calendar.closes_at(day) if day else None
        if current is not None and current.closed_at is not None:
            if current.outcome == PASSED:
                return DueWords("mute", _("Đã qua trước khi bắt đầu"), _("hạn %(day)s", day=day_words(day))), "mute"
            return done_words(current.closed_at, due_at, self.calendar), "done"
        said = due_words(due_at, self.now, self.calendar)
        return said, said.state

    def _note(self, activity: Activity, current: Occurrence | None) -> str:
        """What stands beside the date: the period of recurring work, or that it is not open yet."""
        if current is None:
            return ""
        is_round = current.period != "once" and activity.definition_key == "periodic"
        beside = [said(label(current.period))] if is_round else []
        if current.opens_at > self.now and current.closed_at is None:
            beside.append(_("mở %(day)s", day=day_words(current.opens_at)))
        return ", ".join(beside)


def _matches(row: PlanRow, filters: Filters) -> bool:
    leads = row.lead_id == filters.unit_id
    helps = any(unit_id == filters.unit_id for unit_id, _name in row.coordinating)
    if filters.unit_id and not ((leads and filters.part != "coordinating") or (helps and filters.part != "lead")):
        return False
    if not filters.unit_id and filters.part == "coordinating" and not row.coordinating:
        return False
    if filters.state and row.state != filters.state and not (filters.state == "open" and row.state in OPEN):
        return False
    if not filters.words:
        return True
    activity = row.activity
    names = " ".join(name for _unit_id, name in row.coordinating)
    whole = fold_words(f"{activity.number} {activity.task} {' '.join(activity.products)} {row.lead} {names}")
    return fold_words(filters.words) in whole


def _sections(rows: Iterable[PlanRow]) -> list[tuple[str, list[PlanRow]]]:
    runs: list[tuple[str, list[PlanRow]]] = []
    for row in rows:
        title = row.activity.section or ""
        if not runs or runs[-1][0] != title:
            runs.append((title, []))
        runs[-1][1].append(row)
    return runs


def _progress(index: int, title: str, rows: Sequence[PlanRow]) -> Progress:
    return Progress(index, title, len(rows), Counter(row.state for row in rows))


def _counted(counts: Mapping[str, int]) -> list[tuple[str, object]]:
    return [(state, words) for state, words in STATES.items() if counts.get(state)]
