"""What the mail to people is made of: who wants which, what is open, what is new, and what could not be sent yet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select

from storage.desk import without_number
from storage.tables import (
    Activity,
    Definition,
    DigestSchedule,
    Instance,
    Job,
    Notice,
    NoticeReading,
    Occurrence,
    Person,
    UserTask,
)
from storage.transactions import Work

ONLY = 1
DECISIONS = ("review", "sign")


@dataclass(frozen=True, slots=True)
class OpenWork:
    """An open task, the plan's row it belongs to, and since when it is where it is."""

    task_id: UUID
    step: str
    purpose: str | None
    assignee_id: UUID | None
    candidate_key: str | None
    due_at: datetime | None
    moved_at: datetime
    title: str
    number: str | None
    definition_key: str


@dataclass(frozen=True, slots=True)
class News:
    """A notice, the process of its case, and who has read it."""

    notice: Notice
    definition_key: str | None
    readers: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Unsent:
    """Letters that wait for another try, those given up, and the oldest of them."""

    waiting: int
    given_up: int
    since: datetime


def schedule(work: Work) -> DigestSchedule | None:
    return work.session.get(DigestSchedule, ONLY)


def held_schedule(work: Work) -> DigestSchedule | None:
    """The schedule as it is now, nobody else's until the transaction ends."""
    return work.session.get(DigestSchedule, ONLY, with_for_update=True, populate_existing=True)


def add_schedule(work: Work, schedule: DigestSchedule) -> None:
    work.session.add(schedule)


def wanting(work: Work, choice: str | None) -> Sequence[Person]:
    """Active people with an address who chose this way of mail (None: the digest), by login."""
    chosen = Person.mail_choice.is_(None) if choice is None else Person.mail_choice == choice
    query = select(Person).where(Person.active, Person.email.is_not(None), Person.email != "", chosen)
    return work.session.scalars(query.order_by(Person.login)).all()


def open_work(work: Work, due_before: datetime, since: datetime) -> Sequence[OpenWork]:
    """Open tasks that are due before an instant, to be decided, or new since another; the nearest first."""
    moved_at = func.coalesce(UserTask.claimed_at, UserTask.created_at)
    query = (
        select(UserTask, Instance.title, Activity.number, Activity.task, Definition.key)
        .join(Instance, Instance.id == UserTask.instance_id)
        .join(Definition, Definition.id == Instance.definition_id)
        .outerjoin(Occurrence, Occurrence.instance_id == Instance.id)
        .outerjoin(Activity, Activity.id == Occurrence.activity_id)
        .where(
            UserTask.closed_at.is_(None),
            or_(UserTask.due_at < due_before, UserTask.purpose.in_(DECISIONS), moved_at >= since),
        )
        .order_by(UserTask.due_at.is_(None), UserTask.due_at, UserTask.id)
    )
    return [
        OpenWork(
            task_id=task.id,
            step=task.name,
            purpose=task.purpose,
            assignee_id=task.assignee_id,
            candidate_key=task.candidate_key,
            due_at=task.due_at,
            moved_at=task.claimed_at or task.created_at,
            title=without_number(title or row or "", number),
            number=number,
            definition_key=key,
        )
        for task, title, number, row, key in work.session.execute(query)
    ]


def news(work: Work, since: datetime) -> Sequence[News]:
    """Notices left since then that still say something, the oldest first; two statements."""
    return _news(work, Notice.created_at >= since)


def news_of(work: Work, notice_id: UUID) -> News | None:
    """The notice; None when what it was about is over."""
    return next(iter(_news(work, Notice.id == notice_id)), None)


def _news(work: Work, wanted: ColumnElement[bool]) -> Sequence[News]:
    readers: dict[UUID, set[UUID]] = {}
    read = select(NoticeReading).join(Notice, Notice.id == NoticeReading.notice_id).where(wanted)
    for each in work.session.scalars(read):
        readers.setdefault(each.notice_id, set()).add(each.person_id)
    query = (
        select(Notice, Definition.key)
        .outerjoin(UserTask, UserTask.id == Notice.task_id)
        .outerjoin(Instance, Instance.id == Notice.instance_id)
        .outerjoin(Definition, Definition.id == Instance.definition_id)
        .where(wanted, UserTask.closed_at.is_(None), Instance.ended_at.is_(None))
        .order_by(Notice.created_at, Notice.id)
    )
    return [News(notice, key, frozenset(readers.get(notice.id, ()))) for notice, key in work.session.execute(query)]


def unsent(work: Work, topics: Collection[str]) -> Unsent | None:
    """Letters that failed and are not settled; None when there are none."""
    failing = or_(Job.state == "failed", and_(Job.state.in_(("ready", "running")), Job.error.is_not(None)))
    query = select(Job.state, func.count(), func.min(Job.created_at)).where(Job.topic.in_(topics), failing)
    rows = [(state, number, since) for state, number, since in work.session.execute(query.group_by(Job.state))]
    if not rows:
        return None
    given_up = sum(number for state, number, _ in rows if state == "failed")
    return Unsent(
        waiting=sum(number for _, number, _ in rows) - given_up,
        given_up=given_up,
        since=min(since for _, _, since in rows),
    )
