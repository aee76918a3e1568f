"""A row's occurrences: planned when its plan starts, opened by the calendar, each a case of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from domain.calendars import WorkingCalendar, local_date
from domain.periods import label
from domain.schedules import PlannedOccurrence, check_in_dates, schedule
from domain.words import Words
from engine.instances import start_instance
from office.directory import Directory, directory
from office.organisation import clerk_unit
from office.plan_values import is_report, timings_of
from plans.proposals import goes_to_committee
from storage.database import Database
from storage.occurrences import PASSED
from storage.tables import Activity, Assignment, Occurrence, Plan
from storage.transactions import Work, reading, run_command

INPUTS_DUE_DAYS = 5
"""Working days a coordinating unit has; fewer when the row itself has little time."""
AT_ONCE = 50


def plan_occurrences(work: Work, activity: Activity, plan: Plan, now: datetime) -> list[Occurrence]:
    """Write the row's occurrences; the current one opens now, earlier ones are closed as passed, later ones wait."""
    calendar, today = work.database.calendar(work), local_date(now)
    planned = schedule(timings_of(activity), plan.year, calendar, is_report=is_report(activity.task, activity.products))
    current = _current(planned, today)
    rows = [_row(activity, each, calendar, is_current=each is current, today=today, now=now) for each in planned]
    for row in rows:
        work.occurrences.add(row)
    work.flush()
    return rows


def open_occurrence(work: Work, occurrence_id: UUID, now: datetime) -> UUID | None:
    """Start the occurrence's case; its instance, or None when it has one, is closed, or its row is cancelled."""
    occurrence = work.occurrences.get(occurrence_id)
    activity = work.activities.get(occurrence.activity_id)
    if occurrence.instance_id is not None or occurrence.closed_at is not None or activity.state != "started":
        return None
    plan = work.plans.get(activity.plan_id)
    instance = start_instance(
        work,
        activity.definition_key,
        start_variables(work, plan, activity, occurrence, now),
        business_key=str(occurrence.id),
        title=_title(activity, occurrence),
        now=now,
    )
    work.flush()
    occurrence.instance_id = instance.id
    if instance.ended_at is not None:  # it ran through before the occurrence knew its case
        occurrence.closed_at = now
    return instance.id


class OccurrenceSource:
    """Occurrences as a due source: each opens once, however many tickers run."""

    def next_at(self, work: Work) -> datetime | None:
        return work.occurrences.next_opening()

    def run(self, database: Database, now: datetime) -> int:
        """Open what opens by `now`, a transaction each; how many."""
        opened = 0
        while True:
            with reading(database) as work:
                due = list(work.occurrences.to_open(now, AT_ONCE))
            started = [run_command(database, partial(open_occurrence, occurrence_id=each, now=now)) for each in due]
            opened += sum(each is not None for each in started)
            if len(due) < AT_ONCE:
                return opened


def start_variables(
    work: Work, plan: Plan, activity: Activity, occurrence: Occurrence, now: datetime
) -> Mapping[str, Any]:
    """What a case of a plan's row starts with; ids are texts, days ISO dates."""
    today = local_date(now)
    units, calendar = directory(work, today), work.database.calendar(work)
    department, office_id = units.department, clerk_unit(work, units, today)
    assert department is not None
    assert office_id is not None
    shares = work.assignments.of_activity(activity.id)
    lead = acting_lead(shares, units, office_id)
    helping = dict.fromkeys(units.present(each.unit_id) for each in shares if each.part == "coordinating")
    asked = [unit_id for unit_id in helping if unit_id != lead]
    coordinating = [{"unit": str(each), "by_letter": not units.get(each).has_accounts} for each in asked]
    submitted = goes_to_committee(activity.products)
    checkins = check_in_dates(plan.year, calendar, from_date=today) or (calendar.end_of_quarter(today),)
    return {
        "activity_id": str(activity.id),
        "plan_id": str(plan.id),
        "occurrence_id": str(occurrence.id),
        "period": occurrence.period,
        "number": activity.number or "",
        "title": activity.task,
        "products": list(activity.products),
        "lead": str(lead),
        "department": str(department.id),
        "leader_unit": str(department.id),
        "clerk_unit": str(office_id),
        "coordinating": coordinating,
        "due_date": occurrence.due_date.isoformat() if occurrence.due_date else None,
        "due_in": _due_in(activity),
        "inputs_due_days": inputs_due_days(today, occurrence.due_date, calendar),
        "silence_rule": True,
        "to_committee": submitted,
        "checkins": [day.isoformat() for day in checkins],
        "proposed_definition": "activity" if coordinating or submitted else "simple",
    }


def _due_in(activity: Activity) -> dict[str, Any] | None:
    """How long after what it waits for the row is due: {"amount", "unit"} as in `domain.plans.Offset`."""
    offset = next((timing.offset for timing in timings_of(activity) if timing.offset), None)
    return None if offset is None else {"amount": offset.amount, "unit": offset.unit}


def acting_lead(shares: Sequence[Assignment], units: Directory, office_id: UUID) -> UUID:
    """The unit that does the lead's work today: the office for a lead without accounts or the department itself."""
    lead = units.get(units.present(next(each.unit_id for each in shares if each.part == "lead")))
    return lead.id if lead.has_accounts and lead.kind != "department" else office_id


def inputs_due_days(today: date, due_date: date | None, calendar: WorkingCalendar) -> int:
    """Working days for inputs: five, or a quarter of what is left until the due day, and one at least."""
    if due_date is None:
        return INPUTS_DUE_DAYS
    return max(1, min(INPUTS_DUE_DAYS, calendar.working_days_between(today, due_date) // 4))


def _current(planned: Sequence[PlannedOccurrence], today: date) -> PlannedOccurrence:
    """The first that is not over; the last when all are."""
    return next((each for each in planned if each.due_date is None or each.due_date >= today), planned[-1])


def _row(
    activity: Activity,
    planned: PlannedOccurrence,
    calendar: WorkingCalendar,
    *,
    is_current: bool,
    today: date,
    now: datetime,
) -> Occurrence:
    is_over = not is_current and planned.due_date is not None and planned.due_date < today
    return Occurrence(
        id=uuid4(),
        activity_id=activity.id,
        period=planned.period,
        opens_at=now if is_current else calendar.opens_at(planned.opens_on),
        due_date=planned.due_date,
        due_explanation=planned.explanation,
        closed_at=now if is_over else None,
        outcome=PASSED if is_over else None,
    )


def _title(activity: Activity, occurrence: Occurrence) -> Words:
    title = Words(f"{activity.number}. {activity.task}" if activity.number else activity.task)
    period = label(occurrence.period).capitalised()
    return title + " (" + period + ")" if period else title
