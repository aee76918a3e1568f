"""Offering, claiming and completing: who may, once, and on whose behalf."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.errors import NotAllowed, TaskAlreadyCompleted
from domain.people import candidate_key
from engine.cases import InstanceSuspended
from engine.instances import suspend_instance
from engine.user_tasks import (
    TaskTaken,
    assign_user_task,
    claim_user_task,
    complete_user_task,
    delegate_user_task,
    release_user_task,
)
from storage.database import Database
from storage.transactions import reading, run_command
from tests.unit.engine.conftest import ADMINISTRATOR, HEAD, NOW, OFFICIAL, UNIT, Engine, somebody

AtOnce = Callable[[Sequence[Callable[[], Any]]], list[Any]]
WITH_UNIT = {"unit": str(UNIT)}


def test_a_task_is_offered_to_a_role_in_a_unit(engine: Engine) -> None:
    (task,) = engine.tasks(engine.start("two_steps", WITH_UNIT))
    assert task.candidate_key == candidate_key(UNIT, "official")
    assert (task.unit_id, task.role, task.purpose, task.state) == (UNIT, "official", "draft", "created")
    assert task.due_at == datetime(2026, 3, 5, 10, 0, tzinfo=UTC)


def test_completing_leads_to_the_next_task(engine: Engine) -> None:
    case = engine.start("two_steps", WITH_UNIT)
    done = engine.complete(engine.task(case, "draft"), {"text": "dự thảo"}, OFFICIAL)
    assert (done.state, done.closed_by, done.on_behalf_of) == ("completed", OFFICIAL.person_id, None)
    (review,) = engine.tasks(case)
    assert review.candidate_key == candidate_key(UNIT, "head")
    assert engine.variables(case)["text"] == "dự thảo"


def test_the_last_task_ends_the_case(engine: Engine) -> None:
    case = engine.start("two_steps", WITH_UNIT)
    engine.do(case, "draft")
    engine.do(case, "review")
    assert engine.instance(case).status == "completed"
    assert engine.instance(case).ended_at == NOW
    assert engine.trace(case) == ["begin", "draft", "review", "done"]
    assert engine.doubts() == []


def test_a_second_completion_is_told_so(engine: Engine) -> None:
    case = engine.start("two_steps", WITH_UNIT)
    task = engine.task(case, "draft")
    engine.complete(task)
    with pytest.raises(TaskAlreadyCompleted):
        engine.complete(task)
    assert engine.trace(case).count("draft") == 1


def test_a_double_click_completes_once(engine: Engine, at_once: AtOnce) -> None:
    case = engine.start("two_steps", WITH_UNIT)
    task = engine.task(case, "draft")

    def click() -> str:
        try:
            engine.complete(task)
        except TaskAlreadyCompleted:
            return "already"
        return "done"

    assert sorted(at_once([click] * 4)) == ["already", "already", "already", "done"]
    assert engine.trace(case) == ["begin", "draft"]
    assert len(engine.tasks(case)) == 1
    assert engine.doubts() == []


def test_thirty_threads_completing_thirty_tasks_lose_nothing(engine: Engine, at_once: AtOnce) -> None:
    units = [str(uuid4()) for _ in range(30)]
    case = engine.start("answers", {"units": units, **WITH_UNIT})
    tasks = engine.tasks(case)
    assert {str(task.unit_id) for task in tasks} == set(units)
    at_once([partial(engine.complete, task, {"said": str(task.unit_id)}) for task in tasks])
    assert sorted(answer["said"] for answer in engine.variables(case)["answers"]) == sorted(units)
    assert [task.element_id for task in engine.tasks(case)] == ["consolidate"]
    assert engine.trace(case).count("answer") >= 30
    assert engine.doubts() == []


def test_thirty_from_two_processes_lose_nothing(
    engine: Engine, another: Callable[[], Database], at_once: AtOnce
) -> None:
    units = [str(uuid4()) for _ in range(10)]
    case = engine.start("answers", {"units": units, **WITH_UNIT})
    others = [engine, Engine(another())]
    at_once([partial(others[n % 2].complete, task, {"said": n}) for n, task in enumerate(engine.tasks(case))])
    assert sorted(answer["said"] for answer in engine.variables(case)["answers"]) == list(range(10))
    assert engine.doubts() == []


def test_strangers_may_not(engine: Engine) -> None:
    task = engine.task(engine.start("two_steps", WITH_UNIT), "draft")
    for stranger in (somebody("official", uuid4()), HEAD):
        with pytest.raises(NotAllowed):
            engine.complete(task, user=stranger)
    with pytest.raises(NotAllowed):
        run_command(engine.database, lambda work: claim_user_task(work, task.id, HEAD, NOW))


def test_what_one_has_claimed_another_may_not_complete(engine: Engine) -> None:
    task = engine.task(engine.start("two_steps", WITH_UNIT), "draft")
    colleague = somebody("official")
    run_command(engine.database, lambda work: claim_user_task(work, task.id, OFFICIAL, NOW))
    with pytest.raises(TaskTaken):
        run_command(engine.database, lambda work: claim_user_task(work, task.id, colleague, NOW))
    with pytest.raises(NotAllowed):
        engine.complete(task, user=colleague)
    engine.complete(task, user=OFFICIAL)


def test_a_released_task_is_offered_again(engine: Engine) -> None:
    task = engine.task(engine.start("two_steps", WITH_UNIT), "draft")
    run_command(engine.database, lambda work: claim_user_task(work, task.id, OFFICIAL, NOW))
    released = run_command(engine.database, lambda work: release_user_task(work, task.id, OFFICIAL, NOW))
    assert (released.state, released.assignee_id) == ("created", None)


def test_the_head_assigns_and_the_assignee_delegates(engine: Engine) -> None:
    case = engine.start("two_steps", WITH_UNIT)
    task = engine.task(case, "draft")
    first, second = somebody("official"), somebody("official")
    run_command(engine.database, lambda work: assign_user_task(work, task.id, first.person_id, HEAD, NOW))
    handed = run_command(engine.database, lambda work: delegate_user_task(work, task.id, second.person_id, first, NOW))
    assert (handed.assignee_id, handed.delegated_by) == (second.person_id, first.person_id)
    with pytest.raises(NotAllowed):
        run_command(engine.database, lambda work: assign_user_task(work, task.id, first.person_id, second, NOW))
    engine.complete(task, user=second)
    with reading(engine.database) as work:
        assert [record.verb for record in work.records.of_instance(case)] == [
            "start",
            "assign",
            "delegate",
            "complete",
        ]


def test_a_stand_in_acts_on_behalf_of_the_absent(engine: Engine) -> None:
    absent = uuid4()
    stand_in = somebody("official", uuid4(), stood_in_keys={candidate_key(UNIT, "official"): absent})
    done = engine.complete(engine.task(engine.start("two_steps", WITH_UNIT), "draft"), user=stand_in)
    assert (done.closed_by, done.on_behalf_of) == (stand_in.person_id, absent)


def test_an_administrator_acts_for_the_assignee_or_the_unit(engine: Engine) -> None:
    case = engine.start("two_steps", WITH_UNIT)
    task = engine.task(case, "draft")
    run_command(engine.database, lambda work: claim_user_task(work, task.id, OFFICIAL, NOW))
    assert engine.complete(task, user=ADMINISTRATOR).on_behalf_of == OFFICIAL.person_id
    assert engine.complete(engine.task(case, "review"), user=ADMINISTRATOR).on_behalf_of == UNIT
    with reading(engine.database) as work:
        steps = {step.element_id: step for step in work.steps.of(case)}
        records = work.records.of_instance(case)
    assert (steps["draft"].by, steps["draft"].on_behalf_of) == (ADMINISTRATOR.person_id, OFFICIAL.person_id)
    assert records[-1].on_behalf_of == UNIT


def test_a_task_without_unit_is_the_administrators(engine: Engine) -> None:
    task = engine.task(engine.start("failing"), "enter")
    assert task.candidate_key is None
    with pytest.raises(NotAllowed):
        engine.complete(task, user=OFFICIAL)


def test_in_a_suspended_case_nothing_is_completed(engine: Engine) -> None:
    case = engine.start("two_steps", WITH_UNIT)
    run_command(engine.database, lambda work: suspend_instance(work, case, ADMINISTRATOR, NOW))
    with pytest.raises(InstanceSuspended):
        engine.do(case, "draft")


def test_a_refused_completion_changes_nothing(engine: Engine) -> None:
    case = engine.start("two_steps", WITH_UNIT)
    task = engine.task(case, "draft")

    def refused(work: Any) -> None:
        complete_user_task(work, task.id, ADMINISTRATOR, {"text": "x"}, NOW)
        raise NotAllowed("không", "no")

    with pytest.raises(NotAllowed):
        run_command(engine.database, refused)
    assert [one.element_id for one in engine.tasks(case)] == ["draft"]
    engine.do(case, "draft", {"text": "y"})
    assert engine.variables(case)["text"] == "y"
    assert engine.doubts() == []


def test_tasks_know_their_units_as_text_or_id(engine: Engine) -> None:
    task = engine.task(engine.start("two_steps", {"unit": "no unit at all"}), "draft")
    assert (task.unit_id, task.candidate_key) == (None, None)
    assert isinstance(engine.task(engine.start("two_steps", {"unit": UNIT}), "draft").unit_id, UUID)
