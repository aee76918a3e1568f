"""Deployed versions of processes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select

from storage.repository import Repository
from storage.tables import Definition


class Definitions(Repository[Definition]):
    row = Definition

    def newest(self, key: str) -> Definition | None:
        """The newest version that is not withdrawn."""
        query = select(Definition).where(Definition.key == key, Definition.withdrawn_at.is_(None))
        return self.session.scalars(query.order_by(Definition.version.desc()).limit(1)).first()

    def deployed(self, keys: Iterable[str]) -> frozenset[str]:
        """Those of the keys that have a version in force."""
        query = select(Definition.key).where(Definition.key.in_(sorted(keys)), Definition.withdrawn_at.is_(None))
        return frozenset(self.session.scalars(query.distinct()))

    def version(self, key: str, version: int) -> Definition | None:
        """This version, withdrawn or not."""
        return self.session.scalars(
            select(Definition).where(Definition.key == key, Definition.version == version)
        ).first()

    def versions(self, key: str) -> Sequence[Definition]:
        """All versions, the newest first."""
        query = select(Definition).where(Definition.key == key).order_by(Definition.version.desc())
        return self.session.scalars(query).all()

    def next_version(self, key: str) -> int:
        last = self.session.scalar(select(func.max(Definition.version)).where(Definition.key == key))
        return (last or 0) + 1

    def page(self, *, after: str | None = None, limit: int = 200) -> Sequence[Definition]:
        """The newest version of each key, in the order of the keys; `after` is the last key of the page before."""
        newest = select(Definition.key, func.max(Definition.version).label("version")).group_by(Definition.key)
        if after is not None:
            newest = newest.where(Definition.key > after)
        chosen = newest.order_by(Definition.key).limit(limit).subquery()
        query = select(Definition).join(
            chosen, (Definition.key == chosen.c.key) & (Definition.version == chosen.c.version)
        )
        return self.session.scalars(query.order_by(Definition.key)).all()
