"""Runs that need a person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import func, select, tuple_

from storage.jobs import STANDING_ALONE
from storage.repository import Repository
from storage.tables import Incident, Job


class Incidents(Repository[Incident]):
    row = Incident

    def open_of_instance(self, instance_id: UUID) -> Sequence[Incident]:
        """The oldest first."""
        query = select(Incident).where(Incident.instance_id == instance_id, Incident.resolved_at.is_(None))
        return self.session.scalars(query.order_by(Incident.created_at, Incident.id)).all()

    def open_of_tokens(self, instance_id: UUID, token_ids: Collection[UUID]) -> Sequence[Incident]:
        query = select(Incident).where(
            Incident.instance_id == instance_id, Incident.resolved_at.is_(None), Incident.token_id.in_(token_ids)
        )
        return self.session.scalars(query).all()

    def open_of_job(self, job_id: UUID) -> Sequence[Incident]:
        query = select(Incident).where(Incident.job_id == job_id, Incident.resolved_at.is_(None))
        return self.session.scalars(query).all()

    def of_topic(self, topic: str) -> Sequence[Incident]:
        """Those of jobs of this topic that concern no case, settled ones too."""
        query = select(Incident).join(Job, Job.id == Incident.job_id)
        return self.session.scalars(query.where(Job.topic == topic, *STANDING_ALONE)).all()

    def page(self, *, only_open: bool = True, after: UUID | None = None, limit: int = 200) -> Sequence[Incident]:
        """The newest first."""
        query = select(Incident)
        if only_open:
            query = query.where(Incident.resolved_at.is_(None))
        if after is not None:
            last = self.get(after)
            query = query.where(tuple_(Incident.created_at, Incident.id) < (last.created_at, last.id))
        query = query.order_by(Incident.created_at.desc(), Incident.id.desc()).limit(limit)
        return self.session.scalars(query).all()

    def open_count(self) -> int:
        return self.session.scalar(select(func.count()).where(Incident.resolved_at.is_(None))) or 0
