"""The same models with everything around the kernel: rows, router, timers as jobs, the virtual clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.people import Post, User
from engine.clock import advance, now, start_virtual_clock
from engine.definitions import deploy
from engine.due import JobsDue, TimersDue
from engine.history import history
from engine.instances import start_instance
from engine.messages import publish_message, publish_signal
from engine.reconcile import reconcile
from engine.user_tasks import complete_user_task
from storage.database import Database
from storage.transactions import Work, reading, run_command
from tests.conformance.test_kernel import MODELS, NOT_MET, cases, load

BEGINNING = datetime(2026, 3, 2, 1, tzinfo=UTC)
ADMINISTRATOR = User(uuid4(), "quan-tri", "Người thử", posts=(Post(uuid4(), "administrator"),))

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")


class Engine:
    """The adapter's few functions over the engine."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.sources = [TimersDue(), JobsDue({})]

    def deploy(self, xml: str) -> str:
        key = f"c{uuid4().hex}"
        sent = xml.encode()
        return run_command(self.database, lambda work: deploy(work, sent, key=key, now=now(self.database)).key)

    def start(self, key: str, variables: Mapping[str, Any], process: str | None = None) -> UUID:
        return self._do(lambda work, at: start_instance(work, key, variables, process_id=process, now=at).id)

    def tasks(self, instance_id: UUID) -> list[dict[str, Any]]:
        with reading(self.database) as work:
            tasks = work.user_tasks.of_instance(instance_id, only_open=True)
        return [{"id": task.id, "element": task.element_id} for task in tasks]

    def complete(self, task: Mapping[str, Any], variables: Mapping[str, Any]) -> None:
        self._do(lambda work, at: complete_user_task(work, task["id"], ADMINISTRATOR, variables, at))

    def trace(self, instance_id: UUID) -> list[str]:
        with reading(self.database) as work:
            return [step.element_id for step in history(work, instance_id, limit=5_000) if step.state == "completed"]

    def status(self, instance_id: UUID) -> str:
        with reading(self.database) as work:
            instance = work.instances.get(instance_id)
        if instance.open_incidents:
            return "error"
        return "completed" if instance.status in ("completed", "terminated") else "active"

    def instances(self, key: str) -> list[UUID]:
        with reading(self.database) as work:
            return [instance.id for instance in work.instances.page(definition_key=key)]

    def advance(self, seconds: float) -> None:
        advance(self.database, self.sources, now(self.database) + timedelta(seconds=seconds))

    def message(self, name: str, variables: Mapping[str, Any]) -> None:
        self._do(lambda work, at: publish_message(work, name, None, variables, at))

    def signal(self, name: str, variables: Mapping[str, Any]) -> None:
        self._do(lambda work, at: publish_signal(work, name, variables, at))

    def _do(self, command: Any) -> Any:
        def at_this_moment(work: Work) -> Any:
            at = work.clocks.now()
            return command(work, at)

        result = run_command(self.database, at_this_moment)
        JobsDue({}).run(self.database, now(self.database))
        return result


@pytest.fixture
def engine(sqlite_database: Database) -> Iterator[Engine]:
    start_virtual_clock(sqlite_database, BEGINNING)
    yield Engine(sqlite_database)
    with reading(sqlite_database) as work:
        assert [str(difference) for difference in reconcile(work)] == []


@pytest.mark.parametrize(("model", "number"), cases())
def test_the_stated_result_comes_out_of_the_whole_engine(engine: Engine, model: dict[str, Any], number: int) -> None:
    harness = load("conformance_harness", MODELS / "harness.py")
    result = harness.run_case(engine, model, model["cases"][number])
    reason = NOT_MET.get((model["id"], number + 1))
    if reason is not None:
        pytest.skip(reason)
    assert result["result"] == "pass", (result["why"], result["got"], result["want"])
