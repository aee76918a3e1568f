"""Notices as a person sees them: to themselves, and to the roles they hold; what one has read others have not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, insert, literal, or_, select

from domain.people import User
from storage.tables import Definition, Instance, Notice, NoticeReading
from storage.transactions import Work

COUNTED = 999
NEWS = timedelta(days=30)
"""What was told to a role longer ago is no news, whoever comes to the role or stands in for it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A notice, and whether the person has yet to read it."""

    notice: Notice
    is_new: bool


def for_user(
    work: Work, user: User, now: datetime, *, limit: int = 50, before: tuple[datetime, UUID] | None = None
) -> Sequence[Line]:
    """The newest first, before a place when one is given."""
    query = select(Notice, _is_new(user, now)).where(_to(user))
    if before is not None:
        created_at, notice_id = before
        query = query.where(
            or_(Notice.created_at < created_at, and_(Notice.created_at == created_at, Notice.id < notice_id))
        )
    rows = work.session.execute(query.order_by(Notice.created_at.desc(), Notice.id.desc()).limit(limit))
    return [Line(notice, bool(is_new)) for notice, is_new in rows]


def to_user(work: Work, user: User, notice_id: UUID) -> Notice | None:
    """The notice when it is meant for this person or a role they hold."""
    return work.session.scalars(select(Notice).where(Notice.id == notice_id, _to(user))).first()


def unread(work: Work, user: User, now: datetime) -> int:
    """How many are unread; COUNTED + 1 stands for every larger number."""
    query = select(Notice.id).where(_to(user), _is_new(user, now)).limit(COUNTED + 1)
    return work.session.scalar(select(func.count()).select_from(query.subquery())) or 0


def mark_read(work: Work, user: User, now: datetime, notice_id: UUID | None = None) -> None:
    """This person has read one notice, or all of them; for others who hold the role it stays as it is."""
    query: Select[UUID, UUID, datetime] = select(
        literal(user.person_id, NoticeReading.person_id.type), Notice.id, literal(now, NoticeReading.read_at.type)
    ).where(_to(user), _is_new(user, now))
    if notice_id is not None:
        query = query.where(Notice.id == notice_id)
    work.session.execute(insert(NoticeReading).from_select(["person_id", "notice_id", "read_at"], query))


def _to(user: User) -> ColumnElement[bool]:
    """To themselves, to a role they hold, or to whom they stand in for, in all cases or those of one process."""
    meant = _meant(user.person_id, {*user.keys, *user.stood_in_keys}, user.stood_in_keys.values())
    for definition_key, held in user.limited_stood_in.items():
        of_process = select(Instance.id).join(Definition).where(Definition.key == definition_key)
        meant = or_(meant, and_(_meant(None, held, held.values()), Notice.instance_id.in_(of_process)))
    return meant


def _meant(person_id: UUID | None, keys: Iterable[str], absent: Iterable[UUID]) -> ColumnElement[bool]:
    people = sorted({*absent, *(() if person_id is None else (person_id,))})
    return or_(Notice.person_id.in_(people), Notice.candidate_key.in_(sorted(keys)))


def _is_new(user: User, now: datetime) -> ColumnElement[bool]:
    was_read = exists().where(NoticeReading.person_id == user.person_id, NoticeReading.notice_id == Notice.id)
    return and_(or_(Notice.person_id == user.person_id, Notice.created_at >= now - NEWS), ~was_read)
