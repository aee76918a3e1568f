"""What activities have to do, period by period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from storage.repository import Repository
from storage.tables import Activity, Occurrence

T = TypeVar("T", bound=Any)

PASSED = "passed"
"""The outcome of a period that was over before its plan began."""


class Occurrences(Repository[Occurrence]):
    row = Occurrence

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._of_cases: dict[str, Occurrence | None] = {}

    def of_case(self, business_key: str | None) -> Occurrence | None:
        """The occurrence whose id is a case's business key; read once a transaction, however often it is needed."""
        if not business_key:
            return None
        if self._of_cases.get(business_key) is None:
            self._of_cases[business_key] = self._find_by_text(business_key)
        return self._of_cases[business_key]

    def _find_by_text(self, text: str) -> Occurrence | None:
        try:
            return self.find(UUID(text))
        except ValueError:
            return None

    def of_activity(self, activity_id: UUID) -> Sequence[Occurrence]:
        """An activity's occurrences by due day."""
        found = self.session.scalars(select(Occurrence).where(Occurrence.activity_id == activity_id))
        return sorted(
            found, key=lambda each: (each.due_date is None, each.due_date or each.opens_at.date(), each.period)
        )

    def of_plan(self, plan_id: UUID) -> Sequence[Occurrence]:
        query = select(Occurrence).join(Activity, Activity.id == Occurrence.activity_id)
        return self.session.scalars(query.where(Activity.plan_id == plan_id).order_by(Occurrence.opens_at)).all()

    def of_instance(self, instance_id: UUID) -> Occurrence | None:
        return self.session.scalars(select(Occurrence).where(Occurrence.instance_id == instance_id)).first()

    def of_instances(self, instance_ids: Iterable[UUID]) -> Sequence[tuple[Occurrence, Activity]]:
        """Occurrences beside their activities, for the cases of one page."""
        query = select(Occurrence, Activity).join(Activity, Activity.id == Occurrence.activity_id)
        found = self.session.execute(query.where(Occurrence.instance_id.in_(list(set(instance_ids)))))
        return [(occurrence, activity) for occurrence, activity in found]

    def next_opening(self) -> datetime | None:
        """When the next occurrence of a started activity opens."""
        return self.session.scalar(_pending(select(func.min(Occurrence.opens_at))))

    def to_open(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Ids of occurrences of started activities that open by `now` and have no case yet, the oldest first."""
        query = _pending(select(Occurrence.id)).where(Occurrence.opens_at <= now)
        return self.session.scalars(query.order_by(Occurrence.opens_at, Occurrence.id).limit(limit)).all()

    def count_open(self, activity_id: UUID, *, besides: UUID | None = None) -> int:
        """Occurrences of the activity that are not closed, whether begun or not; one may be left out."""
        query = select(func.count()).select_from(Occurrence)
        query = query.where(Occurrence.activity_id == activity_id, Occurrence.closed_at.is_(None))
        return self.session.scalar(query if besides is None else query.where(Occurrence.id != besides)) or 0


def _pending(query: Select[T]) -> Select[T]:
    """Those neither begun nor closed; a row that is cancelled opens nothing more."""
    return query.join(Activity, Activity.id == Occurrence.activity_id).where(
        Occurrence.instance_id.is_(None), Occurrence.closed_at.is_(None), Activity.state == "started"
    )
