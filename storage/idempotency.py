"""Answers given to keyed requests."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from storage.repository import Repository
from storage.tables import Idempotency


class IdempotencyKeys(Repository[Idempotency]):
    row = Idempotency

    def answer(self, person_id: UUID, key: str) -> Idempotency | None:
        """What this person's call under this key was answered."""
        return self.find((person_id, key))

    def forget_before(self, instant: datetime) -> None:
        self.session.execute(delete(Idempotency).where(Idempotency.created_at < instant))
