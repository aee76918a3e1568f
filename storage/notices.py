"""Lines telling people what is new, near or late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from storage.repository import Repository
from storage.tables import Notice

SHOWN = 50


class Notices(Repository[Notice]):
    row = Notice

    def by_cause(self, cause: str) -> Notice | None:
        return self.session.scalars(select(Notice).where(Notice.cause == cause)).first()

    def newest(self, person_id: UUID, keys: Iterable[str]) -> Sequence[Notice]:
        """The newest notices for a person or a role they hold."""
        query = select(Notice).where(_meant_for(person_id, keys))
        return self.session.scalars(query.order_by(Notice.created_at.desc(), Notice.id).limit(SHOWN)).all()

    def of_instance(self, instance_id: UUID) -> Sequence[Notice]:
        query = select(Notice).where(Notice.instance_id == instance_id)
        return self.session.scalars(query.order_by(Notice.created_at, Notice.id)).all()


def _meant_for(person_id: UUID, keys: Iterable[str]) -> ColumnElement[bool]:
    return or_(Notice.person_id == person_id, Notice.candidate_key.in_(list(keys)))
