"""Timers fire once each, in order, whoever ticks and however often."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from engine.due import JobsDue, TimersDue, tick
from engine.timers import enqueue_due
from storage.database import Database
from storage.transactions import reading, run_command
from tests.unit.engine.conftest import UNIT, Engine

AtOnce = Callable[[Sequence[Callable[[], Any]]], list[Any]]
START = {"unit": str(UNIT), "urged": 0}


def test_a_timer_fires_when_it_is_due_and_not_before(engine: Engine) -> None:
    case = engine.start("several", {"turns": 0})
    assert "chase" not in [task.element_id for task in engine.tasks(case)]
    engine.tick(timedelta(days=1, hours=23))
    assert "chase" not in [task.element_id for task in engine.tasks(case)]
    engine.tick(timedelta(hours=1))
    assert [task.element_id for task in engine.tasks(case)].count("chase") == 1


def test_a_cycle_fires_each_turn_and_lets_its_task_go_on(engine: Engine) -> None:
    case = engine.start("reminded", START)
    for _ in range(6):
        engine.tick(timedelta(days=1))
    assert engine.urged(case) == 3
    assert [task.element_id for task in engine.tasks(case)] == ["work"]
    assert engine.doubts() == []


def test_an_interrupting_timer_cancels_the_task(engine: Engine) -> None:
    case = engine.start("reminded", START)
    engine.tick(timedelta(days=11))
    assert engine.tasks(case) == []
    assert engine.instance(case).status == "completed"
    with reading(engine.database) as work:
        assert [task.state for task in work.user_tasks.of_instance(case)] == ["cancelled"]


def test_a_completed_task_takes_its_timers_along(engine: Engine) -> None:
    case = engine.start("reminded", START)
    engine.do(case, "work")
    assert engine.tick(timedelta(days=40)) == 0
    with reading(engine.database) as work:
        assert work.timers.of_instance(case) == []


def test_a_timer_cancelled_between_claim_and_firing_fires_nothing(engine: Engine) -> None:
    case = engine.start("reminded", START)
    engine.now += timedelta(days=1)
    assert run_command(engine.database, lambda work: enqueue_due(work, engine.now)) == 1
    engine.do(case, "work")
    engine.tick()
    assert engine.trace(case).count("count") == 0
    assert engine.instance(case).status == "completed"


def test_a_timer_that_is_always_due_stops_at_an_incident_though_time_goes_on(engine: Engine) -> None:
    case = engine.start("spinning")
    sources = [TimersDue(), JobsDue({})]
    for _ in range(105):
        engine.now += timedelta(seconds=1)
        tick(engine.database, sources, engine.now)
    assert engine.trace(case).count("wait") == 100
    assert engine.instance(case).open_incidents == 1
    assert engine.tick(timedelta(days=1)) == 0


def test_three_tickers_at_once_claim_each_timer_once(
    engine: Engine, another: Callable[[], Database], at_once: AtOnce
) -> None:
    cases = [engine.start("reminded", START) for _ in range(40)]
    engine.now += timedelta(days=1)
    databases = [another() for _ in range(3)]
    claimed = at_once([partial(TimersDue().run, database, engine.now) for database in databases])
    assert sum(claimed) == 40
    with reading(engine.database) as work:
        assert work.jobs.counts() == {"ready": 40}
    engine.tick()
    assert {engine.urged(case) for case in cases} == {1}
    assert engine.doubts() == []


def test_three_whole_engines_at_once_fire_each_timer_once(
    engine: Engine, another: Callable[[], Database], at_once: AtOnce
) -> None:
    cases = [engine.start("reminded", START) for _ in range(12)]
    engines = [Engine(another()) for _ in range(3)]
    for one in engines:
        one.now = engine.now + timedelta(days=1)
    at_once([one.tick for one in engines])
    assert {engine.urged(case) for case in cases} == {1}
    assert all(engine.trace(case).count("count") == 1 for case in cases)
    assert engine.doubts() == []
