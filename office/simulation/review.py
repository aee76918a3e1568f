"""The review a person would make before the start: whatever is doubted is settled, and counted."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.calendars import local_date
from domain.people import User
from office.activities import bind_name, edit_activity, settle_doubt
from office.directory import directory
from office.doubts import open_doubts
from storage.database import Database
from storage.transactions import Work, run_command


def settle_everything(database: Database, plan_id: UUID, office_id: UUID, user: User, now: datetime) -> int:
    """Let the office lead what nobody leads, bind what is unknown to it, accept the rest; how many doubts that were."""
    return run_command(database, lambda work: _settle(work, plan_id, office_id, user, now))


def _settle(work: Work, plan_id: UUID, office_id: UUID, user: User, now: datetime) -> int:
    office = directory(work, local_date(now)).name(office_id)
    settled = 0
    for row in work.activities.of_plan(plan_id):
        if not row.lead:
            edit_activity(work, row.id, {"lead": [office]}, row.version, user, now)
            work.flush()
            settled += 1
        for doubt in open_doubts(row):
            if doubt.get("name"):
                bind_name(work, plan_id, doubt["name"], user, now, unit_id=office_id)
            else:
                settle_doubt(work, row.id, row.doubts.index(doubt), row.version, user, now)
            work.flush()
            settled += 1
    return settled
