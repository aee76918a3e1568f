"""Coordinating units' inputs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import func, select

from storage.repository import Repository
from storage.tables import Contribution


class Contributions(Repository[Contribution]):
    row = Contribution

    def of_instance(self, instance_id: UUID) -> Sequence[Contribution]:
        """A case's inputs, by round and the time they were asked for."""
        query = select(Contribution).where(Contribution.instance_id == instance_id)
        return self.session.scalars(query.order_by(Contribution.round, Contribution.sent_at, Contribution.id)).all()

    def of_instances(self, instance_ids: Iterable[UUID]) -> Sequence[Contribution]:
        return self.session.scalars(
            select(Contribution).where(Contribution.instance_id.in_(list(set(instance_ids))))
        ).all()

    def by_task(self, task_id: UUID) -> Contribution | None:
        return self.session.scalars(select(Contribution).where(Contribution.task_id == task_id)).first()

    def last_round(self, instance_id: UUID, unit_id: UUID | None = None) -> int:
        """The number of the latest round, of one unit when it is given; 0 before the first."""
        query = select(func.max(Contribution.round)).where(Contribution.instance_id == instance_id)
        if unit_id is not None:
            query = query.where(Contribution.unit_id == unit_id)
        return self.session.scalar(query) or 0
