"""Targets of plans."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from storage.repository import Repository
from storage.tables import Indicator


class Indicators(Repository[Indicator]):
    row = Indicator

    def of_plan(self, plan_id: UUID) -> Sequence[Indicator]:
        return self.session.scalars(select(Indicator).where(Indicator.plan_id == plan_id).order_by(Indicator.id)).all()
