"""Mail about a notice: a job for each person who wants every notice at once, written with the notice itself."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid5

from domain.calendars import local_date
from domain.people import User
from office.organisation import users_of
from storage import mailing
from storage.tables import Job, Notice
from storage.transactions import Work

NOTICE_MAIL = "notice.mail"
RETRIES = 8
"""Tries of a letter: with the pauses between them about two hours, then somebody has to look."""
_HELD = "people who want each notice"


def queue_letters(work: Work, notice: Notice, now: datetime) -> int:
    """Write a job for each person the notice is meant for who chose every notice at once; how many."""
    if not work.database.sends_mail:
        return 0
    readers = _who_wants_each(work, local_date(now))
    key = _definition_key(work, notice) if any(user.limited_stood_in for user in readers) else None
    meant = [user for user in readers if is_meant(user, notice, key)]
    for user in meant:
        work.jobs.add(letter_job(uuid5(notice.id, user.person_id.hex), NOTICE_MAIL, _payload(notice, user), now))
    if meant:
        work.database.job_added(work)
    return len(meant)


def letter_job(id: UUID, topic: str, payload: dict[str, object], now: datetime) -> Job:
    """A letter to be sent; its id becomes the Message-ID."""
    return Job(id=id, topic=topic, payload=payload, state="ready", attempt=0, retries=RETRIES, created_at=now)


def is_meant(user: User, notice: Notice, definition_key: str | None) -> bool:
    """Whether it is for this person, a role they hold, or somebody they stand in for in cases of that process."""
    stood_in = user.stood_in_for(definition_key)
    if notice.person_id is not None:
        return notice.person_id == user.person_id or notice.person_id in stood_in.values()
    return notice.candidate_key in user.keys or notice.candidate_key in stood_in


def _payload(notice: Notice, user: User) -> dict[str, object]:
    return {"notice_id": str(notice.id), "person_id": str(user.person_id)}


def _who_wants_each(work: Work, today: date) -> list[User]:
    """Read once a transaction, however many notices it leaves."""
    if _HELD not in work.session.info:
        people = mailing.wanting(work, "each")
        work.session.info[_HELD] = users_of(work, people, today) if people else []
    held: list[User] = work.session.info[_HELD]
    return held


def _definition_key(work: Work, notice: Notice) -> str | None:
    if notice.instance_id is None:
        return None
    return work.definitions.get(work.instances.get(notice.instance_id).definition_id).key
