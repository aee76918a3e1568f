"""How much open work lies with each unit, and how much of it is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import case, func, select

from storage.tables import Instance, UserTask
from storage.transactions import Work


@dataclass(frozen=True, slots=True)
class UnitLoad:
    """One unit's open work in cases that are not suspended; `oldest` is the nearest due instant of what is late."""

    unit_id: UUID
    open: int
    late: int
    oldest: datetime | None


def unit_loads(work: Work, now: datetime) -> list[UnitLoad]:
    """Units with late work, the most first; one statement."""
    is_late = case((UserTask.due_at < now, 1), else_=0)
    late = func.sum(is_late)
    query = (
        select(UserTask.unit_id, func.count(), late, func.min(UserTask.due_at))
        .join(Instance, Instance.id == UserTask.instance_id)
        .where(UserTask.closed_at.is_(None), UserTask.unit_id.is_not(None), Instance.status == "active")
        .group_by(UserTask.unit_id)
        .having(late > 0)
    )
    found = [UnitLoad(*row) for row in work.session.execute(query)]
    return sorted(found, key=lambda each: (-each.late, -each.open))
