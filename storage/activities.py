"""Rows of plans."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from storage.repository import Repository
from storage.tables import Activity


class Activities(Repository[Activity]):
    row = Activity

    def of_plan(self, plan_id: UUID) -> Sequence[Activity]:
        """A plan's rows in document order."""
        return self.session.scalars(
            select(Activity).where(Activity.plan_id == plan_id).order_by(Activity.position)
        ).all()

    def has_draft(self, plan_id: UUID) -> bool:
        """Whether a row of the plan was not started yet."""
        query = select(Activity.id).where(Activity.plan_id == plan_id, Activity.state == "draft").limit(1)
        return self.session.scalar(query) is not None

    def last_position(self, plan_id: UUID) -> int:
        """The position of the last row, 0 without one."""
        return self.session.scalar(select(func.max(Activity.position)).where(Activity.plan_id == plan_id)) or 0

    def count_open(self, plan_id: UUID) -> int:
        """Rows not yet closed or cancelled."""
        query = select(func.count()).select_from(Activity).where(Activity.plan_id == plan_id)
        return self.session.scalar(query.where(Activity.state.in_(("draft", "started")))) or 0
