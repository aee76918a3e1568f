"""A plan for the sample department, dated around the day it is made, so that its desks show work of every urgency."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib.resources import files

from domain.calendars import WorkingCalendar, local_date
from domain.people import User
from office.activities import settle_cell
from office.doubts import open_doubts
from office.plans import create_draft
from office.review import accept_rest
from office.starting import start_plan
from storage.tables import Plan
from storage.transactions import Work

ROMAN = ("I", "II", "III", "IV")


def start_sample_plan(work: Work, user: User, now: datetime) -> Plan:
    """Read the sample plan, settle what the reader doubts and begin to start its rows; a worker finishes that."""
    plan = create_draft(work, _document(now, work.database.calendar(work)), "ke-hoach-18.txt", user, now)
    work.flush()
    for row in work.activities.of_plan(plan.id):
        for doubt in open_doubts(row):
            settle_cell(row, doubt["field"], user, now)
    accept_rest(work, plan.id, user, now)
    start_plan(work, plan.id, user, now)
    return plan


def _document(now: datetime, calendar: WorkingCalendar) -> bytes:
    today = local_date(now)
    last = calendar.end_of_year(today.year)
    days = {
        "past": calendar.before(today, 4),
        "soon": min(calendar.after(today, 2), last),
        "later": min(calendar.after(today, 12), last),
    }
    text = files("office").joinpath("sample_plan.txt").read_text(encoding="utf-8")
    return text.format(
        year=today.year,
        month=f"{min(today + timedelta(days=7), last).month:02d}",
        quarter=ROMAN[(today.month - 1) // 3],
        **{name: f"{day:%d/%m/%Y}" for name, day in days.items()},
    ).encode()
