"""How much there is of what, and whether the database answers, for those who watch the machine."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from storage.database import Database
from storage.tables import Incident, Instance, Job, UserTask
from storage.transactions import Work, reading


def what_is_missing(database: Database) -> str | None:
    """None when the tables answer; otherwise the name of what went wrong."""
    try:
        with reading(database) as work:
            work.session.execute(select(Instance.id).limit(1))
    except SQLAlchemyError as error:
        return type(error).__name__
    return None


def cases_by_status(work: Work) -> dict[str, int]:
    query = select(Instance.status, func.count()).group_by(Instance.status)
    return {status: number for status, number in work.session.execute(query)}  # noqa: C416 - typed pairs


def jobs_by_state(work: Work) -> dict[str, int]:
    query = select(Job.state, func.count()).group_by(Job.state)
    return {state: number for state, number in work.session.execute(query)}  # noqa: C416 - typed pairs


def open_tasks(work: Work) -> int:
    query = select(func.count()).select_from(UserTask).where(UserTask.closed_at.is_(None))
    return work.session.scalar(query) or 0


def open_incidents(work: Work) -> int:
    query = select(func.count()).select_from(Incident).where(Incident.resolved_at.is_(None))
    return work.session.scalar(query) or 0
