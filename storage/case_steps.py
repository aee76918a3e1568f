"""The steps and acts of a case as pages show them: what people finished, by element, and the latest of all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, select

from storage.tables import Record, Step, UserTask
from storage.transactions import Work

PEOPLE = ("userTask", "manualTask")


@dataclass(frozen=True, slots=True)
class FinishedStep:
    """A step of people with its last finished run and how many there were."""

    element_id: str
    name: str
    runs: int
    ended_at: datetime
    by: UUID | None


def finished_steps(work: Work, instance_id: UUID) -> list[FinishedStep]:
    """What people have finished, each element once, by its last end; one statement however often a case went round."""
    last = (
        select(Step.element_id, func.max(Step.ended_at).label("ended_at"), func.count().label("runs"))
        .where(Step.instance_id == instance_id, Step.type.in_(PEOPLE), Step.state == "completed")
        .group_by(Step.element_id)
        .subquery()
    )
    query = (
        select(Step, last.c.runs)
        .join(last, and_(Step.element_id == last.c.element_id, Step.ended_at == last.c.ended_at))
        .where(Step.instance_id == instance_id, Step.state == "completed")
        .order_by(Step.ended_at, Step.position)
    )
    found: dict[str, FinishedStep] = {}
    for step, runs in work.session.execute(query):
        assert step.ended_at is not None
        found[step.element_id] = FinishedStep(
            step.element_id, step.name or step.element_id, runs, step.ended_at, step.by
        )
    return list(found.values())


def latest_steps(work: Work, instance_id: UUID, types: Collection[str], limit: int) -> Sequence[Step]:
    """The newest runs of nodes of these types, the newest first."""
    query = select(Step).where(Step.instance_id == instance_id, Step.type.in_(types))
    return work.session.scalars(query.order_by(Step.started_at.desc(), Step.position.desc()).limit(limit)).all()


def latest_records(work: Work, instance_id: UUID, limit: int) -> Sequence[Record]:
    """The newest acts of a case, the newest first."""
    query = select(Record).where(Record.instance_id == instance_id)
    return work.session.scalars(query.order_by(Record.position.desc()).limit(limit)).all()


def task_names(work: Work, task_ids: Iterable[UUID]) -> dict[str, str]:
    """Names of user tasks by their id as text."""
    wanted = list(set(task_ids))
    if not wanted:
        return {}
    query = select(UserTask.id, UserTask.name).where(UserTask.id.in_(wanted))
    return {str(task_id): name for task_id, name in work.session.execute(query)}
