"""Units' parts in activities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select

from storage.repository import Repository
from storage.tables import Activity, Assignment


class Assignments(Repository[Assignment]):
    row = Assignment

    def of_activity(self, activity_id: UUID) -> Sequence[Assignment]:
        """Its units' parts, the lead's first."""
        query = select(Assignment).where(Assignment.activity_id == activity_id)
        return self.session.scalars(query.order_by(Assignment.part.desc(), Assignment.id)).all()

    def of_plan(self, plan_id: UUID) -> Sequence[Assignment]:
        query = select(Assignment).join(Activity, Activity.id == Assignment.activity_id)
        return self.session.scalars(query.where(Activity.plan_id == plan_id).order_by(Assignment.part.desc())).all()

    def of_units(self, unit_ids: Iterable[UUID]) -> Sequence[Assignment]:
        """What these units have part in."""
        return self.session.scalars(select(Assignment).where(Assignment.unit_id.in_(list(unit_ids)))).all()

    def part_of(self, activity_id: UUID, unit_id: UUID, part: str) -> Assignment | None:
        query = select(Assignment).where(
            Assignment.activity_id == activity_id, Assignment.unit_id == unit_id, Assignment.part == part
        )
        return self.session.scalars(query).first()
