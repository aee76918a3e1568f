"""What is due, and when."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, func, or_, select, update

from storage.repository import Repository
from storage.tables import Definition, Instance, Timer


class Timers(Repository[Timer]):
    row = Timer

    def write(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Arm these timers; one that is there is armed again."""
        self._write(rows, ("due_at", "created_at", "enqueued_at", "ended_at", "outcome"))

    def end(self, ids: Collection[UUID], outcome: str, now: datetime) -> None:
        """Those still running have fired, or were cancelled."""
        self.session.execute(
            update(Timer)
            .where(Timer.id.in_(ids), Timer.ended_at.is_(None))
            .values(ended_at=now, outcome=outcome)
            .execution_options(synchronize_session=False)
        )

    def claim_due(self, now: datetime, limit: int) -> Sequence[Timer]:
        """The earliest that are due and not yet enqueued; nobody else gets them until the transaction ends."""
        query = _waiting(select(Timer)).where(Timer.due_at <= now).order_by(Timer.due_at, Timer.id).limit(limit)
        return self.session.scalars(query.with_for_update(of=Timer, skip_locked=True)).all()

    def next_at(self) -> datetime | None:
        """When the next one is due."""
        query = _waiting(select(Timer.due_at)).order_by(Timer.due_at).limit(1)
        return self.session.scalars(query).first()

    def of_instance(self, instance_id: UUID) -> Sequence[Timer]:
        """Those of the instance that still run, the next first."""
        query = select(Timer).where(Timer.instance_id == instance_id, Timer.ended_at.is_(None))
        return self.session.scalars(query.order_by(Timer.due_at)).all()

    def end_start_timers(self, key: str, now: datetime) -> None:
        """Start timers of every version of this definition fire no more."""
        versions = select(Definition.id).where(Definition.key == key)
        self.session.execute(
            update(Timer)
            .where(Timer.definition_id.in_(versions), Timer.instance_id.is_(None), Timer.ended_at.is_(None))
            .values(ended_at=now, outcome="cancelled")
            .execution_options(synchronize_session=False)
        )

    def forget(self, instance_id: UUID) -> None:
        self.session.execute(delete(Timer).where(Timer.instance_id == instance_id, Timer.ended_at.is_(None)))

    def page(self, *, after: UUID | None = None, limit: int = 200) -> Sequence[Timer]:
        """Those that still run, the next first."""
        query = select(Timer).where(Timer.ended_at.is_(None))
        if after is not None:
            last = self.get(after)
            query = query.where(or_(Timer.due_at > last.due_at, (Timer.due_at == last.due_at) & (Timer.id > last.id)))
        return self.session.scalars(query.order_by(Timer.due_at, Timer.id).limit(limit)).all()

    def overdue(self, now: datetime) -> int:
        """How many are due and not yet enqueued."""
        query = _waiting(select(func.count()).select_from(Timer)).where(Timer.due_at <= now)
        return self.session.scalar(query) or 0


def _waiting(query: Select[Any]) -> Select[Any]:
    return query.join(Instance, Timer.instance_id == Instance.id, isouter=True).where(
        Timer.ended_at.is_(None),
        Timer.enqueued_at.is_(None),
        or_(Timer.instance_id.is_(None), Instance.status == "active"),
    )
