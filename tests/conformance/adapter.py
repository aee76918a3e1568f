"""An in-process engine for the conformance models: the bare kernel, a clock of its own, and a router of events.

With `saved` every action is followed by a save and a load, and the state loaded must be the state saved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from bpmn.definitions import Definition, read_definition
from bpmn.spiff.model import Model, compile_definition
from bpmn.spiff.timers import Due, first_due, next_due
from engine.spiff.case import Case, Changes, Moment, StateRow, Thrown, Wait

BEGINNING = datetime(2026, 3, 2, 1, tzinfo=UTC)


@dataclass
class Held:
    """A case with what the outside keeps of it."""

    case: Case
    model: Model
    head: Mapping[str, Any] = field(default_factory=dict)
    rows: dict[UUID, StateRow] = field(default_factory=dict)
    waits: dict[str, Wait] = field(default_factory=dict)
    trace: list[str] = field(default_factory=list)
    failed: bool = False


@dataclass
class StartTimer:
    """A start event that comes by itself."""

    process_id: str
    element_id: str
    due: Due


class Kernel:
    """The adapter's few functions over the kernel."""

    def __init__(self, *, saved: bool = False) -> None:
        self.saved = saved
        self.now = BEGINNING
        self.held: list[Held] = []
        self.start_timers: list[StartTimer] = []
        self.definition: Definition
        self.model: Model

    def deploy(self, xml: str) -> str:
        """Read and compile; its start timers begin to run."""
        self.definition = read_definition(xml.encode())
        self.model = compile_definition(self.definition)
        for process in self.definition.processes:
            for event in self.model.start_events(process.id) if process.is_executable else ():
                if event.kind == "timer":
                    due = first_due(event.expression or "", self.now, lambda source: None)
                    if due is not None:
                        self.start_timers.append(StartTimer(process.id, event.element_id, due))
        return self.definition.key

    def start(self, key: str, variables: Mapping[str, Any], process: str | None = None) -> int:
        """Start an instance; a failure at once counts as an error of the run."""
        return self._start(process or self.definition.process_id, variables, None)

    def tasks(self, number: int) -> list[dict[str, Any]]:
        """Open user tasks, and messages that receive tasks wait for."""
        return [
            {"id": (number, wait.token_id), "element": wait.element_id}
            for wait in self.held[number].waits.values()
            if wait.kind == "user_task"
        ]

    def complete(self, task: Mapping[str, Any], variables: Mapping[str, Any]) -> None:
        number, token_id = task["id"]
        self._run(number, lambda case, moment: case.complete(token_id, variables, moment))

    def trace(self, number: int) -> list[str]:
        return self.held[number].trace

    def status(self, number: int) -> str:
        held = self.held[number]
        if held.failed:
            return "error"
        return "completed" if held.case.ended else "active"

    def instances(self, key: str) -> list[int]:
        return list(range(len(self.held)))

    def advance(self, seconds: float) -> None:
        """Go to each due instant in turn and fire."""
        until = self.now + timedelta(seconds=seconds)
        while (due := self._next_due()) is not None and due[0] <= until:
            self.now = max(self.now, due[0])
            due[1]()
        self.now = until

    def message(self, name: str, variables: Mapping[str, Any]) -> None:
        self._publish(Thrown("message", name, None, variables, ""), None)

    def signal(self, name: str, variables: Mapping[str, Any]) -> None:
        self._publish(Thrown("signal", name, None, variables, ""), None)

    def _moment(self) -> Moment:
        return Moment(self.now)

    def _start(self, process_id: str, variables: Mapping[str, Any], start_event: str | None) -> int:
        case = Case.start(self.model, process_id, variables, self._moment(), start_event=start_event)
        self.held.append(Held(case, self.model))
        self._take(len(self.held) - 1)
        return len(self.held) - 1

    def _run(self, number: int, command: Callable[[Case, Moment], object]) -> None:
        command(self.held[number].case, self._moment())
        self._take(number)

    def _take(self, number: int) -> None:
        held = self.held[number]
        changes = held.case.take_changes()
        self._keep(held, changes)
        for thrown in changes.thrown:
            self._publish(thrown, number)

    def _keep(self, held: Held, changes: Changes) -> None:
        for row in changes.rows:
            if row.body is None:
                del held.rows[row.id]
            else:
                held.rows[row.id] = row
        held.head = changes.head or held.head
        for closed in changes.closed:
            del held.waits[closed.key]
        held.waits |= {wait.key: wait for wait in changes.opened}
        held.trace += [step.element_id for step in changes.steps if step.state == "completed"]
        held.failed = held.failed or bool(changes.failures)
        head, rows = held.case.encode()
        assert (head, {row.id: row for row in rows}) == (held.head, held.rows), "a changed row was not reported"
        assert {wait.key for wait in held.case.waits()} == held.waits.keys()
        if self.saved:
            held.case = Case.load(held.model, held.head, held.rows.values())
            assert held.case.encode() == (head, rows), "the state loaded is not the state saved"

    def _publish(self, thrown: Thrown, thrower: int | None) -> None:
        """A message goes to one waiting case, else starts one; a signal to all of both."""
        received = False
        for number, held in enumerate(self.held):
            if thrown.served_inside and number == thrower:
                continue
            for wait in list(held.waits.values()):
                if wait.key not in held.waits or (wait.kind, wait.name) != (thrown.kind, thrown.name):
                    continue
                token_id = wait.token_id
                self._run(
                    number,
                    lambda case, moment, token_id=token_id: case.deliver(  # type: ignore[misc]
                        token_id, thrown.name, thrown.variables, moment
                    ),
                )
                received = True
                if thrown.kind == "message":
                    return
        if thrown.kind == "message" and received:
            return
        for process in self.definition.processes:
            for event in self.model.start_events(process.id):
                if (event.kind, event.name) == (thrown.kind, thrown.name):
                    self._start(process.id, thrown.variables, event.element_id)
                    if thrown.kind == "message":
                        return

    def _next_due(self) -> tuple[datetime, Callable[[], None]] | None:
        found: list[tuple[datetime, int, Callable[[], None]]] = []
        for number, held in enumerate(self.held):
            for wait in held.waits.values():
                if wait.kind == "timer" and wait.due_at is not None:
                    found.append((wait.due_at, len(found), self._firing(number, wait.token_id)))
        for timer in self.start_timers:
            found.append((timer.due.at, len(found), self._starting(timer)))
        return min(found)[::2] if found else None

    def _firing(self, number: int, token_id: UUID) -> Callable[[], None]:
        return lambda: self._run(number, lambda case, moment: case.fire(token_id, moment))

    def _starting(self, timer: StartTimer) -> Callable[[], None]:
        def start() -> None:
            self.start_timers.remove(timer)
            following = next_due(timer.due)
            if following is not None:
                self.start_timers.append(StartTimer(timer.process_id, timer.element_id, following))
            self._start(timer.process_id, {}, timer.element_id)

        return start
