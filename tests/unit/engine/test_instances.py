"""Starting, suspending, resuming, terminating; and what listeners are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from domain.errors import InstanceClosed, Invalid, NotAllowed, NotFound
from engine.instances import resume_instance, start_instance, suspend_instance, terminate_instance
from engine.messages import publish_message
from storage.database import Database
from storage.tables import Completion, Instance, UserTask
from storage.transactions import Work, reading, run_command
from tests.unit.engine.conftest import ADMINISTRATOR, NOW, OFFICIAL, UNIT, Engine


def suspend(engine: Engine, case: Any) -> None:
    run_command(engine.database, lambda work: suspend_instance(work, case, ADMINISTRATOR, NOW, reason="chờ ý kiến"))


def resume(engine: Engine, case: Any) -> None:
    run_command(engine.database, lambda work: resume_instance(work, case, ADMINISTRATOR, NOW))


def terminate(engine: Engine, case: Any) -> None:
    run_command(
        engine.database, lambda work: terminate_instance(work, case, ADMINISTRATOR, NOW, reason="rút khỏi kế hoạch")
    )


def test_a_case_starts_with_its_variables_and_runs_to_its_first_wait(engine: Engine) -> None:
    case = engine.start("two_steps", {"unit": str(UNIT), "n": 3}, business_key="KH-7", title="Việc đầu tiên")
    started = engine.instance(case)
    assert (started.status, started.business_key, started.title) == ("active", "KH-7", "Việc đầu tiên")
    assert started.title_folded == "viec dau tien"
    assert engine.variables(case)["n"] == 3
    assert engine.trace(case) == ["begin"]


def test_unknown_definitions_and_processes_are_refused(engine: Engine) -> None:
    engine.deploy("two_steps")
    with pytest.raises(NotFound):
        run_command(engine.database, lambda work: start_instance(work, "none", {}, now=NOW))
    with pytest.raises(NotFound):
        run_command(engine.database, lambda work: start_instance(work, "two_steps", {}, version=9, now=NOW))
    with pytest.raises(Invalid):
        run_command(engine.database, lambda work: start_instance(work, "two_steps", {}, process_id="x", now=NOW))


def test_not_everybody_starts_cases(engine: Engine) -> None:
    engine.deploy("two_steps")
    with pytest.raises(NotAllowed):
        run_command(engine.database, lambda work: start_instance(work, "two_steps", {}, user=OFFICIAL, now=NOW))


def test_a_suspended_case_does_not_move(engine: Engine) -> None:
    case = engine.start("reminded", {"unit": str(UNIT), "urged": 0})
    suspend(engine, case)
    assert engine.instance(case).status == "suspended"
    assert engine.tick(timedelta(days=2)) == 0
    resume(engine, case)
    assert engine.tick() > 0
    assert engine.urged(case) >= 1
    assert engine.doubts() == []


def test_a_suspended_case_receives_no_message(engine: Engine) -> None:
    case = engine.start("awaiting", {"number": "12"})
    suspend(engine, case)
    assert run_command(engine.database, lambda work: publish_message(work, "reply", "12", {}, NOW)) == 0
    resume(engine, case)
    assert run_command(engine.database, lambda work: publish_message(work, "reply", "12", {}, NOW)) == 1


def test_suspending_twice_is_once(engine: Engine) -> None:
    case = engine.start("two_steps")
    suspend(engine, case)
    suspend(engine, case)
    with reading(engine.database) as work:
        assert [record.verb for record in work.records.of_instance(case)] == ["start", "suspend"]


def test_terminating_cancels_everything_open(engine: Engine) -> None:
    case = engine.start("several", {"turns": 0})
    terminate(engine, case)
    assert engine.instance(case).status == "terminated"
    assert engine.tasks(case) == []
    with reading(engine.database) as work:
        assert work.timers.of_instance(case) == []
        assert work.jobs.of_instance(case) == []
        assert {step.state for step in work.steps.of(case)} == {"completed", "cancelled"}
        assert {task.state for task in work.user_tasks.of_instance(case)} == {"cancelled"}
    assert engine.tick(timedelta(days=30)) == 0
    terminate(engine, case)
    with pytest.raises(InstanceClosed):
        suspend(engine, case)


def test_a_suspended_case_can_be_terminated(engine: Engine) -> None:
    case = engine.start("two_steps")
    suspend(engine, case)
    terminate(engine, case)
    assert engine.instance(case).status == "terminated"


def test_listing_by_definition_and_status(engine: Engine) -> None:
    first, second = engine.start("two_steps"), engine.start("two_steps")
    engine.start("failing")
    terminate(engine, first)
    with reading(engine.database) as work:
        assert [one.id for one in work.instances.page(definition_key="two_steps", status="active")] == [second]
        assert [one.id for one in work.instances.page(status="terminated")] == [first]
        everything = [one.id for one in work.instances.page()]
        paged = [one.id for one in work.instances.page(limit=1)]
        paged += [one.id for one in work.instances.page(after=paged[0])]
    assert paged == everything


class Remembering:
    """A listener that writes down what it is told."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str, Mapping[str, Any]]] = []

    def task_opened(self, work: Work, task: UserTask, variables: Mapping[str, Any], now: datetime) -> None:
        self.heard.append(("opened", task.element_id, variables))

    def task_closed(self, work: Work, task: UserTask, variables: Mapping[str, Any], now: datetime) -> None:
        self.heard.append((task.state, task.element_id, variables))

    def task_taken_back(
        self, work: Work, task: UserTask, completion: Completion, cancelled: Sequence[UserTask], now: datetime
    ) -> None:
        self.heard.append(("taken back", task.element_id, {}))

    def instance_ended(self, work: Work, instance: Instance, variables: Mapping[str, Any], now: datetime) -> None:
        self.heard.append((instance.status, instance.process_id, variables))


def test_listeners_hear_of_tasks_and_ends_in_order(database_url: str) -> None:
    listener = Remembering()
    database = Database(database_url, listeners=[listener])
    engine = Engine(database)
    case = engine.start("two_steps", {"unit": str(UNIT), "title": "x"})
    engine.do(case, "draft", {"text": "dự thảo"})
    engine.do(case, "review", {"agreed": True})
    heard = [(what, element) for what, element, _ in listener.heard]
    assert heard == [
        ("opened", "draft"),
        ("completed", "draft"),
        ("opened", "review"),
        ("completed", "review"),
        ("completed", "two_steps"),
    ]
    variables = [values for _, _, values in listener.heard]
    assert variables[0]["title"] == "x"
    assert variables[1] == {"text": "dự thảo"}
    assert variables[2]["text"] == "dự thảo"
    assert variables[4]["agreed"] is True
    other = engine.start("two_steps")
    terminate(engine, other)
    assert (listener.heard[-2][0], listener.heard[-2][2]) == ("cancelled", {})
    assert listener.heard[-1][0] == "terminated"
    database.close()


def test_an_unknown_case_is_not_found(engine: Engine) -> None:
    with pytest.raises(NotFound):
        suspend(engine, uuid4())
