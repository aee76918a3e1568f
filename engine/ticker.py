"""The ticker: once a second, what is due is run. Any number of them may tick at once; the rows decide."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from engine.clock import now
from engine.due import DueSource, tick
from storage.database import Database


class Ticker:
    """One tick job on a scheduler of its own."""

    def __init__(
        self, database: Database, sources: Sequence[DueSource], *, every: timedelta = timedelta(seconds=1)
    ) -> None:
        self._database = database
        self._sources = tuple(sources)
        logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)  # a skipped tick is no news
        self._scheduler = BackgroundScheduler(timezone="UTC")
        self._scheduler.add_job(
            self.tick,
            "interval",
            seconds=every.total_seconds(),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        self._scheduler.start()

    def tick(self) -> int:
        """Run what is due now; how much."""
        return tick(self._database, self._sources, now(self._database))

    def stop(self) -> None:
        """Wait for a tick under way, then tick no more."""
        self._scheduler.shutdown(wait=True)
