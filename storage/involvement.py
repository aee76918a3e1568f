"""Who takes part in a case: units with work or an assignment in it, people who did something there."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select

from storage.tables import Assignment, Instance, Occurrence, UserTask
from storage.transactions import Work


def units_in_case(work: Work, instance_id: UUID) -> set[UUID]:
    """Units that have or had a task in the case, or a part in its row of the plan; two statements."""
    tasks = select(UserTask.unit_id).where(UserTask.instance_id == instance_id, UserTask.unit_id.is_not(None))
    parts = (
        select(Assignment.unit_id)
        .join(Occurrence, Occurrence.activity_id == Assignment.activity_id)
        .where(Occurrence.instance_id == instance_id)
    )
    found = {*work.session.scalars(tasks.distinct()), *work.session.scalars(parts.distinct())}
    return {unit_id for unit_id in found if unit_id is not None}


def open_tasks_in_case(work: Work, instance_id: UUID) -> Sequence[UserTask]:
    query = select(UserTask).where(UserTask.instance_id == instance_id, UserTask.closed_at.is_(None))
    return work.session.scalars(query.order_by(UserTask.created_at, UserTask.id)).all()


def has_acted_in_case(work: Work, instance_id: UUID, person_id: UUID) -> bool:
    """Whether the person started the case, or finished or held a task in it."""
    did = select(UserTask.id).where(
        UserTask.instance_id == instance_id,
        or_(UserTask.closed_by == person_id, UserTask.assignee_id == person_id, UserTask.delegated_by == person_id),
    )
    started = select(Instance.id).where(Instance.id == instance_id, Instance.started_by == person_id)
    return work.session.scalar(did.limit(1)) is not None or work.session.scalar(started) is not None
