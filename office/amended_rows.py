"""One row of a later version taken over into the running plan: added, cancelled, changed, or replaced by another.

Another leading unit, or another process, ends the row and begins a new one beside it, so that what was done under the
old one stays as it was done.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from domain.calendars import local_date
from domain.errors import Invalid
from domain.people import User
from domain.rights import require
from domain.schedules import PlannedOccurrence, schedule
from domain.words import Words
from engine.cases import taken_out
from engine.moments import moment
from engine.records import write_record
from office.amendments import add_running_activity, cancel_activity, redate_occurrence
from office.directory import directory
from office.later_versions import as_value, running_plan
from office.occurrences import acting_lead, open_occurrence
from office.organisation import clerk_unit
from office.parts import parts_of
from office.plan_values import is_report, timings_of
from office.plans import derive, drafting_of
from office.units_binding import binder
from plans.comparison import changes_between
from storage.tables import Activity, Assignment, Occurrence
from storage.transactions import Work

TEXTS = ("number", "section", "objective", "task", "products")


def add_row(
    work: Work, plan_id: UUID, later_id: UUID, new_id: UUID, user: User, reason: str, now: datetime
) -> Activity:
    """A row the later version brings, started at once under `new_id`; how it was reviewed is kept."""
    later = work.activities.get(later_id)
    added = add_running_activity(work, plan_id, as_value(later), user, now, row_id=new_id, reviewed=later)
    write_record(work, None, user, "amend", "activity", added.id, after={"task": added.task}, text=reason, now=now)
    return added


def remove_row(work: Work, row_id: UUID, user: User, reason: str, now: datetime) -> None:
    """A row the later version leaves out; its open cases end and keep their history."""
    row = work.activities.get(row_id)
    if row.state == "started":
        cancel_activity(work, row_id, user, reason, now)


def change_row(
    work: Work, row_id: UUID, later_id: UUID, new_id: UUID | None, user: User, reason: str, now: datetime
) -> Activity:
    """A row the later version words, dates or shares out otherwise; with `new_id` a new row takes its place."""
    require(user, "amend_plan")
    row, later = work.activities.get(row_id), work.activities.get(later_id)
    plan = running_plan(work, row.plan_id)
    if new_id is not None and row.state == "started":
        cancel_activity(work, row.id, user, reason, now)
        return add_row(work, plan.id, later.id, new_id, user, reason, now)
    changes = changes_between(as_value(row), as_value(later))
    fields = {change.field for change in changes}
    before = {name: getattr(row, name) for name in fields}
    for name in TEXTS:
        setattr(row, name, getattr(later, name))
    if row.state == "started":
        for name in ("coordinating", "timing"):
            setattr(row, name, list(getattr(later, name)))
            setattr(row, f"{name}_raw", getattr(later, f"{name}_raw"))
        derive(row, drafting_of(work, plan, local_date(now)))
    if row.state == "started" and "coordinating" in fields:
        _share_out(work, row, now)
    if row.state == "started" and "timing" in fields:
        _reschedule(work, row, plan.year, user, reason, now)
    after = {name: getattr(row, name) for name in fields}
    write_record(work, None, user, "amend", "activity", row.id, before=before, after=after, text=reason, now=now)
    return row


def _share_out(work: Work, row: Activity, now: datetime) -> None:
    """The coordinating units as the row names them by now; a case still being drafted asks these."""
    today = local_date(now)
    units = directory(work, today)
    office_id = clerk_unit(work, units, today)
    if office_id is None:
        raise Invalid("Chưa có văn thư để cấp số, phát hành", "there is no clerk to number and issue")
    shares = parts_of(row, binder(work, today), office_id)
    known = work.assignments.of_activity(row.id)
    wanted = {share.unit_id for share in shares}
    for old in known:
        if old.part == "coordinating" and old.unit_id not in wanted and old.status != "done":
            old.status = "recalled"
        if old.unit_id in wanted and old.status == "recalled":
            old.status = "new"
    for share in shares:
        if not any(old.unit_id == share.unit_id for old in known):
            work.assignments.add(
                Assignment(
                    id=uuid4(),
                    activity_id=row.id,
                    unit_id=share.unit_id,
                    part="coordinating",
                    note=share.note,
                    status="new",
                )
            )
    work.flush()
    lead = acting_lead(work.assignments.of_activity(row.id), units, office_id)
    helping = dict.fromkeys(units.present(share.unit_id) for share in shares if share.part == "coordinating")
    asked = [{"unit": str(each), "by_letter": not units.get(each).has_accounts} for each in helping if each != lead]
    for occurrence in work.occurrences.of_activity(row.id):
        if occurrence.closed_at is None and occurrence.instance_id is not None:
            _ask_these(work, occurrence.instance_id, asked, now)


def _ask_these(work: Work, instance_id: UUID, asked: list[dict[str, Any]], now: datetime) -> None:
    drafting = [each for each in work.user_tasks.of_instance(instance_id, only_open=True) if each.purpose == "draft"]
    if not drafting or work.instances.get(instance_id).status != "active":
        return
    with taken_out(work, instance_id, now) as case:
        for task in drafting:
            case.set_variables(task.id, {"coordinating": asked}, moment(work, now))


def _reschedule(work: Work, row: Activity, year: int, user: User, reason: str, now: datetime) -> None:
    """Periods by the new times: those there are re-dated, new ones added, unbegun ones that went are closed."""
    calendar, today = work.database.calendar(work), local_date(now)
    planned = schedule(timings_of(row), year, calendar, is_report=is_report(row.task, row.products))
    there = {each.period: each for each in work.occurrences.of_activity(row.id)}
    still_open = [each for each in there.values() if each.closed_at is None]
    if len(planned) == 1 and len(still_open) == 1:
        _redate(work, still_open[0], planned[0], user, reason, now)
        return
    for each in planned:
        known = there.get(each.period)
        if known is not None and known.closed_at is None:
            _redate(work, known, each, user, reason, now)
        elif known is None and (each.due_date is None or each.due_date >= today):
            _add_period(work, row, each, now)
    names = {each.period for each in planned}
    for gone in still_open:
        if gone.period not in names and gone.instance_id is None:
            gone.closed_at, gone.outcome = now, "cancelled"
    work.flush()
    if not work.occurrences.count_open(row.id):
        raise Invalid(
            "Theo thời gian mới không còn kỳ nào để thực hiện", "by the new times no period of this row is left"
        )


def _add_period(work: Work, row: Activity, planned: PlannedOccurrence, now: datetime) -> None:
    occurrence = work.occurrences.add(
        Occurrence(
            id=uuid4(),
            activity_id=row.id,
            period=planned.period,
            opens_at=work.database.calendar(work).opens_at(planned.opens_on),
            due_date=planned.due_date,
            due_explanation=planned.explanation,
        )
    )
    work.flush()
    if occurrence.opens_at <= now:
        open_occurrence(work, occurrence.id, now)


def _redate(
    work: Work, occurrence: Occurrence, planned: PlannedOccurrence, user: User, reason: str, now: datetime
) -> None:
    if occurrence.due_date == planned.due_date:
        return
    if planned.due_date is not None:
        redate_occurrence(work, occurrence.id, planned.due_date, user, reason, now)
        return
    before: dict[str, str | None] = {"due_date": _iso(occurrence.due_date)}
    occurrence.due_date = None
    occurrence.due_explanation = planned.explanation + Words("; điều chỉnh: ", "; amended: ") + reason
    after = {"due_date": None}
    write_record(
        work, None, user, "redate", "occurrence", occurrence.id, before=before, after=after, text=reason, now=now
    )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
