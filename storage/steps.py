"""Runs of nodes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, literal, select, tuple_, update

from storage.repository import Repository
from storage.tables import Step


class Steps(Repository[Step]):
    row = Step

    def write(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Keep these steps; one that is there only changes its state, its end and by whom."""
        self._write(rows, ("state", "ended_at", "by", "on_behalf_of"))

    def cancel(self, instance_id: UUID, ids: Collection[UUID], now: datetime) -> None:
        """Those that had ended keep their end."""
        self.session.execute(
            update(Step)
            .where(Step.instance_id == instance_id, Step.id.in_(ids))
            .values(state="cancelled", ended_at=func.coalesce(Step.ended_at, literal(now, Step.ended_at.type)))
            .execution_options(synchronize_session=False)
        )

    def reopen(self, instance_id: UUID, ids: Collection[UUID]) -> None:
        """They are under way again."""
        self.session.execute(
            update(Step)
            .where(Step.instance_id == instance_id, Step.id.in_(ids))
            .values(state="active", ended_at=None, by=None, on_behalf_of=None)
            .execution_options(synchronize_session=False)
        )

    def of(self, instance_id: UUID) -> Sequence[Step]:
        """All runs of the instance's nodes in the order they began."""
        query = select(Step).where(Step.instance_id == instance_id).order_by(Step.started_at, Step.position)
        return self.session.scalars(query).all()

    def active(self, instance_id: UUID) -> dict[UUID, str]:
        """The tokens whose runs are under way, with their elements."""
        query = select(Step.id, Step.element_id).where(Step.instance_id == instance_id, Step.ended_at.is_(None))
        return {id: element_id for id, element_id in self.session.execute(query)}  # noqa: C416 - typed pairs

    def history(self, instance_id: UUID, *, after: UUID | None = None, limit: int = 200) -> Sequence[Step]:
        """The finished runs, in the order they ended; `after` is the last of the page before."""
        query = select(Step).where(Step.instance_id == instance_id, Step.ended_at.is_not(None))
        if after is not None:
            last = self.get((instance_id, after))
            query = query.where(tuple_(Step.ended_at, Step.position, Step.id) > (last.ended_at, last.position, last.id))
        query = query.order_by(Step.ended_at, Step.position, Step.id).limit(limit)
        return self.session.scalars(query).all()

    def runs(self, instance_id: UUID) -> dict[str, dict[str, int]]:
        """How often each element is in which state: {element id: {state: number}}."""
        query = (
            select(Step.element_id, Step.state, func.count())
            .where(Step.instance_id == instance_id)
            .group_by(Step.element_id, Step.state)
        )
        found: dict[str, dict[str, int]] = {}
        for element_id, state, number in self.session.execute(query):
            found.setdefault(element_id, {})[state] = number
        return found
