"""What becomes due by itself: timers, jobs, and further sources the rooms above add."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from engine.clock import wall_clock
from engine.jobs import Clock, Handler, Job, claim_job, run_job
from engine.timers import TimersDue
from storage.database import Database
from storage.transactions import Work, reading, run_command

__all__ = ["DueSource", "JobsDue", "TimersDue", "tick"]


class DueSource(Protocol):
    """Something that falls due. Two runs at once, in whatever processes, must be harmless."""

    def next_at(self, work: Work) -> datetime | None:
        """When the next of it is due (UTC); None when nothing is ahead."""
        ...

    def run(self, database: Database, now: datetime) -> int:
        """Do what is due at `now` (UTC); how much it was."""
        ...


class JobsDue:
    """Jobs as a due source, done in the caller's thread: for the virtual clock, `bangiao tick` and simulations.

    Jobs that wait for a later try by the wall clock are not due.
    """

    def __init__(self, handlers: Mapping[str, Handler], *, worker: str = "clock", wall: Clock = wall_clock) -> None:
        self._handlers = handlers
        self._worker = worker
        self._wall = wall

    def next_at(self, work: Work) -> datetime | None:
        """When the oldest unfinished job came up; also while another worker is at it."""
        return work.jobs.oldest_unfinished(self._wall())

    def run(self, database: Database, now: datetime) -> int:
        """Do every job that is ready; how many."""
        done = 0
        while (job := self._claim(database)) is not None:
            run_job(database, self._handlers, job, clock=lambda: now, wall=self._wall)
            done += 1
        return done

    def _claim(self, database: Database) -> Job | None:
        with reading(database) as work:
            if not work.jobs.is_waiting(self._wall()):
                return None
        return run_command(database, lambda work: claim_job(work, self._worker, self._wall()))


def tick(database: Database, sources: Sequence[DueSource], now: datetime) -> int:
    """Run every source once, in order; how much was due."""
    return sum(source.run(database, now) for source in sources)
