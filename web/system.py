"""Everything a process runs on, put together once: database, calendar, handlers, clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar, cast

from flask import current_app

from domain.calendars import WorkingCalendar
from engine import clock
from engine.due import DueSource, TimersDue
from engine.jobs import Handler
from storage.calendars import working_calendar
from storage.database import Database
from storage.transactions import Work, run_command
from web.settings import Settings

T = TypeVar("T")


@dataclass(frozen=True)
class System:
    """What pages and commands act on."""

    settings: Settings
    database: Database
    handlers: Mapping[str, Handler] = field(default_factory=dict)
    due_sources: Sequence[DueSource] = ()

    def now(self) -> datetime:
        """The business's time in UTC: the wall clock's, or the virtual clock's where there is one."""
        return clock.now(self.database) if self.settings.clock == "virtual" else clock.wall_clock()

    def calendar(self, work: Work) -> WorkingCalendar:
        return self.database.calendar(work)

    def run(self, command: Callable[[Work], T]) -> T:
        """One command in one transaction, replayed when somebody was first."""
        return run_command(self.database, command)

    def close(self) -> None:
        self.database.close()


def build_system(settings: Settings) -> System:
    """The system these settings describe; nothing is started and no table is touched."""
    database = Database(settings.database, calendar=working_calendar)
    return System(settings, database, due_sources=(TimersDue(),))


def current_system() -> System:
    return cast(System, current_app.extensions["bangiao"])
