"""Papers of cases, and the running series of their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select

from storage.repository import Repository
from storage.tables import Document, NumberSeries


class Documents(Repository[Document]):
    row = Document

    def of_instance(self, instance_id: UUID) -> Sequence[Document]:
        """A case's papers, the oldest first."""
        query = select(Document).where(Document.instance_id == instance_id)
        return self.session.scalars(query.order_by(Document.created_at, Document.id)).all()

    def of_instances(self, instance_ids: Iterable[UUID]) -> Sequence[Document]:
        return self.session.scalars(select(Document).where(Document.instance_id.in_(list(set(instance_ids))))).all()

    def newest(self, instance_id: UUID, name: str) -> Document | None:
        """The newest version of a case's paper of this name."""
        query = select(Document).where(Document.instance_id == instance_id, Document.name == name)
        return self.session.scalars(query.order_by(Document.version.desc()).limit(1)).first()

    def issued(self, series: str, year: int) -> Sequence[Document]:
        """The register of a series: its numbered papers, by number."""
        query = select(Document).where(Document.series == series, Document.year == year, Document.number.is_not(None))
        return self.session.scalars(query.order_by(Document.number)).all()

    def next_number(self, series: str, year: int) -> int:
        """Take the next number of the series in the year; the row is locked until the command ends."""
        query = select(NumberSeries).where(NumberSeries.series == series, NumberSeries.year == year)
        found = self.session.scalars(query.with_for_update()).first()
        if found is None:
            found = NumberSeries(series=series, year=year, last=0)
            self.session.add(found)
        found.last += 1
        self.session.flush()
        return found.last
