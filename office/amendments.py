"""Amending a running plan: rows are added, re-dated or cancelled in mid-year; the others go on untouched."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from domain.calendars import local_date
from domain.errors import Conflict, Invalid
from domain.people import User
from domain.plans import Activity as ReadActivity
from domain.rights import require
from domain.text import tidy
from domain.words import Words, written
from engine.instances import terminate_instance
from engine.records import write_record
from office.doubts import open_doubts
from office.plans import SPACING, add_read_activity, drafting_of
from office.starting import start_activity
from storage.tables import Activity, Occurrence, Plan
from storage.transactions import Work


def add_running_activity(
    work: Work,
    plan_id: UUID,
    row: ReadActivity,
    user: User,
    now: datetime,
    *,
    row_id: UUID | None = None,
    reviewed: Activity | None = None,
) -> Activity:
    """A row more at the end of a running plan, started at once. Raises NotAllowed, Conflict, Invalid for a doubt.

    `reviewed` is the row of a later version it comes from: its doubts are settled as there, and its process is taken.
    """
    require(user, "amend_plan")
    plan = _active(work, plan_id)
    position = work.activities.last_position(plan.id) + SPACING
    activity = add_read_activity(work, drafting_of(work, plan, local_date(now)), row, position)
    activity.id = row_id or activity.id
    if reviewed is not None:
        activity.doubts, activity.lines = list(reviewed.doubts), list(reviewed.lines)
        activity.definition_key, activity.definition_reason = reviewed.definition_key, reviewed.definition_reason
    doubts = open_doubts(activity)
    if doubts or not tidy(row.task):
        said = Words("Nhiệm vụ không được để trống", "the task must not be empty")
        if doubts:
            said = Words(doubts[0]["text"])
        raise Invalid(said, said.english)
    work.flush()
    start_activity(work, activity.id, now)
    after = {"task": activity.task, "position": activity.position}
    write_record(work, None, user, "amend_add", "activity", activity.id, after=after, now=now)
    return activity


def cancel_activity(work: Work, activity_id: UUID, user: User, reason: str, now: datetime) -> Activity:
    """Take a started row back: its open cases end, periods ahead never open. Raises NotAllowed, Conflict, Invalid."""
    require(user, "cancel_activity")
    activity = work.activities.get(activity_id)
    _active(work, activity.plan_id)
    if activity.state != "started":
        raise Conflict("Nhiệm vụ này không còn thực hiện", "the row is not running")
    if not reason.strip():
        raise Invalid("Cần ghi lý do", "a reason is needed")
    activity.state = "cancelled"
    for occurrence in work.occurrences.of_activity(activity.id):
        if occurrence.closed_at is not None:
            continue
        if occurrence.instance_id is not None:
            terminate_instance(work, occurrence.instance_id, user, now, reason=reason)
        occurrence.closed_at, occurrence.outcome = now, "cancelled"
    for share in work.assignments.of_activity(activity.id):
        share.status = share.status if share.status == "done" else "recalled"
    write_record(work, None, user, "cancel", "activity", activity.id, text=reason, now=now)
    return activity


def redate_occurrence(
    work: Work, occurrence_id: UUID, new_date: date, user: User, reason: str, now: datetime
) -> Occurrence:
    """Give a period another due day by decision; open steps that carried the old one take it over.

    Raises NotAllowed, Conflict once it is closed, Invalid without a reason or for a day of rest.
    """
    require(user, "amend_plan")
    occurrence = work.occurrences.get(occurrence_id)
    calendar = work.database.calendar(work)
    if occurrence.closed_at is not None:
        raise Conflict("Kỳ này đã kết thúc", "the occurrence is closed")
    if not reason.strip():
        raise Invalid("Cần ghi lý do", "a reason is needed")
    if not calendar.is_working(new_date):
        raise Invalid(f"{written(new_date)} là ngày nghỉ", f"{written(new_date).english} is a day of rest")
    old = occurrence.due_date
    occurrence.due_date = new_date
    occurrence.due_explanation += Words(
        f"; gia hạn đến {written(new_date)} theo điều chỉnh: {tidy(reason)}",
        f"; extended to {written(new_date).english} by amendment: {tidy(reason)}",
    )
    if occurrence.instance_id is not None:
        for task in work.user_tasks.of_instance(occurrence.instance_id, only_open=True):
            if task.due_at is not None and local_date(task.due_at) == old:
                task.due_at = calendar.closes_at(new_date)
                task.due_explanation = {"rule": "extended", "date": new_date.isoformat()}
    before, after = {"due_date": old.isoformat() if old else None}, {"due_date": new_date.isoformat()}
    write_record(
        work, None, user, "redate", "occurrence", occurrence.id, before=before, after=after, text=reason, now=now
    )
    return occurrence


def close_plan(work: Work, plan_id: UUID, user: User, now: datetime) -> Plan:
    """The year is over: nothing more opens; cases still open stay and can be finished. Raises NotAllowed, Conflict."""
    require(user, "amend_plan")
    plan = _active(work, plan_id)
    plan.state, plan.closed_at = "closed", now
    for occurrence in work.occurrences.of_plan(plan.id):
        if occurrence.instance_id is None and occurrence.closed_at is None:
            occurrence.closed_at, occurrence.outcome = now, "cancelled"
    write_record(work, None, user, "close", "plan", plan.id, now=now)
    return plan


def _active(work: Work, plan_id: UUID) -> Plan:
    plan = work.plans.get(plan_id)
    if plan.state != "active":
        raise Conflict("Kế hoạch không ở trạng thái đang thực hiện", "the plan is not running")
    return plan
