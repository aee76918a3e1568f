"""The virtual clock moves to each due instant in turn; a year is over in seconds."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from domain.errors import Conflict
from engine.clock import advance, now, start_virtual_clock, wall_clock
from engine.due import DueSource, JobsDue, TimersDue
from engine.jobs import Job
from storage.database import Database
from storage.transactions import Work, reading
from tests.unit.engine.conftest import NOW, UNIT, Engine


class Once:
    """A due source with one instant, which remembers when it was run."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.run_at: list[datetime] = []

    def next_at(self, work: Work) -> datetime | None:
        return None if self.run_at else self.at

    def run(self, database: Database, now: datetime) -> int:
        if self.run_at or now < self.at:
            return 0
        self.run_at.append(now)
        return 1


def sources(engine: Engine, *more: DueSource) -> list[DueSource]:
    return [TimersDue(), JobsDue(engine.handlers), *more]


def test_without_a_virtual_clock_the_wall_counts(database: Database) -> None:
    assert abs(now(database) - wall_clock()) < timedelta(seconds=5)


def test_the_virtual_clock_is_the_same_for_everybody_and_never_goes_back(engine: Engine) -> None:
    assert start_virtual_clock(engine.database, NOW) == NOW
    assert start_virtual_clock(engine.database, NOW - timedelta(days=1)) == NOW
    advance(engine.database, [], NOW + timedelta(days=1))
    advance(engine.database, [], NOW)
    assert now(engine.database) == NOW + timedelta(days=1)


def test_each_instant_is_reached_in_turn(engine: Engine) -> None:
    start_virtual_clock(engine.database, NOW)
    case = engine.start("reminded", {"unit": str(UNIT), "urged": 0})
    between = Once(NOW + timedelta(days=1, hours=12))
    advance(engine.database, sources(engine, between), NOW + timedelta(days=2, hours=1))
    assert engine.urged(case) == 2
    assert between.run_at == [NOW + timedelta(days=1, hours=12)]
    with reading(engine.database) as work:
        counted = [step.ended_at for step in work.steps.of(case) if step.element_id == "count"]
    assert counted == [NOW + timedelta(days=1), NOW + timedelta(days=2)]


def test_jobs_a_timer_leads_to_are_done_before_time_goes_on(engine: Engine) -> None:
    start_virtual_clock(engine.database, NOW)
    told: list[datetime] = []

    def tell(job: Job) -> None:
        told.append(now(engine.database))

    engine.handlers["tell"] = tell
    engine.start("several", {"turns": 0})
    advance(engine.database, sources(engine), NOW + timedelta(days=3))
    assert told == [NOW]


def test_a_timer_that_is_always_due_is_an_incident_and_the_others_go_on(engine: Engine) -> None:
    start_virtual_clock(engine.database, NOW)
    spinning = engine.start("spinning")
    case = engine.start("reminded", {"unit": str(UNIT), "urged": 0})
    advance(engine.database, sources(engine), NOW + timedelta(days=2))
    assert engine.urged(case) == 2
    assert engine.trace(spinning).count("wait") == 100
    with reading(engine.database) as work:
        (incident,) = work.incidents.page()
    assert (incident.instance_id, incident.element_id, incident.kind) == (spinning, "wait", "loop")
    assert "“Chờ một ngày đã qua” lúc nào cũng đã đến hạn" in incident.message
    assert engine.doubts() == []


class Endless:
    """A due source that is never done."""

    def next_at(self, work: Work) -> datetime | None:
        return NOW

    def run(self, database: Database, now: datetime) -> int:
        return 1


def test_what_leads_to_more_at_the_same_instant_without_end_is_refused(engine: Engine) -> None:
    start_virtual_clock(engine.database, NOW)
    with pytest.raises(Conflict, match="sinh thêm việc"):
        advance(engine.database, [Endless()], NOW + timedelta(days=1))


def test_a_year_of_monthly_reports_opens_each_month_once(engine: Engine) -> None:
    begin = NOW.replace(month=1, day=1)
    start_virtual_clock(engine.database, begin)
    engine.now = begin
    engine.deploy("monthly")
    advance(engine.database, sources(engine), begin + timedelta(days=365))
    reports = engine.instances("monthly")
    assert sorted(one.started_at.month for one in reports) == list(range(1, 13))
    assert {(one.started_at.day, one.started_at.hour) for one in reports} == {(15, 1)}
