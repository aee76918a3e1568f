"""Later due days, asked and decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select

from storage.repository import Repository
from storage.tables import Extension, UserTask


class Extensions(Repository[Extension]):
    row = Extension

    def of_task(self, task_id: UUID) -> Sequence[Extension]:
        """A task's extensions, the oldest first."""
        query = select(Extension).where(Extension.task_id == task_id)
        return self.session.scalars(query.order_by(Extension.asked_at, Extension.id)).all()

    def of_instance(self, instance_id: UUID) -> Sequence[Extension]:
        query = select(Extension).where(Extension.instance_id == instance_id)
        return self.session.scalars(query.order_by(Extension.asked_at, Extension.id)).all()

    def undecided(self, task_id: UUID) -> Extension | None:
        query = select(Extension).where(Extension.task_id == task_id, Extension.decided_at.is_(None))
        return self.session.scalars(query).first()

    def undecided_in(self, unit_ids: Iterable[UUID]) -> Sequence[tuple[Extension, UserTask]]:
        """What waits for a decision in these units, beside its task, the oldest first."""
        query = select(Extension, UserTask).join(UserTask, UserTask.id == Extension.task_id)
        query = query.where(UserTask.unit_id.in_(list(unit_ids)), Extension.decided_at.is_(None))
        found = self.session.execute(query.order_by(Extension.asked_at, Extension.id))
        return [(extension, task) for extension, task in found]
