"""The review a person would make before the start: what is asked is answered, and counted; the rest is accepted."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.calendars import local_date
from domain.people import User
from office.activities import bind_name, edit_activity, settle_doubt
from office.directory import directory
from office.doubts import is_repaired, open_doubts
from office.review import accept_rest
from storage.database import Database
from storage.transactions import Work, run_command


def settle_everything(database: Database, plan_id: UUID, office_id: UUID, user: User, now: datetime) -> int:
    """Let the office lead what nobody leads, bind what is unknown to it, accept the rest; gives how many it assumed."""
    return run_command(database, lambda work: _settle(work, plan_id, office_id, user, now))


def _settle(work: Work, plan_id: UUID, office_id: UUID, user: User, now: datetime) -> int:
    office = directory(work, local_date(now)).name(office_id)
    settled = 0
    for row in work.activities.of_plan(plan_id):
        if not row.lead:
            edit_activity(work, row.id, {"lead": [office]}, row.version, user, now)
            work.flush()
            settled += 1
        while asked := next((doubt for doubt in open_doubts(row) if not is_repaired(doubt)), None):
            if asked.get("name"):
                bind_name(work, plan_id, asked["name"], user, now, unit_id=office_id)
            else:
                settle_doubt(work, row.id, row.doubts.index(asked), row.version, user, now)
            work.flush()
            settled += 1
    accept_rest(work, plan_id, user, now)
    return settled
