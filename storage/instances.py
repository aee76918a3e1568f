"""Runs of definitions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, tuple_

from storage.repository import Repository
from storage.tables import Definition, Instance


class Instances(Repository[Instance]):
    row = Instance

    def of_business_key(self, business_key: str) -> Sequence[Instance]:
        """The instances started under this key, oldest first."""
        query = select(Instance).where(Instance.business_key == business_key).order_by(Instance.started_at)
        return self.session.scalars(query).all()

    def among(self, ids: Collection[UUID]) -> Sequence[Instance]:
        """Those of these ids, oldest first; one statement."""
        query = select(Instance).where(Instance.id.in_(ids)).order_by(Instance.started_at, Instance.id)
        return self.session.scalars(query).all()

    def open(self) -> Sequence[UUID]:
        """The ids of all that are active or suspended, oldest first."""
        query = select(Instance.id).where(Instance.status.in_(("active", "suspended")))
        return self.session.scalars(query.order_by(Instance.started_at)).all()

    def open_of(self, *definition_ids: UUID) -> Sequence[UUID]:
        """The ids of these versions' active and suspended cases, oldest first."""
        query = select(Instance.id).where(
            Instance.definition_id.in_(definition_ids), Instance.status.in_(("active", "suspended"))
        )
        return self.session.scalars(query.order_by(Instance.started_at)).all()

    def page(
        self,
        *,
        definition_key: str | None = None,
        status: str | None = None,
        text_folded: str | None = None,
        after: UUID | None = None,
        limit: int = 200,
    ) -> Sequence[Instance]:
        """The newest first; `status` may be "incident": active with an open incident."""
        query: Select[Any] = select(Instance)
        if definition_key is not None:
            query = query.join(Definition).where(Definition.key == definition_key)
        if text_folded:
            query = query.where(Instance.title_folded.contains(text_folded, autoescape=True))
        query = standing(query, status)
        if after is not None:
            last = self.get(after)
            query = query.where(tuple_(Instance.started_at, Instance.id) < (last.started_at, last.id))
        query = query.order_by(Instance.started_at.desc(), Instance.id.desc()).limit(limit)
        return self.session.scalars(query).all()


def standing(query: Select[Any], status: str | None) -> Select[Any]:
    """Of these only the ones in `status`, as people see it."""
    if status is None:
        return query
    if status == "incident":
        return query.where(Instance.status == "active", Instance.open_incidents > 0)
    if status == "active":
        return query.where(Instance.status == "active", Instance.open_incidents == 0)
    return query.where(Instance.status == status)
