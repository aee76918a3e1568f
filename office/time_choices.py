"""Saying which of several readings of a printed time is meant; the cell stays as printed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.calendars import local_date
from domain.errors import Invalid
from domain.people import User
from domain.rights import require
from domain.words import Words
from engine.records import write_record
from office.activities import propose_again, settle_cell
from office.plan_changes import remembered
from office.plans import derive, draft_plan, drafting_of, refuse_stale
from office.review import name_of
from plans.output import timing_as_dict
from plans.readings import Alternative, alternatives
from storage.tables import Activity, Plan
from storage.transactions import Work


def choices_of(activity: Activity, plan: Plan) -> tuple[Alternative, ...]:
    """The readings offered for the row's printed time, none where it is plain."""
    return alternatives(activity.timing_raw, plan.year, plan.issued_on)


def choose_time(work: Work, activity_id: UUID, text: str, version: int, user: User, now: datetime) -> Activity:
    """Take the reading of this `text`, which settles the doubt about the time; it can be taken back.

    Raises NotAllowed, Conflict, Invalid when it is not offered.
    """
    require(user, "review_plan")
    activity = work.activities.get(activity_id)
    plan = draft_plan(work, activity.plan_id)
    refuse_stale(activity.version, version)
    chosen = next((each for each in choices_of(activity, plan) if each.text == text), None)
    if chosen is None:
        raise Invalid("Cách hiểu này không có trong các lựa chọn", f"no such reading of the time: {text}")
    before = {"timing": activity.timing}
    with remembered(work, plan.id, Words("Chọn thời gian ", "Choose the time of ") + name_of(activity), user, now):
        activity.timing = [timing_as_dict(timing) for timing in chosen.timing]
        settle_cell(activity, "timing", user, now)
        derive(activity, drafting_of(work, plan, local_date(now)))
        propose_again(activity)
        after = {"timing": activity.timing, "reading": text}
        write_record(work, None, user, "choose_time", "activity", activity.id, before=before, after=after, now=now)
    return activity
