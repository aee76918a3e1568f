"""Everything a process runs on, put together once: database, calendar, handlers, what falls due, clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import RLock
from typing import TypeVar, cast

from flask import current_app

from domain.calendars import WorkingCalendar
from domain.errors import Invalid
from engine import clock
from engine.batches import TOPIC as BATCHES
from engine.batches import batch_handler
from engine.due import DueSource, JobsDue, TimersDue, tick
from engine.jobs import Handler
from engine.migration import KIND as MIGRATE
from engine.migration import migrate_item
from handlers import build as build_handlers
from office.amending import AMENDING
from office.bulk import BULK
from office.digest_schedule import DigestSource
from office.listener import OfficeListener
from office.occurrences import OccurrenceSource
from office.starting import COMMANDS
from office.unit_functions import unit_functions
from storage import schema
from storage.calendars import working_calendar
from storage.database import Database
from storage.transactions import Work, reading, run_command
from web.letters import LetterWriter
from web.settings import Settings

T = TypeVar("T")


@dataclass(frozen=True)
class System:
    """What pages and commands act on. `due_sources` come by themselves; jobs are for workers.

    `gate` is held by whoever moves the virtual clock or ticks under it, so that what is due happens in order.
    """

    settings: Settings
    database: Database
    handlers: Mapping[str, Handler] = field(default_factory=dict)
    due_sources: Sequence[DueSource] = ()
    gate: RLock = field(default_factory=RLock)

    @property
    def is_virtual(self) -> bool:
        return self.settings.clock == "virtual"

    def now(self) -> datetime:
        """The business's time in UTC: the wall clock's, or the virtual clock's where there is one."""
        return clock.now(self.database) if self.is_virtual else clock.wall_clock()

    def calendar(self, work: Work) -> WorkingCalendar:
        return self.database.calendar(work)

    def run(self, command: Callable[[Work], T]) -> T:
        """One command in one transaction, replayed when somebody was first."""
        return run_command(self.database, command)

    def advance(self, by: timedelta) -> int:
        """Move the virtual clock; everything due has happened, in order, when it returns. How much it was."""
        with self.gate:
            return clock.advance(self.database, self.everything_due(), self.now() + by)

    def tick(self) -> int:
        """Do what is due now, jobs included, until nothing is; how much it was."""
        total = 0
        with self.gate:
            while done := tick(self.database, self.everything_due(), self.now()):
                total += done
        return total

    def is_anything_due(self) -> bool:
        now = self.now()
        with reading(self.database) as work:
            dues = [due for source in self.everything_due() if (due := source.next_at(work)) is not None]
        return any(due <= now for due in dues)

    def everything_due(self) -> Sequence[DueSource]:
        return (*self.due_sources, JobsDue(self.handlers))

    def close(self) -> None:
        self.database.close()


def build_system(settings: Settings) -> System:
    """The system these settings describe; nothing is started and no table is touched."""
    database = Database(
        settings.database,
        listeners=(OfficeListener(),),
        calendar=working_calendar,
        functions=unit_functions,
        sends_mail=settings.sends_mail,
    )

    def now() -> datetime:
        return clock.now(database)

    handlers = build_handlers(database, settings.others, now=now, writer=LetterWriter(settings.public_url))
    handlers[BATCHES] = batch_handler(database, {**COMMANDS, **BULK, **AMENDING, MIGRATE: migrate_item}, now)
    digests = (DigestSource(),) if settings.sends_mail else ()
    return System(settings, database, handlers, due_sources=(TimersDue(), OccurrenceSource(), *digests))


def open_system(settings: Settings, *, serving: bool = False) -> System:
    """The system with its tables in place and its clock running; an empty SQLite file gets its tables.

    A database that lives in virtual time is worked on in it, but `serving` it needs BANGIAO_CLOCK=virtual.
    Raises Invalid for that, and for a database of another version.
    """
    system = build_system(settings)
    try:
        _prepare_schema(system.database)
        if system.is_virtual:
            clock.start_virtual_clock(system.database, clock.wall_clock())
            return system
        with reading(system.database) as work:
            virtual = work.clocks.now() is not None
    except BaseException:
        system.close()
        raise
    if not virtual:
        return system
    if serving:
        system.close()
        raise Invalid(
            "Cơ sở dữ liệu này chạy đồng hồ ảo; đặt BANGIAO_CLOCK=virtual hoặc dùng cơ sở dữ liệu khác",
            "this database runs on a virtual clock; set BANGIAO_CLOCK=virtual or use another database",
        )
    return replace(system, settings=replace(settings, clock="virtual"))


def _prepare_schema(database: Database) -> None:
    if database.is_sqlite and schema.is_empty(database):
        schema.upgrade(database)
    if not schema.is_current(database):
        raise Invalid(
            "Cơ sở dữ liệu chưa đúng phiên bản; chạy: bangiao db upgrade",
            "the database is of another version; run: bangiao db upgrade",
        )


def current_system() -> System:
    return cast(System, current_app.extensions["bangiao"])
