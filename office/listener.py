"""Keeps what the office shows in step with the cases, inside the engine's own transaction.

By the `purpose` of a user task: inputs are sent, answered or taken for silence; a consolidation is refused while
opinions are undecided; the shares of units move through their statuses. When a case ends its occurrence closes, and its
row when all its occurrences have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from domain.calendars import local_date
from domain.due_days import offset_day
from domain.hand_overs import Status, can_move
from domain.plans import Offset
from domain.words import Words, written
from office.contributions import refuse_undecided
from office.taking_back import keep_sent, refuse_begun, tell_who_looked
from storage.tables import Activity, Completion, Contribution, Instance, Occurrence, UserTask
from storage.transactions import Work

ON_OPENING: Mapping[str, Status] = {
    "consolidate": "active",
    "review": "wait_confirm",
    "sign": "wait_confirm",
    "arrival": "paused",
    "supplement": "redo",
}
ON_COMPLETION: Mapping[str, Status] = {"draft": "active", "check_in": "active", "arrival": "active"}
"""The lead's share follows the step of these purposes."""


class OfficeListener:
    """A `storage.listeners.Listener`; it writes rows of its own, or refuses."""

    def task_opened(self, work: Work, task: UserTask, variables: Mapping[str, Any], now: datetime) -> None:
        occurrence = _occurrence_of(work, task.instance_id)
        if task.purpose == "contribute":
            _ask(work, task, variables, occurrence, now)
        if occurrence is None:
            return
        _date_by_arrival(work, occurrence, variables)
        _follow_extension(work, task, occurrence, variables)
        status = ON_OPENING.get(task.purpose or "")
        if status is not None:
            _move(work, occurrence.activity_id, None, status)

    def task_closed(self, work: Work, task: UserTask, variables: Mapping[str, Any], now: datetime) -> None:
        work.drafts.forget(task.id)
        if task.purpose == "contribute":
            _answer(work, task, variables, now)
        if task.state != "completed":
            return
        refuse_undecided(work, task)
        occurrence = _occurrence_of(work, task.instance_id)
        if occurrence is None:
            return
        status = ON_COMPLETION.get(task.purpose or "")
        if status is not None:
            _move(work, occurrence.activity_id, None, status)
        if variables.get("review_outcome") == "return" or variables.get("sign_outcome") == "return":
            _move(work, occurrence.activity_id, None, "redo")

    def task_taken_back(
        self, work: Work, task: UserTask, completion: Completion, cancelled: Sequence[UserTask], now: datetime
    ) -> None:
        refuse_begun(work, completion, cancelled)
        keep_sent(work, task, completion, now)
        tell_who_looked(work, completion, cancelled, now)

    def instance_ended(self, work: Work, instance: Instance, variables: Mapping[str, Any], now: datetime) -> None:
        occurrence = _occurrence_of(work, instance.id)
        if occurrence is None or occurrence.closed_at is not None:
            return
        occurrence.closed_at = now
        occurrence.outcome = outcome_of(instance, variables)
        activity = work.activities.get(occurrence.activity_id)
        if work.occurrences.count_open(activity.id, besides=occurrence.id):
            _move(work, activity.id, None, "active")
            return
        _close(work, activity, cancelled=occurrence.outcome == "cancelled")


def outcome_of(instance: Instance, variables: Mapping[str, Any]) -> str:
    """How a case ended: cancelled, not_needed, issued, sent, or recorded."""
    if instance.status == "terminated":
        return "cancelled"
    if variables.get("arrival") == "not_needed":
        return "not_needed"
    if variables.get("answer") == "issued":
        return "issued"
    return "sent" if variables.get("issued_number") else "recorded"


def _ask(
    work: Work, task: UserTask, variables: Mapping[str, Any], occurrence: Occurrence | None, now: datetime
) -> None:
    """A unit is asked: a contribution of the case's present round."""
    unit_id = _unit_in(variables) or task.unit_id
    if unit_id is None:
        return
    work.contributions.add(
        Contribution(
            id=uuid4(),
            instance_id=task.instance_id,
            unit_id=unit_id,
            round=work.contributions.last_round(task.instance_id, unit_id) + 1,
            task_id=task.id,
            sent_at=now,
            due_at=task.due_at,
            entered_for=_is_by_letter(variables),
        )
    )
    if occurrence is not None:
        _move(work, occurrence.activity_id, unit_id, "active")


