"""A reviewed plan starts: in the background, one transaction a row, so that a long plan holds nobody up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from domain.calendars import local_date
from domain.errors import Conflict
from domain.people import User
from domain.rights import require
from domain.words import Words
from engine.batches import Command, Item, create_batch
from engine.records import write_record
from office.directory import directory
from office.occurrences import open_occurrence, plan_occurrences
from office.organisation import clerk_unit
from office.parts import parts_of
from office.readiness import ready_to_start
from office.units_binding import binder
from storage.tables import Assignment, Batch, BatchItem
from storage.transactions import Work

START_PLAN = "start_plan"


def start_plan(work: Work, plan_id: UUID, user: User | None, now: datetime) -> Batch:
    """Begin to start the plan's rows; the batch shows how far it is.

    Raises NotFound, NotAllowed, Conflict with the reasons why it may not start yet.
    """
    if user is not None:
        require(user, "start_plan")
    plan = work.plans.get(plan_id)
    reasons = ready_to_start(work, plan, local_date(now))
    if reasons:
        more = f" (và {len(reasons) - 1} điểm khác)" if len(reasons) > 1 else ""
        raise Conflict(f"Chưa thể bắt đầu: {reasons[0].text}{more}", f"not ready: {reasons[0].english}")
    plan.state, plan.started_at = "starting", now
    write_record(work, None, user, "start", "plan", plan.id, after={"title": plan.title}, now=now)
    return create_batch(
        work,
        START_PLAN,
        Words("Bắt đầu ", "Start of ") + plan.title,
        [Item(row.id) for row in work.activities.of_plan(plan.id)],
        subject_id=plan.id,
        by=user.person_id if user else None,
        now=now,
    )


def start_activity(work: Work, activity_id: UUID, now: datetime) -> None:
    """Assign the row's units, plan its occurrences and start the case of the current one; a second call does nothing.

    Raises Conflict when nobody leads it.
    """
    activity = work.activities.get(activity_id)
    if activity.state != "draft":
        return
    today = local_date(now)
    office_id = clerk_unit(work, directory(work, today), today)
    if office_id is None:
        raise Conflict("Chưa có văn thư để cấp số, phát hành", "there is no clerk to number and issue")
    shares = parts_of(activity, binder(work, today), office_id)
    for share in shares:
        work.assignments.add(
            Assignment(
                id=uuid4(),
                activity_id=activity.id,
                unit_id=share.unit_id,
                part=share.part,
                note=share.note,
                status="new",
            )
        )
    activity.lead_unit_id = shares[0].unit_id
    activity.state = "started"
    plan = work.plans.get(activity.plan_id)
    for occurrence in plan_occurrences(work, activity, plan, now):
        if occurrence.opens_at <= now:
            open_occurrence(work, occurrence.id, now)
    work.flush()
    if plan.state == "starting" and not work.activities.has_draft(plan.id):
        plan.state = "active"


def _start_row(work: Work, item: BatchItem, now: datetime) -> None:
    start_activity(work, item.noun_id, now)


COMMANDS: Mapping[str, Command] = {START_PLAN: _start_row}
"""What batches of this room do, by their kind; for `engine.batches.batch_handler`."""
