"""Everything a process runs on, put together once: database, calendar, handlers, clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from flask import current_app

from domain.calendars import WorkingCalendar
from storage.calendars import working_calendar
from storage.database import Database
from storage.transactions import Work, run_command
from web.settings import Settings

T = TypeVar("T")


def wall_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class System:
    """What pages and commands act on. `now()` is the wall clock's or the virtual clock's instant, in UTC."""

    settings: Settings
    database: Database
    now: Callable[[], datetime] = wall_clock
    calendar: Callable[[Work], WorkingCalendar] = working_calendar
    handlers: Mapping[str, Any] = field(default_factory=dict)
    due_sources: Sequence[Any] = ()

    def run(self, command: Callable[[Work], T]) -> T:
        """One command in one transaction, replayed when somebody was first."""
        return run_command(self.database, command)

    def close(self) -> None:
        self.database.close()


def current_system() -> System:
    return cast(System, current_app.extensions["bangiao"])
