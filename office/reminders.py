"""A nudge by hand: whoever has an open task, or may take it, is told that somebody is waiting."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.calendars import local_date
from domain.people import User
from domain.rights import require
from domain.words import Words
from engine.records import write_record
from engine.running import hold_instance
from engine.standing import standing
from engine.user_tasks import task_closed
from office.notices import add_notice
from storage.tables import UserTask
from storage.transactions import Work


def remind_task(work: Work, task_id: UUID, user: User, now: datetime) -> UserTask:
    """Leave a notice, one a day for each task, on record. Raises NotFound, NotAllowed, TaskAlreadyCompleted."""
    task = work.user_tasks.get(task_id)
    require(user, "urge", standing(user, task))
    instance = hold_instance(work, task.instance_id)
    if task.closed_at is not None:
        raise task_closed(task)
    is_late = task.due_at is not None and task.due_at < now
    told = add_notice(
        work,
        kind="late" if is_late else "due",
        text=Words(f"{user.name} nhắc làm “{task.name}”: ", f"{user.name} asks for “{task.name}”: ") + instance.title,
        cause=f"remind:{task.id}:{local_date(now).isoformat()}",
        now=now,
        candidate=None if task.assignee_id else task.candidate_key,
        person_id=task.assignee_id,
        instance_id=instance.id,
        task_id=task.id,
    )
    if told:
        write_record(work, instance, user, "urge", "user_task", task.id, now=now)
    return task
