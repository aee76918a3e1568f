"""Plans of departments."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from storage.repository import Repository
from storage.tables import Plan


class Plans(Repository[Plan]):
    row = Plan

    def all(self, *, state: str | None = None) -> Sequence[Plan]:
        """Plans, the newest year first."""
        query = select(Plan).order_by(Plan.year.desc(), Plan.created_at.desc(), Plan.id)
        return self.session.scalars(query if state is None else query.where(Plan.state == state)).all()
