"""kill -9 at any moment loses nothing and doubles nothing: not a job, not a completion, not a timer."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from domain.errors import TaskAlreadyCompleted
from engine.clock import advance, start_virtual_clock, wall_clock
from engine.due import JobsDue, TimersDue
from engine.jobs import LEASE, Job
from storage.database import Database
from storage.transactions import reading, run_command
from tests.unit.engine.conftest import NOW, Engine

ROOT = Path(__file__).parents[2]
PROCESS = Path(__file__).parent / "engine_process.py"


@contextmanager
def process(database: Database, what: str) -> Iterator[subprocess.Popen[str]]:
    """The process doing `what`; killed at the end at the latest."""
    running = subprocess.Popen(
        [sys.executable, str(PROCESS), database.url, what],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        yield running
    finally:
        running.kill()
        running.wait()
        assert running.stdout is not None
        running.stdout.close()


def hear(running: subprocess.Popen[str]) -> str:
    assert running.stdout is not None
    said = running.stdout.readline().strip()
    assert said, "the process ended without a word"
    return said


@pytest.fixture
def engine(database: Database) -> Engine:
    start_virtual_clock(database, NOW)
    return Engine(database)


def after_the_lease() -> JobsDue:
    """Jobs as a worker finds them once the killed one's lease has run out."""
    return JobsDue({"mail": lambda job: None}, wall=lambda: wall_clock() + LEASE + timedelta(seconds=1))


def test_a_worker_killed_at_its_job_leaves_it_to_the_next(engine: Engine) -> None:
    case = engine.start("mailed", {"receiver": "a"})
    with process(engine.database, "hold-job") as worker:
        begun = UUID(hear(worker))
    assert engine.tasks(case) == []
    assert engine.tick() == 0  # the lease is still on
    seen: list[Job] = []

    def mail(job: Job) -> None:
        seen.append(job)

    again = JobsDue({"mail": mail}, wall=lambda: wall_clock() + LEASE + timedelta(seconds=1))
    assert again.run(engine.database, NOW) == 1
    assert [(job.id, job.attempt) for job in seen] == [(begun, 2)]
    assert [task.element_id for task in engine.tasks(case)] == ["file"]
    assert engine.trace(case).count("mail") == 1
    assert engine.doubts() == []


def test_a_process_killed_inside_a_command_has_done_nothing(engine: Engine) -> None:
    case = engine.start("two_steps")
    with process(engine.database, "hold-command") as holding:
        assert hear(holding) == "flushed"
    assert [task.element_id for task in engine.tasks(case)] == ["draft"]
    assert engine.doubts() == []
    engine.do(case, "draft")
    assert engine.trace(case) == ["begin", "draft"]


def test_completions_are_whole_or_not_at_all_wherever_the_kill_falls(engine: Engine) -> None:
    cases = [engine.start("several", {"turns": 3}) for _ in range(25)]
    told: list[UUID] = []
    for round_ in range(3):
        with process(engine.database, "complete") as completing:
            for _ in range(5 + round_):
                told.append(UUID(hear(completing)))
            time.sleep(random.uniform(0, 0.05))
        assert engine.doubts() == []
    with reading(engine.database) as work:
        assert {work.user_tasks.get(id).state for id in told} == {"completed"}
    for id in told:
        with pytest.raises(TaskAlreadyCompleted):
            engine.complete(run_command(engine.database, lambda work, id=id: work.user_tasks.get(id)))
    for case in cases:
        trace = engine.trace(case)
        assert trace.count("left") <= 1
        assert trace.count("right") <= 1


def test_timers_fire_once_though_worker_and_ticker_are_killed_again_and_again(engine: Engine) -> None:
    cases = [engine.start("reminded", {"urged": 0}) for _ in range(30)]
    run_command(engine.database, lambda work: work.clocks.move(NOW + timedelta(days=1)))
    for _ in range(4):
        with process(engine.database, "work") as working:
            assert hear(working) == "working"
            time.sleep(random.uniform(0.05, 0.4))
    sources = [TimersDue(), after_the_lease()]
    advance(engine.database, sources, NOW + timedelta(days=1, minutes=1))
    assert [engine.urged(case) for case in cases] == [1] * 30
    advance(engine.database, sources, NOW + timedelta(days=5))
    assert [engine.urged(case) for case in cases] == [3] * 30
    assert engine.doubts() == []


@pytest.mark.long
def test_a_long_series_of_kills_leaves_everything_in_agreement(engine: Engine, another: Callable[[], Database]) -> None:
    start = {"receiver": "a", "turns": 2, "urged": 0}
    cases = {name: [engine.start(name, start) for _ in range(15)] for name in ("several", "mailed", "reminded")}
    for round_ in range(25):
        run_command(engine.database, lambda work, n=round_: work.clocks.move(NOW + timedelta(hours=6 * n)))
        with process(engine.database, "work"), process(engine.database, "complete"):
            time.sleep(random.uniform(0.3, 1.5))
        assert Engine(another()).doubts() == []
    with reading(engine.database) as work:
        for case in [case for each in cases.values() for case in each]:
            steps = work.steps.of(case)
            assert len({step.id for step in steps}) == len(steps)
            assert sum(step.element_id == "file" for step in steps) <= 1
