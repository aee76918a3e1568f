"""Half-filled forms."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select

from storage.repository import Repository
from storage.tables import Draft


class Drafts(Repository[Draft]):
    row = Draft

    def of(self, task_id: UUID, person_id: UUID) -> Draft | None:
        return self.find((task_id, person_id))

    def forget(self, task_id: UUID) -> None:
        """Drop everybody's drafts of a task that is closed."""
        for draft in self.of_tasks([task_id]):
            self.session.delete(draft)

    def of_tasks(self, task_ids: Collection[UUID]) -> Sequence[Draft]:
        """Everybody's drafts of these tasks, the newest first."""
        query = select(Draft).where(Draft.task_id.in_(task_ids)).order_by(Draft.saved_at.desc())
        return self.session.scalars(query).all()
