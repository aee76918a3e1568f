"""Lines telling people what is new, near or late."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from storage.repository import Repository
from storage.tables import Notice


class Notices(Repository[Notice]):
    row = Notice

    def by_cause(self, cause: str) -> Notice | None:
        return self.session.scalars(select(Notice).where(Notice.cause == cause)).first()

    def of_instance(self, instance_id: UUID) -> Sequence[Notice]:
        query = select(Notice).where(Notice.instance_id == instance_id)
        return self.session.scalars(query.order_by(Notice.created_at, Notice.id)).all()