def _answer(work: Work, task: UserTask, variables: Mapping[str, Any], now: datetime) -> None:
    """Completed is an answer; cancelled while its case goes on is silence."""
    contribution = work.contributions.by_task(task.id)
    if contribution is None or contribution.answered_at is not None:
        return
    if task.state != "completed":
        if work.instances.get(task.instance_id).status == "active":
            contribution.silent_at = now
        return
    contribution.answered_at, contribution.answered_by = now, task.closed_by
    contribution.agrees = _as_bool(variables.get("agrees"))
    contribution.text = str(variables.get("text") or "")
    contribution.letter_number = str(variables["letter_number"]) if variables.get("letter_number") else None
    contribution.letter_date = _as_date(variables.get("letter_date"))
    occurrence = _occurrence_of(work, task.instance_id)
    if occurrence is not None:
        _move(work, occurrence.activity_id, contribution.unit_id, "done")


def _date_by_arrival(work: Work, occurrence: Occurrence, variables: Mapping[str, Any]) -> None:
    """A row without a day gets the one its case was given when what it waited for came."""
    due, arrived_on = _as_date(variables.get("due_date")), _as_date(variables.get("source_date"))
    if occurrence.due_date is not None or due is None or arrived_on is None:
        return
    length = variables.get("due_in")
    by_plan = offset_day(arrived_on, Offset(**length), work.database.calendar(work)) if length else None
    number = str(variables.get("source_number") or "")
    source = (number + Words(" (") if number else Words("(")) + written(arrived_on) + ")"
    occurrence.due_date = due
    if by_plan is not None and by_plan[0] == due:
        occurrence.due_explanation = Words("Đã có ", "Arrived: ") + source + ": " + by_plan[1]
    else:
        occurrence.due_explanation = Words("Theo ", "By ") + source + Words(": hạn ", ": due ") + written(due)


def _follow_extension(work: Work, task: UserTask, occurrence: Occurrence, variables: Mapping[str, Any]) -> None:
    """A row whose day was moved hands the new day to the steps that open later."""
    started_with = _as_date(variables.get("due_date"))
    if task.due_at is None or occurrence.due_date is None or started_with is None:
        return
    if occurrence.due_date > started_with and local_date(task.due_at) == started_with:
        task.due_at = work.database.calendar(work).closes_at(occurrence.due_date)
        task.due_explanation = {"rule": "extended", "date": occurrence.due_date.isoformat()}


def _move(work: Work, activity_id: UUID, unit_id: UUID | None, status: Status) -> None:
    """Move a unit's share, the lead's without a unit, where the hand-overs allow it."""
    if unit_id is not None:
        share = work.assignments.part_of(activity_id, unit_id, "coordinating")
        shares = [] if share is None else [share]
    else:
        shares = [each for each in work.assignments.of_activity(activity_id) if each.part == "lead"]
    for share in shares:
        if not can_move(share.status, status) and can_move(share.status, "redo") and can_move("redo", status):
            share.status = "redo"  # asked a second time, or for the next period
        if can_move(share.status, status):
            share.status = status


def _close(work: Work, activity: Activity, *, cancelled: bool) -> None:
    """The row has no open occurrence left; a plan without open rows closes by a person."""
    activity.state = "cancelled" if cancelled else "closed"
    for share in work.assignments.of_activity(activity.id):
        status: Status = "recalled" if cancelled else "done"
        if can_move(share.status, status):
            share.status = status


def _occurrence_of(work: Work, instance_id: UUID) -> Occurrence | None:
    """The occurrence a case is for, by its business key."""
    return work.occurrences.of_case(work.instances.get(instance_id).business_key)


def _unit_in(variables: Mapping[str, Any]) -> UUID | None:
    part = variables.get("part")
    try:
        return UUID(str(part["unit"])) if isinstance(part, Mapping) and part.get("unit") else None
    except ValueError:
        return None


def _is_by_letter(variables: Mapping[str, Any]) -> bool:
    part = variables.get("part")
    return isinstance(part, Mapping) and bool(part.get("by_letter"))


def _as_bool(value: Any) -> bool | None:
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value.lower())
    return value if isinstance(value, bool) else None


def _as_date(value: Any) -> date | None:
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None
