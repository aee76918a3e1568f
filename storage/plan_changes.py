"""Changes of drafts under review, each to be taken back once."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from storage.repository import Repository
from storage.tables import PlanChange


class PlanChanges(Repository[PlanChange]):
    row = PlanChange

    def last(self, plan_id: UUID) -> PlanChange | None:
        """The newest change that was not taken back."""
        query = select(PlanChange).where(PlanChange.plan_id == plan_id)
        return self.session.scalars(query.order_by(PlanChange.position.desc()).limit(1)).first()
