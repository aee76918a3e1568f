"""Jobs: done by handlers outside any transaction, repeated after a failure, never recorded twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.errors import BpmnError
from engine.incidents import resolve_incident, retry_incident
from engine.instances import resume_instance, suspend_instance
from engine.jobs import LEASE, Job, LeaseLost, back_off, claim_job, finish_job, run_job
from storage.tables import Incident
from storage.transactions import Work, reading, run_command
from tests.unit.engine.conftest import ADMINISTRATOR, NOW, Engine

WALL = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
TO = {"receiver": "phong@example.org"}


class Wall:
    """A wall clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = WALL

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def wall() -> Wall:
    return Wall()


def claim(engine: Engine, wall: Wall, worker: str = "w1") -> Job | None:
    return run_command(engine.database, lambda work: claim_job(work, worker, wall()))


def work_on(engine: Engine, wall: Wall, handler: Callable[[Job], Mapping[str, Any] | None]) -> Job:
    job = claim(engine, wall)
    assert job is not None
    run_job(engine.database, {"mail": handler}, job, clock=lambda: NOW, wall=wall)
    return job


def incidents(engine: Engine, case: UUID) -> list[Incident]:
    with reading(engine.database) as work:
        return list(work.incidents.open_of_instance(case))


def failing(job: Job) -> None:
    raise OSError("máy chủ thư không trả lời")


def test_a_handler_is_told_its_work_and_the_case_goes_on_with_its_result(engine: Engine, wall: Wall) -> None:
    case = engine.start("mailed", TO)
    seen: list[Job] = []

    def mail(job: Job) -> dict[str, Any]:
        seen.append(job)
        return {"at": "08:00"}

    work_on(engine, wall, mail)
    assert [(job.topic, job.payload, job.attempt, job.element_id) for job in seen] == [
        ("mail", {"to": "phong@example.org"}, 1, "mail")
    ]
    assert seen[0].instance_id == case
    assert engine.variables(case)["sent"] == {"at": "08:00"}
    assert [task.element_id for task in engine.tasks(case)] == ["file"]
    assert engine.doubts() == []


def test_nothing_is_claimed_twice(engine: Engine, wall: Wall) -> None:
    engine.start("mailed", TO)
    assert claim(engine, wall) is not None
    assert claim(engine, wall) is None


def test_a_failed_attempt_is_repeated_later_under_the_same_id(engine: Engine, wall: Wall) -> None:
    case = engine.start("mailed", TO)
    first = work_on(engine, wall, failing)
    assert claim(engine, wall) is None
    wall.now += back_off(1)
    second = work_on(engine, wall, lambda job: {})
    assert (second.id, second.attempt) == (first.id, 2)
    assert [task.element_id for task in engine.tasks(case)] == ["file"]


def test_after_the_last_attempt_it_is_an_incident_that_can_be_retried(engine: Engine, wall: Wall) -> None:
    case = engine.start("mailed", TO)
    for _ in range(3):
        work_on(engine, wall, failing)
        wall.now += timedelta(hours=2)
    (incident,) = incidents(engine, case)
    assert (incident.kind, incident.element_id) == ("job", "mail")
    assert incident.message == "máy chủ thư không trả lời"
    assert "OSError" in incident.detail
    assert engine.instance(case).open_incidents == 1
    assert claim(engine, wall) is None
    assert engine.doubts() == []
    run_command(engine.database, lambda work: retry_incident(work, incident.id, ADMINISTRATOR, NOW))
    assert engine.instance(case).open_incidents == 0
    work_on(engine, wall, lambda job: {})
    assert [task.element_id for task in engine.tasks(case)] == ["file"]
    assert engine.doubts() == []


def test_an_incident_can_be_settled_without_another_try(engine: Engine, wall: Wall) -> None:
    case = engine.start("mailed", TO)
    for _ in range(3):
        work_on(engine, wall, failing)
        wall.now += timedelta(hours=2)
    (incident,) = incidents(engine, case)
    run_command(
        engine.database, lambda work: resolve_incident(work, incident.id, ADMINISTRATOR, NOW, reason="đã gửi tay")
    )
    assert incidents(engine, case) == []
    assert claim(engine, wall) is None


