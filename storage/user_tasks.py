"""Work for people."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select

from storage.repository import Repository
from storage.tables import UserTask


class UserTasks(Repository[UserTask]):
    row = UserTask

    def among(self, ids: Collection[UUID]) -> Sequence[UserTask]:
        """Those of these ids, the oldest first."""
        query = select(UserTask).where(UserTask.id.in_(ids))
        return self.session.scalars(query.order_by(UserTask.created_at, UserTask.id)).all()

    def open_among(self, ids: Collection[UUID]) -> Sequence[UserTask]:
        """Those of these ids that are not closed yet."""
        query = select(UserTask).where(UserTask.id.in_(ids), UserTask.closed_at.is_(None))
        return self.session.scalars(query.order_by(UserTask.created_at, UserTask.id)).all()

    def of_instance(self, instance_id: UUID, *, only_open: bool = False) -> Sequence[UserTask]:
        """The oldest first."""
        query = select(UserTask).where(UserTask.instance_id == instance_id)
        if only_open:
            query = query.where(UserTask.closed_at.is_(None))
        return self.session.scalars(query.order_by(UserTask.created_at, UserTask.id)).all()
