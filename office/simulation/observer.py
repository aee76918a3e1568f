"""What happens in a simulated case, seen as a person at a desk sees it: tasks come and go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.calendars import local_date
from storage.tables import Instance, UserTask
from storage.transactions import Work


@dataclass(frozen=True, slots=True)
class Seen:
    """A task that came up."""

    task_id: UUID
    instance_id: UUID
    purpose: str
    candidate_key: str | None
    due: date | None
    opened: datetime


class Observer:
    """A listener that remembers what came up and what went, once it is durable."""

    def __init__(self) -> None:
        self.opened: list[Seen] = []
        self.silenced: list[UUID] = []

    def task_opened(self, work: Work, task: UserTask, variables: Mapping[str, Any], now: datetime) -> None:
        due = local_date(task.due_at) if task.due_at else None
        seen = Seen(task.id, task.instance_id, task.purpose or "", task.candidate_key, due, now)
        work.after_commit(lambda: self.opened.append(seen))

    def task_closed(self, work: Work, task: UserTask, variables: Mapping[str, Any], now: datetime) -> None:
        if task.purpose == "contribute" and task.state == "cancelled":
            task_id = task.id
            work.after_commit(lambda: self.silenced.append(task_id))

    def instance_ended(self, work: Work, instance: Instance, variables: Mapping[str, Any], now: datetime) -> None:
        return

    def take_opened(self) -> list[Seen]:
        """What came up since the last time."""
        opened, self.opened = self.opened, []
        return opened

    def take_silenced(self) -> list[UUID]:
        silenced, self.silenced = self.silenced, []
        return silenced
