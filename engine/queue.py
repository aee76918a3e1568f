"""The queue port, and its adapter of threads on the same database.

The `job` row is the truth under every adapter: a queue only wakes workers, so a wake-up lost costs a moment, not a job.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from threading import Condition, Event, Lock, Thread
from typing import Protocol
from uuid import UUID

from domain.errors import Conflict
from engine.clock import now, wall_clock
from engine.jobs import LEASE, Clock, Handler, Job, claim_job, extend_lease, run_job
from storage.database import Database
from storage.transactions import DatabaseFailure, Work, reading, run_command

LOG = logging.getLogger(__name__)


class Queue(Protocol):
    """Gets jobs to workers, on one machine or on many."""

    def start(self) -> None:
        """Begin to work, and to be woken by commits."""
        ...

    def wake(self) -> None:
        """There may be a job."""
        ...

    def stop(self, patience: timedelta) -> None:
        """Take no more jobs and wait so long for those at hand."""
        ...


class ThreadQueue:
    """Workers as threads of this process. Woken after each commit that writes jobs; they look by themselves too,
    for jobs of other processes and for abandoned ones."""

    def __init__(
        self,
        database: Database,
        handlers: Mapping[str, Handler],
        *,
        threads: int = 4,
        look_every: timedelta = timedelta(seconds=1),
        wall: Clock = wall_clock,
    ) -> None:
        self._database = database
        self._handlers = handlers
        self._look_every = look_every.total_seconds()
        self._wall = wall
        self._name = f"{socket.gethostname()}:{os.getpid()}"
        self._woken = Condition()
        self._calls = 0
        self._stopping = Event()
        self._at_hand: dict[UUID, Job] = {}
        self._lock = Lock()
        self._threads = [Thread(target=self._serve, name=f"worker-{number}", daemon=True) for number in range(threads)]
        self._keeper = Thread(target=self._keep_leases, name="leases", daemon=True)

    def start(self) -> None:
        self._database.job_added = self._wake_after_commit
        for thread in (*self._threads, self._keeper):
            thread.start()

    def wake(self) -> None:
        with self._woken:
            self._calls += 1
            self._woken.notify()

    def stop(self, patience: timedelta = timedelta(seconds=10)) -> None:
        self._stopping.set()
        with self._woken:
            self._woken.notify_all()
        for thread in (*self._threads, self._keeper):
            thread.join(patience.total_seconds())

    def _wake_after_commit(self, work: Work) -> None:
        work.after_commit(self.wake)

    def _serve(self) -> None:
        while not self._stopping.is_set():
            seen = self._calls
            try:
                found = self._serve_one()
            except (DatabaseFailure, Conflict) as error:  # the database is away or busy: look again in a moment
                LOG.warning("worker: %s", error)
                found = False
            if not found:
                self._wait(seen)

    def _serve_one(self) -> bool:
        job = self._claim()
        if job is None:
            return False
        self.wake()  # where one job was, others may be: a chain instead of a crowd
        self._work_on(job)
        return True

    def _wait(self, seen: int) -> None:
        with self._woken:
            if self._calls == seen and not self._stopping.is_set():
                self._woken.wait(self._look_every)

    def _claim(self) -> Job | None:
        with reading(self._database) as work:
            if not work.jobs.is_waiting(self._wall()):
                return None
        return run_command(self._database, lambda work: claim_job(work, self._name, self._wall()))

    def _work_on(self, job: Job) -> None:
        with self._lock:
            self._at_hand[job.id] = job
        try:
            run_job(self._database, self._handlers, job, clock=lambda: now(self._database), wall=self._wall)
        finally:
            with self._lock:
                del self._at_hand[job.id]

    def _keep_leases(self) -> None:
        """A job may take longer than its lease as long as its worker lives."""
        while not self._stopping.wait(LEASE.total_seconds() / 3):
            with self._lock:
                jobs = list(self._at_hand.values())
            for job in jobs:
                self._extend(job)

    def _extend(self, job: Job) -> None:
        try:
            run_command(self._database, partial(extend_lease, job=job, wall=self._wall()))
        except (DatabaseFailure, Conflict) as error:
            LOG.warning("lease of job %s: %s", job.id, error)
