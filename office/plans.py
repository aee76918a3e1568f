"""Plans: a document becomes a draft of rows that people review, and later a running plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from domain.calendars import WorkingCalendar, local_date
from domain.errors import Conflict, Invalid
from domain.people import User
from domain.plans import Activity as ReadActivity
from domain.plans import PlanReading
from domain.rights import require
from domain.schedules import schedule
from domain.words import Words
from engine.records import write_record
from office.doubts import doubts_about, warnings_of
from office.files import store_file
from office.plan_values import is_report, timings_of
from office.report_series import keep_report_series
from office.units_binding import Binder, binder
from plans.output import as_dict, timing_as_dict
from plans.proposals import propose_definition
from plans.reader import read_plan
from plans.timing import read_timing
from storage.tables import Activity, Indicator, Plan
from storage.transactions import Work

SPACING = 1024
"""Positions lie this far apart, so that a row can be put between two others."""
TOLD = "told"
"""The key of a plan's reading with the places of the warnings that are doubts of a row."""


@dataclass(frozen=True, slots=True)
class Drafting:
    """What making rows needs to know: whose plan, of which year, by which names and calendar."""

    plan: Plan
    names: Binder
    calendar: WorkingCalendar


def create_draft(
    work: Work, content: bytes, filename: str, user: User | None, now: datetime, *, reading: PlanReading | None = None
) -> Plan:
    """A draft of the plan in the document; `reading` spares reading it again inside the transaction.

    Raises NotAllowed, DocumentUnreadable, Invalid.
    """
    if user is not None:
        require(user, "upload_plan")
    read = reading or read_plan(content, filename)
    person_id = user.person_id if user else None
    file = store_file(work, content, filename, person_id, now)
    plan = work.plans.add(_plan(read, file.id, person_id, now))
    work.flush()
    drafting = drafting_of(work, plan, local_date(now))
    told: set[str] = set()
    for index, row in enumerate(read.activities, start=1):
        warnings = warnings_of(read.warnings, row.number, row.lines, row.notes)
        told.update(warnings)
        add_read_activity(work, drafting, row, index * SPACING, warnings)
    plan.reading = {**plan.reading, TOLD: [place for place, each in enumerate(read.warnings) if each in told]}
    for target in read.indicators:
        work.indicators.add(
            Indicator(
                plan_id=plan.id,
                text=target.text,
                comparator=target.comparator,
                value=_as_text(target.value),
                unit=target.unit,
            )
        )
    keep_report_series(work, plan, read.reporting, drafting.calendar)
    work.flush()
    write_record(work, None, user, "upload", "plan", plan.id, after={"title": plan.title, "file": file.sha256}, now=now)
    return plan


def drafting_of(work: Work, plan: Plan, today: date) -> Drafting:
    return Drafting(plan, binder(work, today), work.database.calendar(work))


def add_read_activity(
    work: Work, drafting: Drafting, row: ReadActivity, position: int, warnings: Iterable[Words] = ()
) -> Activity:
    """A row of the plan from what was read, with its doubts, process, units and due day."""
    proposal = propose_definition(row)
    activity = Activity(
        id=uuid4(),
        plan_id=drafting.plan.id,
        position=position,
        number=row.number,
        section=row.section,
        objective=row.objective,
        task=row.task,
        products=list(row.products),
        lead_raw=row.lead_raw,
        lead=list(row.lead),
        coordinating_raw=row.coordinating_raw,
        coordinating=list(row.coordinating),
        timing_raw=row.timing_raw,
        timing=[timing_as_dict(timing) for timing in row.timing],
        lines=list(row.lines),
        definition_key=proposal.definition_key,
        definition_reason=proposal.reason,
        doubts=[],
        state="draft",
    )
    activity.doubts = doubts_about(activity, drafting.names, drafting.plan.year, row.notes, warnings)
    derive(activity, drafting)
    work.activities.add(activity)
    return activity


