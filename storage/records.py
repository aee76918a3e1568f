"""Acts of people, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select, tuple_

from storage.repository import Repository
from storage.tables import Record, RecordText


class Records(Repository[Record]):
    row = Record

    def of_instance(self, instance_id: UUID) -> Sequence[Record]:
        """The chain, first act first."""
        query = select(Record).where(Record.instance_id == instance_id).order_by(Record.position)
        return self.session.scalars(query).all()

    def newest_of(self, instance_id: UUID) -> Record | None:
        """The last act of the chain."""
        query = select(Record).where(Record.instance_id == instance_id).order_by(Record.position.desc())
        return self.session.scalars(query.limit(1)).first()

    def texts(self, records: Sequence[Record]) -> dict[UUID, str]:
        """The words of these records that were not erased."""
        query = select(RecordText.record_id, RecordText.text).where(
            RecordText.record_id.in_([record.id for record in records])
        )
        return {record_id: text for record_id, text in self.session.execute(query)}  # noqa: C416 - typed pairs

    def add_text(self, record: Record, text: str) -> None:
        self.session.add(RecordText(record_id=record.id, text=text))

    def page(
        self,
        *,
        instance_id: UUID | None = None,
        person_id: UUID | None = None,
        noun: str | None = None,
        noun_id: str | None = None,
        after: UUID | None = None,
        limit: int = 200,
    ) -> Sequence[Record]:
        """The newest first, narrowed by what is given."""
        query = select(Record)
        narrowed = {"instance_id": instance_id, "person_id": person_id, "noun": noun, "noun_id": noun_id}
        for name, value in narrowed.items():
            if value is not None:
                query = query.where(getattr(Record, name) == value)
        if after is not None:
            last = self.get(after)
            query = query.where(tuple_(Record.at, Record.id) < (last.at, last.id))
        return self.session.scalars(query.order_by(Record.at.desc(), Record.id.desc()).limit(limit)).all()
