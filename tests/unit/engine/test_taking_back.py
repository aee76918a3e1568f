"""A completion taken back: the case stands exactly as before, as long as nobody has begun what followed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.errors import BangiaoError, InstanceClosed, NotAllowed, TaskAlreadyCompleted
from domain.people import User
from engine.cases import InstanceSuspended
from engine.instances import suspend_instance, terminate_instance
from engine.mending import mend_and_retry
from engine.records import verify_chain
from engine.taking_back import CannotTakeBack, take_back_user_task
from engine.timers import enqueue_due
from engine.user_tasks import claim_user_task
from storage.tables import Completion, Incident, Person, UserTask
from storage.transactions import Work, reading, run_command
from tests.unit.engine.conftest import ADMINISTRATOR, HEAD, NOW, OFFICIAL, Engine
from tests.unit.engine.test_any_sequence import COMMANDS, DRAWINGS, START, VARIABLES, act, two_engines
from tests.unit.engine.test_cases import counting, rework

AtOnce = Callable[[Sequence[Callable[[], Any]]], list[Any]]


def take_back(engine: Engine, task: UserTask, user: User = ADMINISTRATOR) -> UserTask:
    return run_command(engine.database, lambda work: take_back_user_task(work, task.id, user, engine.now))


def state_of(engine: Engine, case: UUID) -> dict[str, Any]:
    """Everything that says where the case stands, to the last byte."""
    with reading(engine.database) as work:
        instance = work.instances.get(case)
        return {
            "head": instance.head,
            "tokens": sorted(tuple(row) for row in work.tokens.of(case)),
            "status": instance.status,
            "incidents": sorted(one.message for one in work.incidents.open_of_instance(case)),
            "counted": instance.open_incidents,
            "tasks": sorted(_task(task) for task in work.user_tasks.of_instance(case, only_open=True)),
            "timers": sorted((one.id, one.due_at, one.enqueued_at) for one in work.timers.of_instance(case)),
            "waiting": sorted(
                (one.id, one.name, one.correlation, one.created_at) for one in work.subscriptions.of_instance(case)
            ),
            "jobs": sorted((job.id, job.topic, job.state, job.attempt) for job in work.jobs.of_instance(case)),
            "under_way": sorted(work.steps.active(case).items()),
        }


def _task(task: UserTask) -> tuple[Any, ...]:
    return (task.id, task.element_id, task.state, task.assignee_id, task.due_at, task.closed_by, task.candidate_key)


def without_ids(engine: Engine, case: UUID) -> dict[str, Any]:
    """The same as far as chance gave no ids."""
    with reading(engine.database) as work:
        return {
            "variables": engine.variables(case),
            "status": work.instances.get(case).status,
            "tasks": sorted((task.element_id, str(task.unit_id), str(task.due_at)) for task in engine.tasks(case)),
            "timers": sorted((timer.element_id, timer.due_at) for timer in work.timers.of_instance(case)),
            "waiting": sorted((one.name, one.correlation or "") for one in work.subscriptions.of_instance(case)),
            "jobs": sorted((job.topic, job.state) for job in work.jobs.of_instance(case)),
            "incidents": sorted(one.message for one in work.incidents.open_of_instance(case)),
        }


def test_the_case_stands_as_before_and_goes_on_as_before(engine: Engine) -> None:
    case = engine.start("two_steps")
    task = engine.task(case, "draft")
    run_command(engine.database, lambda work: claim_user_task(work, task.id, OFFICIAL, engine.now))
    before = state_of(engine, case)
    engine.complete(task, {"text": "dự thảo"}, OFFICIAL)
    review = engine.task(case, "review")
    back = take_back(engine, task, OFFICIAL)
    assert state_of(engine, case) == before
    assert (back.state, back.assignee_id, back.closed_at, back.closed_by) == ("claimed", OFFICIAL.person_id, None, None)
    assert "text" not in engine.variables(case)
    with reading(engine.database) as work:
        assert work.user_tasks.get(review.id).state == "cancelled"
        assert [step.state for step in work.steps.of(case) if step.element_id == "review"] == ["cancelled"]
        assert [record.verb for record in work.records.of_instance(case)] == ["start", "claim", "complete", "take_back"]
        assert verify_chain(work, work.instances.get(case)) == []
    assert engine.doubts() == []
    engine.complete(task, {"text": "bản sửa"}, OFFICIAL)
    assert engine.task(case, "review").id != review.id
    assert engine.variables(case)["text"] == "bản sửa"
    engine.do(case, "review")
    assert engine.trace(case) == ["begin", "draft", "review", "done"]


def test_an_administrator_takes_back_on_behalf_and_nobody_else_may(engine: Engine) -> None:
    case = engine.start("two_steps")
    task = engine.task(case, "draft")
    engine.complete(task, user=OFFICIAL)
    with pytest.raises(NotAllowed):
        take_back(engine, task, HEAD)
    take_back(engine, task, ADMINISTRATOR)
    with reading(engine.database) as work:
        newest = work.records.newest_of(case)
    assert newest is not None
    assert (newest.person_id, newest.on_behalf_of) == (ADMINISTRATOR.person_id, OFFICIAL.person_id)


def test_what_somebody_has_claimed_stays_with_them(engine: Engine) -> None:
    def enter(work: Work) -> None:
        person = Person(id=HEAD.person_id, login="khoat", name="Trịnh Hữu Khoát", name_folded="", created_at=NOW)
        work.people.add(person)

    run_command(engine.database, enter)
    case = engine.start("two_steps")
    task = engine.task(case, "draft")
    engine.complete(task, user=OFFICIAL)
    review = engine.task(case, "review")
    run_command(engine.database, lambda work: claim_user_task(work, review.id, HEAD, engine.now))
    before = state_of(engine, case)
    with pytest.raises(CannotTakeBack, match=r"Trịnh Hữu Khoát đã nhận “.+”"):
        take_back(engine, task, OFFICIAL)
    assert state_of(engine, case) == before


def test_only_the_newest_completion_is_taken_back_and_only_once(engine: Engine) -> None:
    case = engine.start("rework", {"ok": False})
    first = engine.task(case, "write")
    engine.complete(first)
    second = engine.task(case, "write")
    engine.complete(second)
    with pytest.raises(CannotTakeBack, match="đã hoàn thành"):
        take_back(engine, first)
    take_back(engine, second)
    with pytest.raises(CannotTakeBack, match="đang mở"):
        take_back(engine, second)
    with pytest.raises(CannotTakeBack):
        take_back(engine, first)
    assert engine.doubts() == []


def test_an_ended_a_suspended_and_a_terminated_case_say_so(engine: Engine) -> None:
    case = engine.start("two_steps")
    engine.do(case, "draft")
    review = engine.task(case, "review")
    engine.complete(review)
    with pytest.raises(InstanceClosed):
        take_back(engine, review)
    for stop, error in ((suspend_instance, InstanceSuspended), (terminate_instance, InstanceClosed)):
        case = engine.start("two_steps")
        draft = engine.task(case, "draft")
        engine.complete(draft)
        opened = engine.task(case, "review")
        run_command(engine.database, partial(stop, instance_id=case, user=ADMINISTRATOR, now=engine.now))
        with pytest.raises(error):
            take_back(engine, draft)
    with pytest.raises(TaskAlreadyCompleted):
        take_back(engine, opened)
    with reading(engine.database) as work:
        assert list(work.session.query(Completion).filter_by(instance_id=case)) == []


def test_a_job_that_was_not_begun_is_cancelled_and_one_that_has_run_stands_in_the_way(engine: Engine) -> None:
    engine.handlers["tell"] = lambda job: {}
    case = engine.start("several", {"turns": 0})
    engine.tick()
    engine.do(case, "left")
    task = engine.task(case, "right")
    before = state_of(engine, case)
    engine.complete(task)  # closes a timer; opens two tasks, a timer and a job
    take_back(engine, task)
    assert state_of(engine, case) == before
    assert engine.doubts() == []
    assert engine.tick() == 0
    engine.complete(task)
    engine.tick()
    with pytest.raises(CannotTakeBack, match="“Thông báo” đã chạy"):
        take_back(engine, task)


def test_a_timer_that_was_due_meanwhile_fires_after_all(engine: Engine) -> None:
    engine.handlers["tell"] = lambda job: {}
    case = engine.start("several", {"turns": 0})
    engine.tick()
    task = engine.task(case, "right")
    engine.complete(task)
    engine.now += timedelta(days=3)
    take_back(engine, task)
    assert engine.tick() > 0
    assert [one.element_id for one in engine.tasks(case)].count("chase") == 1
    assert engine.doubts() == []


def _end(engine: Engine, job_id: UUID) -> None:
    def command(work: Work) -> None:
        work.jobs.get(job_id).state = "done"

    run_command(engine.database, command)


def test_a_timer_that_was_already_with_a_worker_fires_after_all(engine: Engine) -> None:
    case = engine.start("several", {"turns": 0})
    task = engine.task(case, "right")
    engine.now += timedelta(days=3)
    assert run_command(engine.database, lambda work: enqueue_due(work, engine.now)) == 1
    before = state_of(engine, case)
    engine.complete(task)
    engine.handlers["tell"] = lambda job: {}
    with reading(engine.database) as work:
        (firing,) = [job for job in work.jobs.of_instance(case) if job.timer_id is not None]
    _end(engine, firing.id)  # it fired nothing
    take_back(engine, task)
    assert state_of(engine, case) == before
    engine.tick()
    assert [one.element_id for one in engine.tasks(case)].count("chase") == 1
    assert engine.doubts() == []


def test_what_reached_another_case_cannot_be_undone(engine: Engine) -> None:
    case = engine.start("telling")
    task = engine.task(case, "write")
    before = state_of(engine, case)
    engine.complete(task)
    take_back(engine, task)  # nobody was there to hear it
    assert state_of(engine, case) == before
    engine.deploy("answering")
    engine.complete(task)
    with pytest.raises(CannotTakeBack, match="Đã báo sang hồ sơ “Trả lời yêu cầu”"):
        take_back(engine, task)


def test_of_a_receiver_who_claims_and_a_sender_who_takes_back_one_wins(engine: Engine, at_once: AtOnce) -> None:
    for _ in range(4):
        case = engine.start("two_steps")
        task = engine.task(case, "draft")
        engine.complete(task, user=OFFICIAL)
        review = engine.task(case, "review")

        def claim(review: UserTask = review) -> str:
            try:
                run_command(engine.database, lambda work: claim_user_task(work, review.id, HEAD, engine.now))
            except TaskAlreadyCompleted as error:
                return str(error)
            return "claimed"

        def back(task: UserTask = task) -> str:
            try:
                take_back(engine, task, OFFICIAL)
            except CannotTakeBack as error:
                return str(error)
            return "taken back"

        claimed, taken = at_once([claim, back])
        assert (claimed == "claimed") != (taken == "taken back"), (claimed, taken)
        assert "đã hủy" in claimed or "đã nhận" in taken
        assert engine.doubts() == []


def test_a_broken_run_that_a_completion_led_to_is_taken_back_with_its_incident(engine: Engine) -> None:
    case = engine.start("failing")
    task = engine.task(case, "enter")
    before = state_of(engine, case)
    engine.complete(task, {"total": 1, "parts": 0})
    assert engine.instance(case).open_incidents == 1
    take_back(engine, task)
    assert state_of(engine, case) == before
    with reading(engine.database) as work:
        assert [one.resolution for one in work.session.query(Incident).filter_by(instance_id=case)] == ["cancelled"]
    engine.complete(task, {"total": 6, "parts": 3})
    assert engine.variables(case)["share"] == 2


def test_what_others_did_in_the_case_since_stands_in_the_way(engine: Engine) -> None:
    case = engine.start("failing")
    task = engine.task(case, "enter")
    engine.complete(task, {"total": 1, "parts": 0})
    with reading(engine.database) as work:
        (incident,) = work.incidents.open_of_instance(case)
    run_command(
        engine.database,
        lambda work: mend_and_retry(work, incident.id, "parts", 2, ADMINISTRATOR, engine.now),
    )
    with pytest.raises(CannotTakeBack, match="thao tác khác"):
        take_back(engine, task)


@pytest.mark.parametrize("history", [5, 100])
def test_taking_back_takes_as_many_statements_however_long_the_history(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, history: int
) -> None:
    monkeypatch.setenv("BANGIAO_CHECK_STATE", "0")
    case = rework(engine, history)
    task = engine.task(case, "write")
    engine.complete(task)
    with counting(engine.database) as sent:
        take_back(engine, task)
    assert len(sent) <= 22, "\n".join(sent)


@given(
    drawing=st.sampled_from(DRAWINGS),
    commands=st.lists(COMMANDS, max_size=6),
    which=st.integers(0, 3),
    variables=VARIABLES,
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_came_before_a_completion_taken_back_leaves_the_same_state(
    sqlite_template: Path, drawing: str, commands: list[tuple[str, Any, Any]], which: int, variables: dict[str, Any]
) -> None:
    with two_engines(sqlite_template) as engines:
        for engine in engines:
            case = engine.start(drawing, START)
            for command in commands:
                act(engine, case, command)
            tasks = sorted(engine.tasks(case), key=lambda task: (task.element_id, str(task.unit_id)))
            if not tasks or engine.instance(case).status != "active":
                continue
            task = tasks[which % len(tasks)]
            before = state_of(engine, case)
            try:
                engine.complete(task, variables)
            except BangiaoError:
                continue
            after = without_ids(engine, case)
            if engine.instance(case).status != "active":
                continue
            take_back(engine, task)
            assert state_of(engine, case) == before
            assert engine.doubts() == []
            engine.complete(task, variables)
            assert without_ids(engine, case) == after
            assert engine.doubts() == []