def derive(activity: Activity, drafting: Drafting) -> None:
    """What follows from the row's cells: its leading unit and its last due day with the explanation."""
    activity.lead_unit_id = _lead_unit(activity.lead, drafting.names)
    planned = schedule(
        timings_of(activity),
        drafting.plan.year,
        drafting.calendar,
        is_report=is_report(activity.task, activity.products),
    )
    last = max(planned, key=lambda each: each.due_date or date.min)
    activity.due_date = last.due_date
    activity.due_explanation = last.explanation


def draft_plan(work: Work, plan_id: UUID) -> Plan:
    """The plan while it may be reviewed. Raises NotFound, Conflict once it was started."""
    plan = work.plans.get(plan_id)
    if plan.state != "draft":
        raise Conflict("Kế hoạch đã bắt đầu, không còn là bản dự thảo", "the plan is no draft any more")
    return plan


def edit_plan(
    work: Work,
    plan_id: UUID,
    user: User,
    now: datetime,
    *,
    version: int,
    title: str | None = None,
    number: str | None = None,
    issuer: str | None = None,
    issued_on: date | None = None,
    year: int | None = None,
) -> Plan:
    """Change the plan's head; what is None stays. A new year dates every row anew. Raises Conflict, NotAllowed."""
    require(user, "review_plan")
    plan = draft_plan(work, plan_id)
    refuse_stale(plan.version, version)
    before = {"title": plan.title, "number": plan.number, "year": plan.year}
    plan.title, plan.issuer = title or plan.title, issuer or plan.issuer
    plan.number, plan.issued_on = number or plan.number, issued_on or plan.issued_on
    if year is not None and year != plan.year:
        _redate(work, plan, year, now)
    after = {"title": plan.title, "number": plan.number, "year": plan.year}
    write_record(work, None, user, "edit", "plan", plan.id, before=before, after=after, now=now)
    return plan


def delete_draft(work: Work, plan_id: UUID, user: User, now: datetime) -> None:
    """Drop a plan that was not started. Raises Conflict, NotAllowed."""
    require(user, "review_plan")
    plan = draft_plan(work, plan_id)
    write_record(work, None, user, "delete", "plan", plan.id, before={"title": plan.title}, now=now)
    work.plans.delete(plan)


def refuse_stale(stored: int, seen: int) -> None:
    """Raise Conflict when somebody changed the row after the caller saw it."""
    if stored != seen:
        raise Conflict(
            "Dòng này vừa được người khác sửa, hãy tải lại", "somebody changed this meanwhile; load it again"
        )


def _redate(work: Work, plan: Plan, year: int, now: datetime) -> None:
    if not 2000 <= year <= 2100:
        raise Invalid(f"Năm {year} không hợp lý", f"{year} is no year of a plan")
    earlier, plan.year = plan.year, year
    drafting = drafting_of(work, plan, local_date(now))
    for activity in work.activities.of_plan(plan.id):
        if activity.timing == _times(activity.timing_raw, earlier):  # nobody chose them otherwise
            activity.timing = _times(activity.timing_raw, year)
        derive(activity, drafting)


def _times(printed: str, year: int) -> list[dict[str, Any]]:
    return [timing_as_dict(timing) for timing in read_timing(printed, year).timings]


def _plan(read: PlanReading, file_id: UUID, person_id: UUID | None, now: datetime) -> Plan:
    head = read.plan
    return Plan(
        id=uuid4(),
        title=head.title or "Kế hoạch",
        issuer=head.issuer or "",
        number=head.number,
        issued_on=head.date,
        year=head.year or (head.date.year if head.date else local_date(now).year),
        state="draft",
        file_id=file_id,
        reading=as_dict(read),
        created_at=now,
        created_by=person_id,
    )


def _as_text(value: float | str | None) -> str | None:
    return f"{value:.12g}" if isinstance(value, int | float) else value


def _lead_unit(lead: Iterable[str], names: Binder) -> UUID | None:
    """The unit the first name that is surely one unit stands for."""
    bindings = (names.bind(name) for name in lead)
    return next((each.unit_id for each in bindings if each.is_sure and each.unit_id is not None), None)
