"""What falls due between two days, over all running plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from storage.tables import Activity, Occurrence, Plan
from storage.transactions import Work

MOST = 2000


@dataclass(frozen=True, slots=True)
class DueRow:
    """An occurrence with the row and plan it belongs to."""

    occurrence: Occurrence
    activity: Activity
    plan: Plan


def due_days_between(work: Work, first: date, last: date, *, unit_id: UUID | None = None) -> list[DueRow]:
    """By due day and row; with `unit_id` only what that unit leads. One statement."""
    query = (
        select(Occurrence, Activity, Plan)
        .join(Activity, Activity.id == Occurrence.activity_id)
        .join(Plan, Plan.id == Activity.plan_id)
        .where(Occurrence.due_date >= first, Occurrence.due_date <= last, Activity.state != "cancelled")
        .order_by(Occurrence.due_date, Plan.year, Activity.position)
        .limit(MOST)
    )
    if unit_id is not None:
        query = query.where(Activity.lead_unit_id == unit_id)
    return [DueRow(*row) for row in work.session.execute(query)]
