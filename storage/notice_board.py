"""Notices as a person sees them: to themselves, and to the roles they hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, update

from domain.people import User
from storage.tables import Notice
from storage.transactions import Work

COUNTED = 999


def for_user(
    work: Work, user: User, *, limit: int = 50, before: tuple[datetime, UUID] | None = None
) -> Sequence[Notice]:
    """The newest first, before a place when one is given."""
    query = select(Notice).where(_to(user))
    if before is not None:
        created_at, notice_id = before
        query = query.where(
            or_(Notice.created_at < created_at, and_(Notice.created_at == created_at, Notice.id < notice_id))
        )
    return work.session.scalars(query.order_by(Notice.created_at.desc(), Notice.id.desc()).limit(limit)).all()


def unread(work: Work, user: User) -> int:
    """How many are unread; COUNTED + 1 stands for every larger number."""
    query = select(Notice.id).where(_to(user), Notice.read_at.is_(None)).limit(COUNTED + 1)
    return work.session.scalar(select(func.count()).select_from(query.subquery())) or 0


def mark_read(work: Work, user: User, now: datetime, notice_id: UUID | None = None) -> None:
    """Mark one notice, or all of them, as read; those of others stay as they are."""
    query = update(Notice).where(_to(user), Notice.read_at.is_(None)).values(read_at=now)
    if notice_id is not None:
        query = query.where(Notice.id == notice_id)
    work.session.execute(query)


def _to(user: User) -> ColumnElement[bool]:
    keys = sorted({*user.keys, *user.stood_in_keys})
    return or_(Notice.person_id == user.person_id, Notice.candidate_key.in_(keys))
