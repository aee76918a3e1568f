"""A case under test, with a clock; after each action the rows kept outside must be the state inside."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from typing import Any
from uuid import UUID

import pytest

from bpmn.definitions import read_definition
from bpmn.spiff.model import Model, compile_definition, compile_xml
from engine.spiff.case import Case, Changes, Failure, Moment, StateRow, StepChange, Thrown, Wait

BEGINNING = datetime(2026, 3, 2, 1, tzinfo=UTC)
FLOW = re.compile(r"(\w+) *-> *(\w+)(?: *: *(.+))?")
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bangiao="https://bangiao.vn/schema/bpmn/1.0"'
    ' targetNamespace="test">'
)


def flows(text: str) -> str:
    """Sequence flows from lines like `a -> b : x > 1`; a flow's id is `a_b`."""
    found = []
    for source, target, condition in FLOW.findall(text):
        inside = ""
        if condition:
            escaped = condition.strip().replace("&", "&amp;").replace("<", "&lt;")
            inside = f"<conditionExpression>{escaped}</conditionExpression>"
        flow = f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{inside}</sequenceFlow>'
        found.append(flow)
    return "".join(found)


class Played:
    """A case with a clock; names are element ids."""

    def __init__(self, model: Model, variables: Mapping[str, Any], *, saved: bool, start_event: str | None) -> None:
        self.model = model
        self.saved = saved
        self.now = BEGINNING
        self.head: Mapping[str, Any] = {}
        self.rows: dict[UUID, StateRow] = {}
        self.waits: dict[str, Wait] = {}
        self.steps: list[StepChange] = []
        self.thrown: list[Thrown] = []
        self.failures: list[Failure] = []
        self.last = Changes()
        process = next(iter(model.processes))
        self.case = Case.start(model, process, variables, self.moment, start_event=start_event)
        self.take()

    @property
    def moment(self) -> Moment:
        now = self.now
        return Moment(now, {"now": lambda: now, "today": lambda: now.date()})

    @property
    def open(self) -> list[str]:
        """The elements of open user tasks."""
        return sorted(wait.element_id for wait in self.waits.values() if wait.kind == "user_task")

    @property
    def completed(self) -> list[str]:
        """The elements completed so far, in order."""
        return [step.element_id for step in self.steps if step.state == "completed"]

    @property
    def cancelled(self) -> list[str]:
        return [step.element_id for step in self.steps if step.state == "cancelled"]

    @property
    def ended(self) -> bool:
        return self.case.ended

    def wait(self, element: str, kind: str = "user_task", number: int = 0) -> Wait:
        """An open wait at the element, oldest first."""
        return [each for each in self.waits.values() if (each.element_id, each.kind) == (element, kind)][number]

    def do(self, command: Callable[[], object]) -> Any:
        """Run a command, then take what became of it."""
        result = command()
        self.take()
        return result

    def complete(self, element: str, variables: Mapping[str, Any] | None = None, number: int = 0) -> None:
        token_id = self.wait(element, number=number).token_id
        self.do(lambda: self.case.complete(token_id, variables or {}, self.moment))

    def finish(self, element: str, result: Mapping[str, Any] | None = None) -> None:
        token_id = self.wait(element, "job").token_id
        self.do(lambda: self.case.finish_job(token_id, result or {}, self.moment))

    def deliver(self, name: str, variables: Mapping[str, Any] | None = None) -> int:
        """Hand a message or signal to all that wait for it now."""
        found = [wait for wait in self.waits.values() if wait.kind in ("message", "signal") and wait.name == name]
        for wait in found:
            if wait.key in self.waits:
                self.do(lambda wait=wait: self.case.deliver(wait.token_id, name, variables or {}, self.moment))
        return len(found)

    def advance(self, **span: float) -> None:
        """Go to each due instant in turn and fire."""
        until = self.now + timedelta(**span)
        while (due := self.next_due()) is not None and due.due_at is not None and due.due_at <= until:
            self.now = max(self.now, due.due_at)
            token_id = due.token_id
            self.do(lambda token_id=token_id: self.case.fire(token_id, self.moment))
        self.now = until

    def next_due(self) -> Wait | None:
        timers = [wait for wait in self.waits.values() if wait.due_at is not None]
        return min(timers, key=lambda wait: (wait.due_at, wait.key), default=None)

    def retry(self, element: str) -> None:
        token_id = next(failure for failure in reversed(self.failures) if failure.element_id == element).token_id
        self.do(lambda: self.case.retry(token_id, self.moment))

    def variables(self) -> Mapping[str, Any]:
        return self.case.variables()

    def take(self) -> None:
        """Keep the changes, and prove that rows and waits are exactly those of the case."""
        changes = self.last = self.case.take_changes()
        for row in changes.rows:
            if row.body is None:
                del self.rows[row.id]
            else:
                self.rows[row.id] = row
        self.head = changes.head or self.head
        for closed in changes.closed:
            del self.waits[closed.key]
        self.waits |= {wait.key: wait for wait in changes.opened}
        self.steps += changes.steps
        self.thrown += changes.thrown
        self.failures += changes.failures
        head, rows = self.case.encode()
        assert head == self.head
        assert {row.id: row for row in rows} == self.rows
        assert {wait.key for wait in self.case.waits()} == self.waits.keys()
        if self.saved:
            self.case = Case.load(self.model, self.head, reversed(self.rows.values()))
            assert self.case.encode() == (head, rows)


class Starter:
    """Starts cases of small drawings: `starter(nodes, flows, variables, saved=…)`."""

    moment = Moment(BEGINNING)

    def model_of(self, nodes: str, lines: str) -> Model:
        """The model alone."""
        return model_of(nodes, lines, "")

    def __call__(
        self,
        nodes: str,
        lines: str,
        variables: Mapping[str, Any] | None = None,
        *,
        saved: bool,
        shared: str = "",
        start_event: str | None = None,
    ) -> Played:
        return Played(model_of(nodes, lines, shared), variables or {}, saved=saved, start_event=start_event)


@cache
def model_of_file(xml: str) -> Model:
    """The model of a whole file, on the way every deployed drawing takes."""
    return compile_definition(read_definition(xml.encode()))


@cache
def model_of(nodes: str, lines: str, shared: str) -> Model:
    """The model of one process `p`; flows of sub-processes are written as `<flows>a -> b</flows>`."""
    xml = f'{HEAD}<process id="p" isExecutable="true">{nodes}{flows(lines)}</process>{shared}</definitions>'
    inside = re.compile(r"<flows>(.*?)</flows>", re.DOTALL)
    return compile_xml(inside.sub(lambda match: flows(match[1].replace("&gt;", ">")), xml).encode())


@pytest.fixture(params=[False, True], ids=["live", "saved"])
def play_file(request: pytest.FixtureRequest) -> Callable[..., Played]:
    """Start a case of a whole file, `play_file(xml, variables)`: live, and saved after each action."""
    saved: bool = request.param
    return lambda xml, variables: Played(model_of_file(xml), variables, saved=saved, start_event=None)


@pytest.fixture(scope="session")
def starter() -> Starter:
    """Cases that live, or are loaded from their rows after each action."""
    return Starter()


@pytest.fixture(params=[False, True], ids=["live", "saved"])
def play(request: pytest.FixtureRequest, starter: Starter) -> Callable[..., Played]:
    """Start a case, `play(nodes, flows, variables)`: each test runs live, and saved after each action."""
    return partial(starter, saved=request.param)
