"""What runs beside the pages: the ticker and the workers of one process.

Under the virtual clock there are no worker threads: one gated tick does timers and jobs in order, five times a second.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from engine.clock import wall_clock
from engine.queue import Queue, ThreadQueue
from engine.ticker import Ticker
from storage.transactions import run_command
from web.system import System

VIRTUAL_TICK = timedelta(milliseconds=200)
ANSWERS_KEPT = timedelta(days=7)  # for a call that comes again with its Idempotency-Key
PATIENCE = timedelta(seconds=10)


class GatedTicker(Ticker):
    """Does what is due, jobs included, unless somebody is just moving the virtual clock."""

    def __init__(self, system: System) -> None:
        super().__init__(system.database, (), every=VIRTUAL_TICK)
        self._system = system

    def tick(self) -> int:
        if not self._system.is_anything_due() or not self._system.gate.acquire(blocking=False):
            return 0
        try:
            return self._system.tick()
        finally:
            self._system.gate.release()


class Service:
    """Starts and stops what was asked for, in order."""

    def __init__(self, system: System, *, ticks: bool = True, works: bool = True) -> None:
        self._system = system
        self._queue: Queue | None = queue_of(system) if works and not system.is_virtual else None
        self._ticker = ticker_of(system) if ticks or (works and system.is_virtual) else None
        self._stops: list[Callable[[], None]] = []

    def start(self) -> None:
        forgotten = wall_clock() - ANSWERS_KEPT
        run_command(self._system.database, lambda work: work.idempotency.forget_before(forgotten))
        if self._queue is not None:
            queue = self._queue
            queue.start()
            self._stops.append(lambda: queue.stop(PATIENCE))
        if self._ticker is not None:
            self._ticker.start()
            self._stops.append(self._ticker.stop)

    def stop(self) -> None:
        """Let what is under way come to its end, then tick and work no more."""
        while self._stops:
            self._stops.pop()()


def ticker_of(system: System) -> Ticker:
    return GatedTicker(system) if system.is_virtual else Ticker(system.database, system.due_sources)


def queue_of(system: System) -> Queue:
    """The adapter the settings name."""
    return ThreadQueue(system.database, system.handlers)
