"""Counts over the whole office: what a year came to."""

from __future__ import annotations

from sqlalchemy import func, select

from storage.tables import Incident, Instance, Timer, UserTask
from storage.transactions import Work


def instances_by_status(work: Work) -> dict[str, int]:
    rows = work.session.execute(select(Instance.status, func.count()).group_by(Instance.status))
    return {str(status): int(count) for status, count in rows}


def count_user_tasks(work: Work) -> int:
    return work.session.scalar(select(func.count()).select_from(UserTask)) or 0


def count_timers_fired(work: Work) -> int:
    return work.session.scalar(select(func.count()).select_from(Timer).where(Timer.outcome == "fired")) or 0


def count_incidents(work: Work) -> int:
    """Those nobody has resolved."""
    return work.session.scalar(select(func.count()).select_from(Incident).where(Incident.resolved_at.is_(None))) or 0
