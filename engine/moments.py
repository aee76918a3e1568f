"""The moment a command happens at, with the calendar and the office as its transaction sees them."""

from __future__ import annotations

from datetime import datetime

from domain.calendars import local_date
from engine.calendar import functions
from engine.running import running
from engine.spiff.case import Moment
from storage.transactions import Work


def moment(work: Work, now: datetime) -> Moment:
    """`now` (UTC) and what expressions may call then; made once a transaction."""
    moments = running(work).moments
    if now not in moments:
        office = work.database.functions(work, local_date(now))
        moments[now] = Moment(now, {**office, **functions(work.database.calendar(work), now)})
    return moments[now]
