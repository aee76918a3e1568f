"""Half-filled forms."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete

from storage.repository import Repository
from storage.tables import Draft


class Drafts(Repository[Draft]):
    row = Draft

    def of(self, task_id: UUID, person_id: UUID) -> Draft | None:
        return self.find((task_id, person_id))

    def forget(self, task_id: UUID) -> None:
        """Drop everybody's drafts of a task that is closed."""
        self.session.execute(delete(Draft).where(Draft.task_id == task_id))