def test_a_topic_without_a_handler_is_an_incident_at_once(engine: Engine, wall: Wall) -> None:
    case = engine.start("mailed", TO)
    job = claim(engine, wall)
    assert job is not None
    run_job(engine.database, {}, job, clock=lambda: NOW, wall=wall)
    (incident,) = incidents(engine, case)
    assert "mail" in incident.message


def test_a_business_error_goes_to_its_boundary_event(engine: Engine, wall: Wall) -> None:
    case = engine.start("mailed", TO)

    def bounce(job: Job) -> None:
        raise BpmnError("BOUNCED")

    work_on(engine, wall, bounce)
    assert [task.element_id for task in engine.tasks(case)] == ["call"]
    assert incidents(engine, case) == []
    assert engine.doubts() == []


def test_a_business_error_nobody_catches_is_an_incident(engine: Engine, wall: Wall) -> None:
    case = engine.start("mailed", TO)

    def other(job: Job) -> None:
        raise BpmnError("OTHER", "địa chỉ đã ngừng dùng")

    work_on(engine, wall, other)
    (incident,) = incidents(engine, case)
    assert (incident.kind, incident.message) == ("bpmn_error", "địa chỉ đã ngừng dùng")


def test_a_worker_whose_lease_ran_out_records_nothing(engine: Engine, wall: Wall) -> None:
    case = engine.start("mailed", TO)
    late = claim(engine, wall, "late")
    assert late is not None
    wall.now += LEASE + timedelta(seconds=1)
    second = claim(engine, wall, "second")
    assert second is not None
    assert (second.id, second.attempt) == (late.id, 2)
    with pytest.raises(LeaseLost):
        run_command(engine.database, lambda work: finish_job(work, late, {"by": "late"}, NOW))
    run_command(engine.database, lambda work: finish_job(work, second, {"by": "second"}, NOW))
    assert engine.variables(case)["sent"] == {"by": "second"}
    with pytest.raises(LeaseLost):
        run_command(engine.database, lambda work: finish_job(work, second, {"by": "again"}, NOW))


def test_a_job_that_kills_every_worker_becomes_an_incident(engine: Engine, wall: Wall) -> None:
    case = engine.start("mailed", TO)
    for _ in range(3):
        assert claim(engine, wall) is not None
        wall.now += LEASE + timedelta(seconds=1)
    assert claim(engine, wall) is None
    assert len(incidents(engine, case)) == 1


def test_a_result_that_comes_while_the_case_is_suspended_is_kept_for_later(engine: Engine, wall: Wall) -> None:
    case = engine.start("mailed", TO)
    job = claim(engine, wall)
    assert job is not None
    run_command(engine.database, lambda work: suspend_instance(work, case, ADMINISTRATOR, NOW))
    done: list[int] = []

    def mail(job: Job) -> dict[str, Any]:
        done.append(job.attempt)
        return {"at": "09:00"}

    run_job(engine.database, {"mail": mail}, job, clock=lambda: NOW, wall=wall)
    assert engine.tasks(case) == []
    assert claim(engine, wall) is None
    run_command(engine.database, lambda work: resume_instance(work, case, ADMINISTRATOR, NOW))
    work_on(engine, wall, mail)
    assert done == [1]
    assert engine.variables(case)["sent"] == {"at": "09:00"}


def test_a_job_written_tells_the_queue_inside_the_transaction(engine: Engine) -> None:
    told: list[bool] = []

    def added(work: Work) -> None:
        work.after_commit(lambda: told.append(True))

    engine.database.job_added = added
    engine.start("mailed", TO)
    assert told == [True]


def test_waiting_grows_threefold_up_to_an_hour() -> None:
    assert [back_off(n).total_seconds() for n in (1, 2, 3, 20)] == [10, 30, 90, 3600]
