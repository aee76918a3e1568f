"""A plan's whole year in seconds: the same commands, tables and ticks as real days, with invented officials."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from random import Random
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from domain.calendars import WorkingCalendar, local_date
from domain.people import User
from domain.plans import PlanReading
from engine import clock
from engine.batches import batch_handler
from engine.due import DueSource, JobsDue, TimersDue
from engine.jobs import Handler
from office.listener import OfficeListener
from office.occurrences import OccurrenceSource
from office.organisation import user_of
from office.plans import create_draft
from office.shipped import deploy_shipped
from office.simulation.observer import Observer
from office.simulation.organisation import invent_organisation
from office.simulation.outcome import outcome
from office.simulation.review import settle_everything
from office.simulation.year import Year, year_end
from office.starting import COMMANDS, start_plan
from office.unit_functions import unit_functions
from plans.reader import read_plan
from storage.calendars import LAST_ORDERED_YEAR, statutory_calendar, working_calendar
from storage.database import Database
from storage.schema import upgrade
from storage.transactions import Work, reading, run_command

SEED = 2026
MEMORY = Path("/dev/shm")
"""Where the year's database lives while it runs, if there is such a place: nobody needs it after a power cut."""

BuildHandlers = Callable[[Database], Mapping[str, Handler]]


def simulate(
    content: bytes, filename: str, build_handlers: BuildHandlers, *, seed: int = SEED, keep: Path | None = None
) -> dict[str, Any]:
    """Run the year of the plan in `content`; with `keep` its database stays in that file.

    Keys: plan, year, activities, cases, completed, open, open_reasons {reason: count}, on_time, late, overdue,
    incidents, user_tasks, timers_fired, by_unit, by_month, assumed, differences, seconds. Raises DocumentUnreadable.
    """
    began = time.perf_counter()
    read = read_plan(content, filename)
    with TemporaryDirectory(prefix="bangiao-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        observer, place = Observer(), Path(folder) / "simulation.sqlite"
        listeners = (OfficeListener(), observer)
        database = Database(
            f"sqlite:///{place}", listeners=listeners, calendar=working_calendar, functions=unit_functions
        )
        try:
            upgrade(database)
            result = _run(database, read, content, filename, build_handlers, observer, Random(seed))
        finally:
            database.close()
        if keep is not None:
            keep.parent.mkdir(parents=True, exist_ok=True)
            copyfile(place, keep)
    return result | {"seconds": round(time.perf_counter() - began, 2)}


def _run(
    database: Database,
    read: PlanReading,
    content: bytes,
    filename: str,
    build_handlers: BuildHandlers,
    observer: Observer,
    random: Random,
) -> dict[str, Any]:
    calendar = statutory_calendar()
    year = read.plan.year or (read.plan.date.year if read.plan.date else LAST_ORDERED_YEAR)
    start = first_hour(year, read.plan.date, calendar)
    sources = _sources(database, build_handlers)
    clock.start_virtual_clock(database, start)
    invented = run_command(database, lambda work: invent_organisation(work, read, random, start))
    run_command(database, lambda work: deploy_shipped(work, start))
    with reading(database) as work:
        people = _people(work, local_date(start))
        administrator = user_of(work, invented.administrator_id, local_date(start))
    plan_id = run_command(
        database, lambda work: create_draft(work, content, filename, administrator, start, reading=read).id
    )
    assumed = settle_everything(database, plan_id, invented.office_id, administrator, start)
    run_command(database, lambda work: start_plan(work, plan_id, administrator, start))
    clock.settle(database, sources, start)
    until = calendar.closes_at(year_end(year))
    Year(database, sources, observer, people, calendar, random).run(until)
    with reading(database) as work:
        plan = work.plans.get(plan_id)
        return {"plan": plan.title, "year": plan.year, "assumed": assumed} | outcome(work, plan, until)


def first_hour(year: int, issued: date | None, calendar: WorkingCalendar) -> datetime:
    """When the year begins: the first working day, or the day after the plan was issued early in it."""
    day = calendar.next_from(date(year, 1, 2))
    if issued is not None and issued.year == year and issued.month <= 3:
        day = max(day, calendar.after(issued, 1))
    return calendar.opens_at(day)


def _sources(database: Database, build_handlers: BuildHandlers) -> tuple[DueSource, ...]:
    handlers = dict(build_handlers(database))
    handlers["batch"] = batch_handler(database, COMMANDS, lambda: clock.now(database))
    return (TimersDue(), OccurrenceSource(), JobsDue(handlers))


def _people(work: Work, today: date) -> dict[str, list[User]]:
    """Everybody by the keys they hold."""
    found: dict[str, list[User]] = {}
    seen: set[UUID] = set()
    for _, person in work.posts.with_people(today):
        if person.id not in seen:
            seen.add(person.id)
            user = user_of(work, person.id, today)
            for key in sorted(user.keys):
                found.setdefault(key, []).append(user)
    return found
