"""An engine at work: deploys the drawings of tests/bpmn, starts cases and does what people and workers would."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.people import Post, User, candidate_key
from engine.definitions import deploy
from engine.due import JobsDue, TimersDue, tick
from engine.history import history
from engine.instances import instance_variables, start_instance
from engine.jobs import Handler
from engine.reconcile import reconcile
from engine.user_tasks import complete_user_task
from storage.database import Database
from storage.tables import Definition, Instance, Step, UserTask
from storage.transactions import reading, run_command

DRAWINGS = Path(__file__).parents[2] / "bpmn"
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # Monday, 08:00 in Vietnam
UNIT = UUID("00000000-0000-4000-8000-000000000001")


def somebody(role: str = "official", unit: UUID = UNIT, **more: Any) -> User:
    """A person who holds this role in the unit."""
    return User(
        person_id=uuid4(),
        login=role,
        name=f"Người thử {role}",
        posts=(Post(unit, role),),
        keys=frozenset({candidate_key(unit, role)}),
        headed_units=frozenset({unit}) if role in ("head", "leader") else frozenset(),
        **more,
    )


ADMINISTRATOR = somebody("administrator")
OFFICIAL = somebody("official")
HEAD = somebody("head")


class Engine:
    """One database with an engine over it; `now` moves only when told."""

    def __init__(self, database: Database, handlers: Mapping[str, Handler] | None = None) -> None:
        self.database = database
        self.now = NOW
        self.handlers: dict[str, Handler] = dict(handlers or {})

    def deploy(self, *names: str) -> Definition:
        for name in names:
            xml = (DRAWINGS / f"{name}.bpmn").read_bytes()
            definition = run_command(self.database, lambda work, xml=xml: deploy(work, xml, now=self.now))
        return definition

    def start(self, name: str, variables: Mapping[str, Any] | None = None, **more: Any) -> UUID:
        if not self.is_deployed(name):
            self.deploy(name)
        return run_command(
            self.database,
            lambda work: start_instance(work, name, {"unit": str(UNIT), **(variables or {})}, now=self.now, **more).id,
        )

    def is_deployed(self, name: str) -> bool:
        with reading(self.database) as work:
            return work.definitions.newest(name) is not None

    def instance(self, instance_id: UUID) -> Instance:
        with reading(self.database) as work:
            return work.instances.get(instance_id)

    def instances(self, name: str) -> list[Instance]:
        with reading(self.database) as work:
            return list(work.instances.page(definition_key=name))

    def tasks(self, instance_id: UUID) -> list[UserTask]:
        with reading(self.database) as work:
            return list(work.user_tasks.of_instance(instance_id, only_open=True))

    def task(self, instance_id: UUID, element_id: str) -> UserTask:
        return next(task for task in self.tasks(instance_id) if task.element_id == element_id)

    def complete(
        self, task: UserTask, variables: Mapping[str, Any] | None = None, user: User = ADMINISTRATOR
    ) -> UserTask:
        return run_command(
            self.database, lambda work: complete_user_task(work, task.id, user, variables or {}, self.now)
        )

    def do(self, instance_id: UUID, element_id: str, variables: Mapping[str, Any] | None = None) -> None:
        self.complete(self.task(instance_id, element_id), variables)

    def variables(self, instance_id: UUID) -> Mapping[str, Any]:
        with reading(self.database) as work:
            return dict(instance_variables(work, instance_id))

    def trace(self, instance_id: UUID) -> list[str]:
        """The elements completed so far, in the order they ended."""
        found: list[Step] = []
        with reading(self.database) as work:
            while page := history(work, instance_id, after=found[-1].id if found else None):
                found += page
        return [step.element_id for step in found if step.state == "completed"]

    def urged(self, instance_id: UUID) -> int:
        """How often the timer of `reminded` has fired."""
        return self.trace(instance_id).count("count")

    def tick(self, after: timedelta = timedelta(0)) -> int:
        """Let time pass, and what is due happen; how much it was."""
        self.now += after
        sources = [TimersDue(), JobsDue(self.handlers)]
        total = 0
        while done := tick(self.database, sources, self.now):
            total += done
        return total

    def doubts(self) -> list[str]:
        """What reconcile finds wrong."""
        with reading(self.database) as work:
            return [str(difference) for difference in reconcile(work)]


@pytest.fixture
def engine(database: Database) -> Engine:
    return Engine(database)
