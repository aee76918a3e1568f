"""Several units under one name."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from storage.repository import Repository
from storage.tables import UnitGroup


class UnitGroups(Repository[UnitGroup]):
    row = UnitGroup

    def all(self) -> Sequence[UnitGroup]:
        return self.session.scalars(select(UnitGroup).order_by(UnitGroup.code)).all()

    def by_code(self, code: str) -> UnitGroup | None:
        return self.session.scalars(select(UnitGroup).where(UnitGroup.code == code)).first()
