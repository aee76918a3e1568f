"""User tasks as programs ask for them: of a case, of a unit, in a state, oldest first; or narrowed worklists."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, tuple_

from storage.tables import UserTask
from storage.transactions import Work
from storage.worklists import Arm

CLOSED = ("completed", "cancelled")


def tasks_page(
    work: Work,
    *,
    instance_id: UUID | None = None,
    unit_id: UUID | None = None,
    state: str | None = None,
    done_by: UUID | None = None,
    after: UUID | None = None,
    limit: int = 200,
) -> Sequence[UserTask]:
    """The tasks that fit, the oldest first; `after` is the last one of the page before."""
    query = select(UserTask).where(*_conditions(instance_id, unit_id, state))
    if done_by is not None:
        query = query.where(or_(UserTask.closed_by == done_by, UserTask.assignee_id == done_by))
    if after is not None:
        last = work.user_tasks.get(after)
        query = query.where(tuple_(UserTask.created_at, UserTask.id) > (last.created_at, last.id))
    return work.session.scalars(query.order_by(UserTask.created_at, UserTask.id).limit(limit)).all()


def narrowed_to(
    arms: Sequence[Arm], *, instance_id: UUID | None = None, unit_id: UUID | None = None, state: str | None = None
) -> tuple[Arm, ...]:
    """The same worklists, of one case, unit or state."""
    conditions = _conditions(instance_id, unit_id, state)
    return tuple((*arm, *conditions) for arm in arms)


def _conditions(instance_id: UUID | None, unit_id: UUID | None, state: str | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if instance_id is not None:
        conditions.append(UserTask.instance_id == instance_id)
    if unit_id is not None:
        conditions.append(UserTask.unit_id == unit_id)
    if state is not None:
        conditions.append(UserTask.state == state)
        if state not in CLOSED:
            conditions.append(UserTask.closed_at.is_(None))
    return conditions
