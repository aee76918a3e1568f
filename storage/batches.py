"""Many commands of one kind."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select, update

from storage.repository import Repository
from storage.tables import Batch, BatchItem


class Batches(Repository[Batch]):
    row = Batch

    def add_items(self, items: Sequence[BatchItem]) -> None:
        self.session.add_all(items)

    def next_position(self, batch_id: UUID) -> int | None:
        """The first item that is neither done nor failed."""
        return self.session.scalar(
            select(func.min(BatchItem.position)).where(BatchItem.batch_id == batch_id, BatchItem.state == "ready")
        )

    def locked_item(self, batch_id: UUID, position: int) -> BatchItem:
        return self.session.get_one(BatchItem, (batch_id, position), with_for_update=True, populate_existing=True)

    def items(self, batch_id: UUID, *, state: str | None = None) -> Sequence[BatchItem]:
        query = select(BatchItem).where(BatchItem.batch_id == batch_id)
        if state is not None:
            query = query.where(BatchItem.state == state)
        return self.session.scalars(query.order_by(BatchItem.position)).all()

    def count(self, batch_id: UUID) -> None:
        """Write how many items are done and failed into the batch."""
        numbers: dict[str, int] = dict.fromkeys(("ready", "done", "failed"), 0)
        rows = self.session.execute(
            select(BatchItem.state, func.count()).where(BatchItem.batch_id == batch_id).group_by(BatchItem.state)
        )
        for state, number in rows:
            numbers[state] = number
        batch = self.get(batch_id)
        batch.done, batch.failed = numbers["done"], numbers["failed"]

    def rearm_failed(self, batch_id: UUID) -> None:
        """Failed items get another try."""
        self.session.execute(
            update(BatchItem)
            .where(BatchItem.batch_id == batch_id, BatchItem.state == "failed")
            .values(state="ready", error=None)
            .execution_options(synchronize_session=False)
        )

    def newest(self, limit: int = 50) -> Sequence[Batch]:
        return self.session.scalars(select(Batch).order_by(Batch.created_at.desc()).limit(limit)).all()

    def of_subject(self, subject_id: UUID) -> Sequence[Batch]:
        """The newest first."""
        query = select(Batch).where(Batch.subject_id == subject_id).order_by(Batch.created_at.desc())
        return self.session.scalars(query).all()
