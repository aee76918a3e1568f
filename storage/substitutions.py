"""Who stands in for whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from storage.repository import Repository
from storage.tables import Substitution


class Substitutions(Repository[Substitution]):
    row = Substitution

    def by_substitutes(self, person_ids: Iterable[UUID], day: date) -> Sequence[Substitution]:
        """For whom these people stand in on `day`."""
        query = select(Substitution).where(
            Substitution.substitute_id.in_(list(person_ids)),
            Substitution.from_date <= day,
            Substitution.to_date >= day,
            Substitution.ended_at.is_(None),
        )
        return self.session.scalars(query.order_by(Substitution.created_at, Substitution.id)).all()

    def around(self, person_id: UUID) -> Sequence[Substitution]:
        """Every substitution a person is part of, the newest first."""
        query = select(Substitution).where(
            or_(Substitution.person_id == person_id, Substitution.substitute_id == person_id)
        )
        return self.session.scalars(query.order_by(Substitution.from_date.desc(), Substitution.id)).all()

    def not_over(self, day: date) -> Sequence[Substitution]:
        """Those that hold on `day` or will later, the nearest first."""
        query = select(Substitution).where(Substitution.to_date >= day, Substitution.ended_at.is_(None))
        return self.session.scalars(query.order_by(Substitution.from_date, Substitution.id)).all()
