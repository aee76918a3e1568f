"""Units, their names and aliases."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from storage.repository import Repository
from storage.tables import Unit, UnitAlias, UnitName


class Units(Repository[Unit]):
    row = Unit

    def all(self) -> Sequence[Unit]:
        """Every unit, also those that are no more, by code."""
        return self.session.scalars(select(Unit).order_by(Unit.code)).all()

    def with_names(self) -> Sequence[tuple[Unit, UnitName | None]]:
        """Every unit beside each of its names, one query."""
        query = select(Unit, UnitName).outerjoin(UnitName, UnitName.unit_id == Unit.id).order_by(Unit.code)
        return [(unit, name) for unit, name in self.session.execute(query)]

    def by_code(self, code: str) -> Unit | None:
        return self.session.scalars(select(Unit).where(Unit.code == code)).first()

    def names_of(self, unit_id: UUID) -> Sequence[UnitName]:
        """A unit's names, the oldest first."""
        query = select(UnitName).where(UnitName.unit_id == unit_id).order_by(UnitName.valid_from.asc())
        return sorted(
            self.session.scalars(query), key=lambda name: name.valid_from.toordinal() if name.valid_from else 0
        )

    def add_name(self, name: UnitName) -> UnitName:
        self.session.add(name)
        return name

    def aliases(self) -> Sequence[UnitAlias]:
        return self.session.scalars(select(UnitAlias).order_by(UnitAlias.folded)).all()

    def alias(self, folded: str) -> UnitAlias | None:
        """What this folded name was bound to, or None."""
        return self.session.scalars(select(UnitAlias).where(UnitAlias.folded == folded)).first()

    def add_alias(self, alias: UnitAlias) -> UnitAlias:
        self.session.add(alias)
        return alias

    def delete_alias(self, alias: UnitAlias) -> None:
        self.session.delete(alias)
