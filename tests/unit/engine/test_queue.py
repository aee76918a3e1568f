"""The queue of threads and the ticker: what is due gets done soon, by one worker, in one process or in three."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Lock

import pytest

from engine.clock import now, start_virtual_clock
from engine.due import TimersDue
from engine.jobs import LEASE, Job
from engine.queue import ThreadQueue
from engine.ticker import Ticker
from storage.database import Database
from storage.transactions import reading, run_command
from tests.unit.engine.conftest import NOW, UNIT, Engine


def until(condition: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until it holds; fail when it does not in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.02)


class Counting:
    """A handler that counts how often each job was done."""

    def __init__(self) -> None:
        self.done: Counter[object] = Counter()
        self._lock = Lock()

    def __call__(self, job: Job) -> None:
        with self._lock:
            self.done[job.id] += 1


def test_a_job_is_done_right_after_the_commit(engine: Engine) -> None:
    mail = Counting()
    queue = ThreadQueue(engine.database, {"mail": mail}, threads=2, look_every=timedelta(seconds=60))
    queue.start()
    try:
        time.sleep(0.2)  # the workers have looked once and sleep for a minute
        case = engine.start("mailed", {"receiver": "a"})
        until(lambda: bool(engine.tasks(case)))
    finally:
        queue.stop()
    assert list(mail.done.values()) == [1]


def test_jobs_of_another_process_are_found_by_looking(engine: Engine, another: Callable[[], Database]) -> None:
    queue = ThreadQueue(another(), {"mail": Counting()}, threads=1, look_every=timedelta(milliseconds=50))
    queue.start()
    try:
        case = engine.start("mailed", {"receiver": "a"})
        until(lambda: bool(engine.tasks(case)))
    finally:
        queue.stop()


def test_a_long_job_keeps_its_lease_while_its_worker_lives(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.queue.LEASE", timedelta(milliseconds=60))  # how often leases are looked after
    wall, may_end = [NOW], Event()

    def mail(_job: Job) -> None:
        may_end.wait(60)

    queue = ThreadQueue(engine.database, {"mail": mail}, threads=1, wall=lambda: wall[0])

    def locked_until() -> datetime | None:
        with reading(engine.database) as work:
            return next((job.locked_until for job in work.jobs.page() if job.topic == "mail"), None)

    queue.start()
    try:
        engine.start("mailed", {"receiver": "a"})
        until(lambda: locked_until() == NOW + LEASE)
        wall[0] = NOW + LEASE - timedelta(seconds=1)
        until(lambda: locked_until() == wall[0] + LEASE)
    finally:
        may_end.set()
        queue.stop()


def test_forty_jobs_and_two_queues_do_each_once(engine: Engine, another: Callable[[], Database]) -> None:
    mail = Counting()
    queues = [ThreadQueue(another(), {"mail": mail}, threads=3) for _ in range(2)]
    cases = [engine.start("mailed", {"receiver": str(n)}) for n in range(40)]
    for queue in queues:
        queue.start()
    try:
        until(lambda: all(engine.tasks(case) for case in cases), 60)
    finally:
        for queue in queues:
            queue.stop()
    assert sorted(mail.done.values()) == [1] * 40
    assert engine.doubts() == []


def test_three_tickers_with_their_queues_fire_each_timer_once(engine: Engine, another: Callable[[], Database]) -> None:
    start_virtual_clock(engine.database, NOW)
    cases = [engine.start("reminded", {"unit": str(UNIT), "urged": 0}) for _ in range(15)]
    databases = [another() for _ in range(3)]
    queues = [ThreadQueue(database, {}, threads=2) for database in databases]
    tickers = [Ticker(database, [TimersDue()], every=timedelta(milliseconds=50)) for database in databases]
    for part in (*queues, *tickers):
        part.start()
    try:
        for day in range(1, 4):
            run_command(engine.database, lambda work, day=day: work.clocks.move(NOW + timedelta(days=day)))
            until(lambda day=day: all(engine.urged(case) == day for case in cases), 60)
    finally:
        for ticker in tickers:
            ticker.stop()
        for queue in queues:
            queue.stop()
    assert now(engine.database) == NOW + timedelta(days=3)
    assert all(engine.trace(case).count("count") == 3 for case in cases)
    with reading(engine.database) as work:
        assert work.jobs.counts() == {"done": 45}
    assert engine.doubts() == []
