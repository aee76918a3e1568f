"""What people say about a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from storage.repository import Repository
from storage.tables import Comment


class Comments(Repository[Comment]):
    row = Comment

    def since(self, instance_id: UUID, at: datetime) -> Sequence[Comment]:
        """Those made at `at` or later, the oldest first."""
        query = select(Comment).where(Comment.instance_id == instance_id, Comment.at >= at)
        return self.session.scalars(query.order_by(Comment.at, Comment.id)).all()

    def of_instance(self, instance_id: UUID) -> Sequence[Comment]:
        """A case's comments, the oldest first."""
        query = select(Comment).where(Comment.instance_id == instance_id)
        return self.session.scalars(query.order_by(Comment.at, Comment.id)).all()
