"""Work for workers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select, tuple_, update

from storage.repository import Repository
from storage.tables import Instance, Job

STANDING_ALONE = (Job.instance_id.is_(None), Job.timer_id.is_(None), Job.batch_id.is_(None))


class Jobs(Repository[Job]):
    row = Job

    def write(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add these jobs; one that is there is ready again."""
        self._write(rows, ("payload", "state", "retries", "due_at", "result", "error", "ended_at"))

    def cancel(self, ids: Collection[UUID], now: datetime) -> None:
        """Those not done yet need not be done."""
        self.session.execute(
            update(Job)
            .where(Job.id.in_(ids), Job.state.in_(("ready", "running", "failed")))
            .values(state="cancelled", ended_at=now)
            .execution_options(synchronize_session=False)
        )

    def reopen(self, ids: Collection[UUID]) -> None:
        """Those that are done are to be done again."""
        if ids:
            self.session.execute(
                update(Job)
                .where(Job.id.in_(ids), Job.state == "done")
                .values(state="ready", ended_at=None)
                .execution_options(synchronize_session=False)
            )

    def claim_ready(self, wall: datetime) -> Job | None:
        """The oldest that may be done now, nobody else's until the transaction ends."""
        return self._first(_ready(select(Job), wall))

    def claim_abandoned(self, wall: datetime) -> Job | None:
        """One whose worker let its lease run out."""
        return self._first(_open(select(Job)).where(Job.state == "running", Job.locked_until < wall))

    def is_waiting(self, wall: datetime) -> bool:
        """Whether a worker would find something."""
        ready = _ready(select(Job.id), wall).limit(1)
        abandoned = _open(select(Job.id)).where(Job.state == "running", Job.locked_until < wall).limit(1)
        return self.session.scalar(ready) is not None or self.session.scalar(abandoned) is not None

    def oldest_unfinished(self, wall: datetime) -> datetime | None:
        """When the oldest job came up that is ready or being done; those waiting for a later try do not count."""
        at_once = or_(Job.due_at.is_(None), Job.due_at <= wall)
        query = _open(select(func.min(Job.created_at))).where(
            or_(Job.state == "running", and_(Job.state == "ready", at_once))
        )
        oldest: datetime | None = self.session.scalar(query)
        return oldest

    def extend(self, id: UUID, attempt: int, until: datetime) -> None:
        """Keep the lease of this attempt."""
        self.session.execute(
            update(Job)
            .where(Job.id == id, Job.attempt == attempt, Job.state == "running")
            .values(locked_until=until)
            .execution_options(synchronize_session=False)
        )

    def among(self, ids: Collection[UUID]) -> Sequence[Job]:
        """Those of these ids, the oldest first."""
        return self.session.scalars(select(Job).where(Job.id.in_(ids)).order_by(Job.created_at, Job.id)).all()

    def of_instance(self, instance_id: UUID) -> Sequence[Job]:
        """Those not done and not cancelled."""
        query = select(Job).where(Job.instance_id == instance_id, Job.state.in_(("ready", "running", "failed")))
        return self.session.scalars(query.order_by(Job.created_at, Job.id)).all()

    def failed_of_topic(self, topic: str) -> Sequence[Job]:
        """Those that failed for good and concern no case, timer or batch, the oldest first."""
        query = select(Job).where(Job.state == "failed", Job.topic == topic, *STANDING_ALONE)
        return self.session.scalars(query.order_by(Job.created_at, Job.id)).all()

    def page(self, *, state: str | None = None, after: UUID | None = None, limit: int = 200) -> Sequence[Job]:
        """The newest first."""
        query = select(Job)
        if state is not None:
            query = query.where(Job.state == state)
        if after is not None:
            last = self.get(after)
            query = query.where(tuple_(Job.created_at, Job.id) < (last.created_at, last.id))
        return self.session.scalars(query.order_by(Job.created_at.desc(), Job.id.desc()).limit(limit)).all()

    def counts(self) -> dict[str, int]:
        """How many jobs are in which state."""
        rows = self.session.execute(select(Job.state, func.count()).group_by(Job.state))
        return {state: number for state, number in rows}  # noqa: C416 - rows are not pairs to mypy

    def _first(self, query: Select[Job]) -> Job | None:
        query = query.order_by(Job.created_at, Job.id).limit(1).with_for_update(of=Job, skip_locked=True)
        return self.session.scalars(query).first()


def _open(query: Select[Any]) -> Select[Any]:
    """Jobs of suspended cases wait."""
    return query.join(Instance, Job.instance_id == Instance.id, isouter=True).where(
        or_(Job.instance_id.is_(None), Instance.status == "active")
    )


def _ready(query: Select[Any], wall: datetime) -> Select[Any]:
    return _open(query).where(Job.state == "ready", or_(Job.due_at.is_(None), Job.due_at <= wall))
