"""A task looked at for the first time by somebody who may do it: the sender sees *đã mở*."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.people import User
from domain.rights import may
from engine.standing import standing
from storage.transactions import Work


def open_task(work: Work, task_id: UUID, user: User, now: datetime) -> None:
    """Keep when the task, and the contribution it stands for, was first opened; later looks change nothing."""
    task = work.user_tasks.get(task_id)
    if task.closed_at is not None or not may(user, "complete", standing(user, task)):
        return
    if task.opened_at is None:
        task.opened_at = now
    contribution = work.contributions.by_task(task_id)
    if contribution is not None and contribution.opened_at is None:
        contribution.opened_at = now
