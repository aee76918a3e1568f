"""What happens in a simulated case, seen as a person at a desk sees it: tasks come and go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.calendars import local_date
from storage.tables import Completion, Instance, UserTask
from storage.transactions import Work


@dataclass(frozen=True, slots=True)
class Seen:
    """A task that came up; `place` orders those of one moment the same way in every run, as ids do not."""

    task_id: UUID
    instance_id: UUID
    purpose: str
    candidate_key: str | None
    due: date | None
    opened: datetime
    place: tuple[datetime, str, str, str]


class Observer:
    """A listener that remembers what came up and what went, once it is durable."""

    def __init__(self) -> None:
        self.opened: list[Seen] = []
        self.silenced: list[UUID] = []
        self._codes: dict[UUID, str] = {}
        self._places: dict[UUID, tuple[datetime, str, str, str]] = {}

    def task_opened(self, work: Work, task: UserTask, variables: Mapping[str, Any], now: datetime) -> None:
        due = local_date(task.due_at) if task.due_at else None
        code = self._code(work, _asked(variables) or task.unit_id)
        place = (now, work.instances.get(task.instance_id).title, task.purpose or "", code)
        seen = Seen(task.id, task.instance_id, task.purpose or "", task.candidate_key, due, now, place)
        work.after_commit(lambda: self.opened.append(seen))

    def task_closed(self, work: Work, task: UserTask, variables: Mapping[str, Any], now: datetime) -> None:
        if task.purpose == "contribute" and task.state == "cancelled":
            task_id = task.id
            work.after_commit(lambda: self.silenced.append(task_id))

    def task_taken_back(
        self, work: Work, task: UserTask, completion: Completion, cancelled: Sequence[UserTask], now: datetime
    ) -> None:
        return  # nobody does so in a simulated year

    def instance_ended(self, work: Work, instance: Instance, variables: Mapping[str, Any], now: datetime) -> None:
        return

    def take_opened(self) -> list[Seen]:
        """What came up since the last time."""
        opened, self.opened = sorted(self.opened, key=lambda seen: seen.place), []
        self._places |= {seen.task_id: seen.place for seen in opened}
        return opened

    def take_silenced(self) -> list[UUID]:
        """Which inputs were taken for silence since the last time."""
        silenced, self.silenced = sorted(self.silenced, key=lambda task_id: self._places[task_id]), []
        return silenced

    def _code(self, work: Work, unit_id: UUID | None) -> str:
        if unit_id is None:
            return ""
        if unit_id not in self._codes:
            self._codes[unit_id] = work.units.get(unit_id).code
        return self._codes[unit_id]


def _asked(variables: Mapping[str, Any]) -> UUID | None:
    """The unit that is asked, also where the lead answers for it."""
    part = variables.get("part")
    return UUID(part["unit"]) if isinstance(part, Mapping) else None
