"""For any sequence of commands: a case saved and restored after each is the case that was kept in memory."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.errors import BpmnError, Conflict
from engine.incidents import retry_incident
from engine.instances import resume_instance, suspend_instance
from engine.jobs import Job
from engine.messages import publish_message, publish_signal
from storage.database import Database
from storage.transactions import reading, run_command
from tests.unit.engine.conftest import ADMINISTRATOR, Engine

DRAWINGS = ("several", "answers", "reminded", "mailed", "failing", "rework", "two_steps", "asking", "awaiting")
START = {
    "turns": 0,
    "urged": 0,
    "units": ["00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"],
    "receiver": "x",
    "ok": False,
    "number": "7",
}
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.text("aăđ ~", max_size=3),
    st.lists(st.integers(0, 2), max_size=2),
    st.dictionaries(st.sampled_from(["a", "~d", "ô"]), st.integers(0, 2), max_size=2),
)
VARIABLES = st.dictionaries(st.sampled_from(["x", "ok", "total", "parts", "y"]), VALUES, max_size=3)
COMMANDS = st.one_of(
    st.tuples(st.just("complete"), st.integers(0, 3), VARIABLES),
    st.tuples(st.just("complete"), st.integers(0, 3), VARIABLES),
    st.tuples(st.just("tick"), st.integers(0, 60), st.sampled_from(["fine", "error", "crash"])),
    st.tuples(st.just("message"), st.sampled_from(["7", "8", None]), VARIABLES),
    st.tuples(st.just("signal"), st.just(0), VARIABLES),
    st.tuples(st.just("suspend"), st.just(0), st.just(0)),
    st.tuples(st.just("resume"), st.just(0), st.just(0)),
    st.tuples(st.just("retry"), st.just(0), st.just(0)),
)


@contextmanager
def two_engines(template: Path) -> Iterator[tuple[Engine, Engine]]:
    """One keeps its cases in memory, the other reads them back from the rows before each command."""
    with TemporaryDirectory() as folder:
        databases = []
        for name, kept in (("kept", 256), ("restored", 0)):
            path = Path(folder) / f"{name}.sqlite"
            shutil.copy(template, path)
            databases.append(Database(f"sqlite:///{path}", cached_cases=kept))
        yield Engine(databases[0]), Engine(databases[1])
        for database in databases:
            database.close()


def handlers(how: str) -> Mapping[str, Any]:
    def handle(job: Job) -> dict[str, Any]:
        if how == "error":
            raise BpmnError("BOUNCED")
        if how == "crash":
            raise OSError("hỏng")
        return {"done": [1, {"a": 2}]}

    return {"tell": handle, "mail": handle}


def act(engine: Engine, case: UUID, command: tuple[str, Any, Any]) -> str:
    """Do it; a refusal is an outcome like any other."""
    verb, first, second = command
    try:
        if verb == "complete":
            tasks = sorted(engine.tasks(case), key=lambda task: (task.element_id, str(task.unit_id)))
            if tasks:
                engine.complete(tasks[first % len(tasks)], second)
        elif verb == "tick":
            engine.handlers = dict(handlers(second))
            engine.tick(timedelta(hours=first))
        elif verb == "message":
            send = first, second
            run_command(engine.database, lambda work: publish_message(work, "reply", *send, engine.now))
        elif verb == "signal":
            run_command(engine.database, lambda work: publish_signal(work, "alarm", second, engine.now))
        elif verb == "retry":
            with reading(engine.database) as work:
                open_ones = work.incidents.open_of_instance(case)
            for one in open_ones:
                run_command(engine.database, lambda work, id=one.id: retry_incident(work, id, None, engine.now))
        else:
            change = suspend_instance if verb == "suspend" else resume_instance
            run_command(engine.database, lambda work: change(work, case, ADMINISTRATOR, engine.now))
    except Conflict as error:
        return type(error).__name__
    return "done"


def seen(engine: Engine, case: UUID) -> dict[str, Any]:
    """All that can be seen of a case, without the ids that chance gave."""
    with reading(engine.database) as work:
        instance = work.instances.get(case)
        steps = sorted((step.element_id, step.state, step.started_at, step.scope or "") for step in work.steps.of(case))
        return {
            "status": instance.status,
            "incidents": sorted(one.message for one in work.incidents.open_of_instance(case)),
            "variables": dict(engine.variables(case)),
            "tasks": sorted((task.element_id, str(task.unit_id)) for task in engine.tasks(case)),
            "timers": sorted((timer.element_id, timer.due_at) for timer in work.timers.of_instance(case)),
            "waiting": sorted((one.name, one.correlation or "") for one in work.subscriptions.of_instance(case)),
            "jobs": sorted((job.topic, job.state) for job in work.jobs.of_instance(case)),
            "steps": steps,
        }


@given(drawing=st.sampled_from(DRAWINGS), commands=st.lists(COMMANDS, max_size=10))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_saved_and_restored_after_each_command_is_as_if_never_saved(
    sqlite_template: Path, drawing: str, commands: list[tuple[str, Any, Any]]
) -> None:
    with two_engines(sqlite_template) as (kept, restored):
        cases = [engine.start(drawing, START) for engine in (kept, restored)]
        assert seen(kept, cases[0]) == seen(restored, cases[1])
        for command in commands:
            assert act(kept, cases[0], command) == act(restored, cases[1], command)
            assert seen(kept, cases[0]) == seen(restored, cases[1])
        assert kept.doubts() == []
        assert restored.doubts() == []
