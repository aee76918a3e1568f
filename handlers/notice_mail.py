"""notice.mail and digest.mail: what people are told, sent to the address they have when it is sent.

Payloads: {"notice_id", "person_id"} and an `office.digests.Digest`. Not sent, with the reason as the result: without a
server, to who has left, has no address or wants other mail by now, what was read or is over, and yesterday's digest.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from typing import Any, Protocol
from uuid import UUID

from domain.calendars import WorkingCalendar, local_date
from domain.errors import Conflict
from engine.jobs import Handler, Job
from handlers.mail import Send, new_letter, post_office
from office.digest_schedule import DIGEST_MAIL
from office.digests import Digest, read_digest
from office.letters import NOTICE_MAIL, is_meant
from office.organisation import users_of
from storage import mailing
from storage.database import Database
from storage.tables import Notice, Person
from storage.transactions import Work, reading

PAUSE_SECONDS = 20.0
"""After a failure the other letters do not try the server for so long: hundreds of them would keep every worker."""


@dataclass(frozen=True, slots=True)
class Written:
    """A letter in a person's language; `change_at` is the page on which they choose their mail."""

    subject: str
    text: str
    html: str
    change_at: str | None


class Writer(Protocol):
    """Puts into words; `language` is vi or en."""

    def notice(self, notice: Notice, language: str) -> Written: ...

    def digest(self, digest: Digest, calendar: WorkingCalendar, language: str) -> Written: ...


def notice_mail(
    database: Database, settings: Mapping[str, str], writer: Writer, now: Callable[[], datetime]
) -> dict[str, Handler]:
    """Build the handlers by topic. They share the patience with a server that does not answer."""
    post = post_office(settings)
    if post is None:
        return dict.fromkeys((NOTICE_MAIL, DIGEST_MAIL), lambda job: _unsent("no server"))
    letters = Letters(database, patient(post), writer, now)
    return {NOTICE_MAIL: letters.send_notice, DIGEST_MAIL: letters.send_digest}


@dataclass(frozen=True, slots=True)
class Letters:
    """The handlers, and what they need."""

    database: Database
    post: Send
    writer: Writer
    now: Callable[[], datetime]

    def send_notice(self, job: Job) -> Mapping[str, Any]:
        """One notice to one person."""
        with reading(self.database) as work:
            person = work.people.find(UUID(job.payload["person_id"]))
            reason = _refusal(person, "each")
            if person is None or reason:
                return _unsent(reason)
            notice = _still_new(work, UUID(job.payload["notice_id"]), person, local_date(self.now()))
        if notice is None:
            return _unsent("read or over")
        self.post(_letter(job, person, self.writer.notice(notice, person.language)))
        return {"sent": True}

    def send_digest(self, job: Job) -> Mapping[str, Any]:
        """One person's digest, on its day."""
        digest = read_digest(job.payload)
        if local_date(datetime.fromisoformat(digest.at)) < local_date(self.now()):
            return _unsent("its day is over")
        with reading(self.database) as work:
            person, calendar = work.people.find(UUID(digest.person_id)), self.database.calendar(work)
        reason = _refusal(person, None)
        if person is None or reason:
            return _unsent(reason)
        self.post(_letter(job, person, self.writer.digest(digest, calendar, person.language)))
        return {"sent": True}


def patient(post: Send, clock: Callable[[], float] = time.monotonic) -> Send:
    """The same, but after a failure it refuses at once for PAUSE_SECONDS. `clock` gives seconds."""
    failed: dict[str, tuple[float, Conflict]] = {}

    def send(letter: EmailMessage) -> None:
        at, last = failed.get("last", (0.0, None))
        if last is not None and clock() - at < PAUSE_SECONDS:
            raise Conflict(str(last), last.english)
        try:
            post(letter)
        except Conflict as error:
            failed["last"] = (clock(), error)
            raise
        failed.clear()

    return send


def _refusal(person: Person | None, choice: str | None) -> str:
    """Why the person gets no such letter, "" when they do."""
    if person is None or not person.active:
        return "no such account"
    if not person.email:
        return "no address"
    return "" if person.mail_choice == choice else "wants other mail"


def _still_new(work: Work, notice_id: UUID, person: Person, today: date) -> Notice | None:
    """The notice while it is meant for the person, unread by them, and not over."""
    found = mailing.news_of(work, notice_id)
    if found is None or person.id in found.readers:
        return None
    (user,) = users_of(work, [person], today)
    return found.notice if is_meant(user, found.notice, found.definition_key) else None


def _letter(job: Job, person: Person, written: Written) -> EmailMessage:
    letter = new_letter(job, person.email, written.subject)
    letter["Auto-Submitted"] = "auto-generated"
    if written.change_at:
        letter["List-Unsubscribe"] = f"<{written.change_at}>"
    letter.set_content(written.text)
    letter.add_alternative(written.html, subtype="html")
    return letter


def _unsent(reason: str) -> Mapping[str, Any]:
    return {"sent": False, "reason": reason}
