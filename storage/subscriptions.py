"""Waits for messages and signals."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, select

from storage.repository import Repository
from storage.tables import Definition, Instance, Subscription


class Subscriptions(Repository[Subscription]):
    row = Subscription

    def write(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Begin to wait; one that is there begins anew."""
        self._write(rows, ("name", "correlation", "created_at"))

    def remove(self, ids: Collection[UUID]) -> None:
        self.session.execute(
            delete(Subscription).where(Subscription.id.in_(ids)).execution_options(synchronize_session=False)
        )

    def first_waiting(self, name: str, correlation: str | None, *, besides: UUID | None = None) -> Subscription | None:
        """The oldest wait of an active case for this message with this correlation."""
        query = (
            select(Subscription)
            .join(Instance, Subscription.instance_id == Instance.id)
            .where(
                Subscription.kind == "message",
                Subscription.name == name,
                Subscription.correlation.is_(None) if correlation is None else Subscription.correlation == correlation,
                Instance.status == "active",
            )
            .order_by(Subscription.created_at, Subscription.id)
            .limit(1)
        )
        if besides is not None:
            query = query.where(Subscription.instance_id != besides)
        return self.session.scalars(query).first()

    def first_start(self, name: str) -> Subscription | None:
        """A start event that waits for this message."""
        query = (
            select(Subscription)
            .where(Subscription.kind == "message", Subscription.name == name, Subscription.definition_id.is_not(None))
            .order_by(Subscription.created_at, Subscription.id)
            .limit(1)
        )
        return self.session.scalars(query).first()

    def all_for_signal(self, name: str, *, besides: UUID | None = None) -> Sequence[Subscription]:
        """Every active case and start event that waits for this signal, the oldest first."""
        query = (
            select(Subscription)
            .join(Instance, Subscription.instance_id == Instance.id, isouter=True)
            .where(
                Subscription.kind == "signal",
                Subscription.name == name,
                or_(Subscription.instance_id.is_(None), Instance.status == "active"),
            )
            .order_by(Subscription.created_at, Subscription.id)
        )
        if besides is not None:
            query = query.where(or_(Subscription.instance_id.is_(None), Subscription.instance_id != besides))
        return self.session.scalars(query).all()

    def of_instance(self, instance_id: UUID) -> Sequence[Subscription]:
        query = select(Subscription).where(Subscription.instance_id == instance_id)
        return self.session.scalars(query.order_by(Subscription.created_at)).all()

    def remove_start_events(self, key: str) -> None:
        """No version of this definition is started by an event any more."""
        versions = select(Definition.id).where(Definition.key == key)
        self.session.execute(
            delete(Subscription)
            .where(Subscription.definition_id.in_(versions), Subscription.instance_id.is_(None))
            .execution_options(synchronize_session=False)
        )

    def forget(self, instance_id: UUID) -> None:
        self.session.execute(delete(Subscription).where(Subscription.instance_id == instance_id))
