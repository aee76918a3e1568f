"""When digests are made: once each working morning at the office's hour, however many tickers run."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5

from domain.calendars import ZONE, local_date
from domain.errors import Invalid
from domain.people import User
from domain.rights import require
from engine.records import write_record
from office.digests import digests_of
from office.letters import letter_job
from office.organisation import users_of
from storage import mailing
from storage.database import Database
from storage.tables import DigestSchedule
from storage.transactions import Work, reading, run_command

DIGEST_MAIL = "digest.mail"
USUAL_TIME = time(7)
"""Until the office sets another."""
LATEST = timedelta(hours=4)
"""A digest that could not be made by then is left out: its morning is over."""
SOON_WORKING_DAYS = 3
AT_ONCE = datetime.min.replace(tzinfo=UTC)


class DigestSource:
    """The digests as a due source."""

    def next_at(self, work: Work) -> datetime:
        """The hour of the next day, worked or not; at once where there is no schedule yet."""
        schedule = mailing.schedule(work)
        return AT_ONCE if schedule is None else due_at(schedule)

    def run(self, database: Database, now: datetime) -> int:
        """Make those of today when it is time; how many."""
        with reading(database) as work:
            due = self.next_at(work)
        if due > now:
            return 0
        return run_command(database, lambda work: make_digests(work, now))


def make_digests(work: Work, now: datetime) -> int:
    """Write a job for everybody who wants a digest and has something to read; how many.

    Once a day: the schedule's row says which day was the last. As many statements for one person as for all.
    """
    schedule = mailing.held_schedule(work)
    if schedule is None:
        _begin(work, now)
        return 0
    if due_at(schedule) > now:
        return 0
    today, calendar = local_date(now), work.database.calendar(work)
    schedule.last_on = today
    if now - _at(today, schedule.minute_of_day) > LATEST or not calendar.is_working(today):
        return 0
    since = _at(calendar.before(today, 1), schedule.minute_of_day)
    soon_before = _at(calendar.after(today, SOON_WORKING_DAYS) + timedelta(days=1), 0)
    users = users_of(work, mailing.wanting(work, None), today)
    open_work, news = mailing.open_work(work, soon_before, since), mailing.news(work, since)
    made = digests_of(users, open_work, news, now, since=since, soon_before=soon_before)
    for digest in made:
        job_id = uuid5(UUID(digest.person_id), f"{DIGEST_MAIL} {today.isoformat()}")
        work.jobs.add(letter_job(job_id, DIGEST_MAIL, asdict(digest), now))
    if made:
        work.database.job_added(work)
    return len(made)


def due_at(schedule: DigestSchedule) -> datetime:
    """When the next digests are made, on a working day or not; UTC."""
    return _at(schedule.last_on + timedelta(days=1), schedule.minute_of_day)


def digest_time(work: Work) -> time:
    """The hour of the digests in Việt Nam."""
    schedule = mailing.schedule(work)
    return USUAL_TIME if schedule is None else time(*divmod(schedule.minute_of_day, 60))


def set_digest_time(work: Work, at: time, user: User, now: datetime) -> None:
    """From now on digests are made at `at` (Việt Nam). Raises NotAllowed, Invalid for an afternoon."""
    require(user, "manage_calendar")
    if at >= time(12):
        raise Invalid("Thư tổng hợp gửi vào buổi sáng, trước 12 giờ", "digests are sent in the morning, before noon")
    schedule = mailing.held_schedule(work) or _begin(work, now)
    before, schedule.minute_of_day = schedule.minute_of_day, _minute(at)
    schedule.last_on = max(schedule.last_on, _last_over(schedule.minute_of_day, now))
    write_record(
        work,
        None,
        user,
        "set",
        "digest_schedule",
        str(schedule.id),
        before={"minute_of_day": before},
        after={"minute_of_day": schedule.minute_of_day},
        now=now,
    )


def _begin(work: Work, now: datetime) -> DigestSchedule:
    minute = _minute(USUAL_TIME)
    schedule = DigestSchedule(id=mailing.ONLY, minute_of_day=minute, last_on=_last_over(minute, now))
    mailing.add_schedule(work, schedule)
    return schedule


def _last_over(minute: int, now: datetime) -> date:
    """The last day on which that minute is past at `now`."""
    today = local_date(now)
    return today if _at(today, minute) <= now else today - timedelta(days=1)


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(*divmod(minute, 60)), ZONE).astimezone(UTC)
