"""User tasks as rows: offered when a token reaches them, closed when it leaves."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.people import candidate_key
from engine.due_dates import due_date, follow_up_at
from engine.running import Live
from engine.spiff.case import Closed, Wait
from storage.tables import UserTask
from storage.transactions import Work

DEFAULT_ROLE = "official"


def offer_user_task(work: Work, live: Live, wait: Wait, now: datetime) -> None:
    """Put the task on the desks of its role in its unit."""
    attributes = wait.attributes
    calendar = work.database.calendar(work)
    due = due_date(attributes, calendar, now)
    unit_id, role = unit_and_role(attributes)
    form_key = attributes.get("form") or None
    task = UserTask(
        id=wait.token_id,
        instance_id=live.instance.id,
        element_id=wait.element_id,
        name=wait.name or wait.element_id,
        role=role,
        unit_id=unit_id,
        candidate_key=candidate_key(unit_id, role) if unit_id and role else None,
        purpose=attributes.get("purpose") or None,
        priority=int(attributes.get("priority") or 0),
        due_at=due.at,
        due_explanation=due.explanation,
        follow_up_at=follow_up_at(attributes, calendar, now),
        form_key=form_key,
        form_version=work.forms.newest_version(form_key) if form_key else None,
        created_at=now,
        state="created",
    )
    work.user_tasks.add(task)
    for listener in work.database.listeners:
        listener.task_opened(work, task, wait.variables, now)


def close_user_tasks(work: Work, live: Live, closed: Collection[Closed], now: datetime) -> None:
    """Take them off the desks, completed or cancelled."""
    completed = {one.token_id: one.completed for one in closed}
    for task in _open_tasks(work, completed):
        doer = live.doers.get(task.id)
        task.state = "completed" if completed[task.id] else "cancelled"
        task.closed_at = now
        if doer is not None and completed[task.id]:
            task.closed_by, task.on_behalf_of = doer.person_id, doer.on_behalf_of
        variables = doer.variables if doer is not None and completed[task.id] else {}
        for listener in work.database.listeners:
            listener.task_closed(work, task, variables, now)


def unit_and_role(attributes: Mapping[str, Any]) -> tuple[UUID | None, str | None]:
    """A unit without a role is its officials; a unit that is no id leaves the task to administrators."""
    unit, role = attributes.get("unit"), attributes.get("role") or None
    if not unit:
        return None, role
    try:
        unit_id = unit if isinstance(unit, UUID) else UUID(str(unit))
    except ValueError:
        return None, role
    return unit_id, role or DEFAULT_ROLE


def _open_tasks(work: Work, ids: Collection[UUID]) -> list[UserTask]:
    """Those still open; what this transaction has at hand is not asked for again."""
    at_hand = {id: task for id in ids if (task := work.user_tasks.at_hand(id)) is not None}
    others = [id for id in ids if id not in at_hand]
    found = [*at_hand.values(), *(work.user_tasks.open_among(others) if others else ())]
    return [task for task in found if task.closed_at is None]
