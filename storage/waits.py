"""What open cases wait for, read for many cases at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select

from storage.tables import Incident, Job, Subscription, Timer, UserTask
from storage.transactions import Work

UNFINISHED = ("ready", "running", "failed")


@dataclass(slots=True)
class OpenWaits:
    """The rows of one case that are not closed, each kind the oldest first, timers the next first."""

    incidents: list[Incident] = field(default_factory=list)
    tasks: list[UserTask] = field(default_factory=list)
    subscriptions: list[Subscription] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)
    timers: list[Timer] = field(default_factory=list)


def open_waits(work: Work, instance_ids: Collection[UUID]) -> dict[UUID, OpenWaits]:
    """By case, five statements whatever their number."""
    found = {instance_id: OpenWaits() for instance_id in instance_ids}
    if not found:
        return found
    wanted = list(found)
    for incident in _rows(work, Incident, wanted, Incident.resolved_at.is_(None), order=Incident.created_at):
        found[incident.instance_id].incidents.append(incident)
    for task in _rows(work, UserTask, wanted, UserTask.closed_at.is_(None), order=UserTask.created_at):
        found[task.instance_id].tasks.append(task)
    for one in _rows(work, Subscription, wanted, order=Subscription.created_at):
        found[one.instance_id].subscriptions.append(one)
    for job in _rows(work, Job, wanted, Job.state.in_(UNFINISHED), order=Job.created_at):
        found[job.instance_id].jobs.append(job)
    for timer in _rows(work, Timer, wanted, Timer.ended_at.is_(None), order=Timer.due_at):
        found[timer.instance_id].timers.append(timer)
    return found


def _rows(work: Work, row: Any, instance_ids: list[UUID], *conditions: Any, order: Any) -> Iterable[Any]:
    query = select(row).where(row.instance_id.in_(instance_ids), *conditions)
    return work.session.scalars(query.order_by(order, row.id))
