"""A running case, in memory: no database, no clock.

Every command takes the `Moment`; afterwards `take_changes` says what became of it. A refused command raises and changes
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID

from bpmn.spiff.activities.tasks import JobTask, UserTask
from bpmn.spiff.events.definitions import MessageDefinition, SignalDefinition, TimerDefinition
from bpmn.spiff.model import Model
from bpmn.spiff.moment import Moment
from bpmn.spiff.node import Node
from bpmn.spiff.process_spec import ProcessSpec
from bpmn.spiff.timers import Due
from bpmn.spiff.values import freeze_all
from domain.errors import Conflict, NotFound, TaskAlreadyCompleted
from engine.spiff import codec, events, loading, migrating
from engine.spiff.changes import Changes, Closed, Failure, StateRow, StepChange, Thrown, Wait
from engine.spiff.rejoining import refuse_to_starve
from engine.spiff.task import ERROR, OPEN, READY, STARTED, Token
from engine.spiff.workflow import Run

__all__ = ["Case", "Changes", "Closed", "Failure", "Moment", "StateRow", "StepChange", "Thrown", "Wait"]


class Case:
    """One instance of a definition."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._head: dict[str, Any] | None = None

    @classmethod
    def start(
        cls,
        model: Model,
        process_id: str,
        variables: Mapping[str, Any],
        moment: Moment,
        *,
        start_event: str | None = None,
    ) -> Case:
        """A new case of the process, run on to its first waits; `start_event` is the element id of what came.

        Raises NotFound when there is no such process or start event.
        """
        spec = model.process(process_id)
        names = start_names(spec, start_event)
        case = cls(Run(model, spec, moment))
        case._run.prepare(freeze_all(variables))
        case._run.begin(names)
        case._go_on()
        return case

    @classmethod
    def load(cls, model: Model, head: Mapping[str, Any], rows: Iterable[StateRow]) -> Case:
        """The case as it was saved. Raises StateTooNew."""
        case = cls(loading.load(model, head, rows))
        case._head = dict(head)
        return case

    def migrated(self, model: Model, moment: Moment, *, elements: Mapping[str, str] = MappingProxyType({})) -> Case:
        """The same case on another version; `elements` maps the ids of elements that have another one there.

        Its next changes hold every row. Raises Conflict when the version has no place for a token.
        """
        case = Case(migrating.migrated(self._run, model, elements, moment))
        case._head = self._head
        case._go_on()
        return case

    @property
    def ended(self) -> bool:
        """Whether nothing is open any more."""
        return self._run.ended

    def complete(self, token_id: UUID, variables: Mapping[str, Any], moment: Moment) -> None:
        """Finish a user or manual task. Raises TaskAlreadyCompleted, Invalid for values that are no variables."""
        token = self._run.tokens.get(token_id)
        if token is None or not isinstance(token.task_spec, UserTask) or not token.has_state(READY):
            raise TaskAlreadyCompleted("Việc này đã xong hoặc không còn", "this task is done or gone")
        self._finish(token, variables, moment)

    def finish_job(self, token_id: UUID, result: Mapping[str, Any], moment: Moment) -> None:
        """A handler has done its work. Raises Conflict when nobody waits for it."""
        self._finish(self._job(token_id), result, moment)

    def fail_job(self, token_id: UUID, code: str, moment: Moment) -> bool:
        """A handler raised the BPMN error `code`; False when nothing catches it: then nothing has changed."""
        token = self._job(token_id)
        self._run.begin_command(moment, token)
        caught = self._run.throw_error(token, code)
        self._go_on()
        return caught

    def fire(self, token_id: UUID, moment: Moment) -> None:
        """Let a due timer go on. Raises Conflict when nothing waits for it or it is not due."""
        token = self._waiting(token_id)
        index = due_index(token, moment)
        if index is None:
            raise Conflict("Chưa đến hạn", "the timer is not due")
        self._run.begin_command(moment, token)
        self._come(token, index, {})

    def deliver(self, token_id: UUID, name: str, variables: Mapping[str, Any], moment: Moment) -> None:
        """Hand a message or signal to the token that waits for it. Raises Conflict when it does not."""
        token = self._waiting(token_id)
        index = events.find_index(token, (MessageDefinition, SignalDefinition), name)
        if index is None:
            raise Conflict(f"Không ai chờ “{name}” ở đây", f"nobody waits for {name} here")
        frozen = freeze_all(variables)
        self._run.begin_command(moment)
        self._come(token, index, frozen)

    def retry(self, token_id: UUID, moment: Moment) -> None:
        """Run a failed token again. Raises Conflict when it has not failed."""
        token = self._run.tokens.get(token_id)
        if token is None or not token.has_state(ERROR):
            raise Conflict("Bước này không bị lỗi", "this token has not failed")
        self._run.begin_command(moment)
        self._run.retry(token)
        self._go_on()

    def set_variables(self, token_id: UUID, variables: Mapping[str, Any], moment: Moment) -> None:
        """Set variables of one token and those it stands for, as when a person mends what let them fail.

        Raises NotFound, Invalid.
        """
        token, frozen = self._token(token_id), freeze_all(variables)
        self._run.begin_command(moment)
        for each in [token, *self._run.behind(token)]:
            each.set(frozen)
        self._go_on()

    def move(self, token_id: UUID, element_id: str, moment: Moment) -> None:
        """Take a token away from where it stands and let it enter another element of the same scope.

        Raises NotFound for an unknown token or element, Conflict for a run of several (move the whole activity),
        for a gateway that joins, and where one would wait for ever for the branch the token leaves.
        """
        token = self._token(token_id)
        if "instance" in token.internal_data or token.is_passive or not token.has_state(OPEN):
            raise Conflict("Không chuyển được riêng bước này", "this token cannot be moved on its own")
        node = node_to_enter(token, element_id)
        refuse_to_starve(token, node)
        self._run.begin_command(moment)
        self._run.move_to(token, node)
        self._go_on()

    def terminate(self, moment: Moment) -> None:
        """Cancel everything that is open."""
        self._run.begin_command(moment)
        self._run.cancel_all()
        self._go_on()
        self._run.end_case()

    def variables(self, token_id: UUID | None = None) -> Mapping[str, Any]:
        """The token's variables, or what the case as a whole knows. Raises NotFound."""
        if token_id is None:
            return self._run.variables()
        return self._token(token_id).data

    def waits(self) -> list[Closed]:
        """Every wait that is open, by key and kind (`completed` says nothing here): for reconciling."""
        return [
            Closed(key, token.id, kind, False)
            for token in self._run.tokens.values()
            for key, kind in token.internal_data.get("waits", ())
        ]

    def take_changes(self) -> Changes:
        """What happened since the last call."""
        run, recorder = self._run, self._run.recorder
        head = loading.encode_head(run)
        rows = [codec.encode(token) for token in recorder.dirty.values()]
        for token in recorder.dirty.values():
            token.saved = True
        rows += [StateRow(id, position, None) for id, position in recorder.removed.items()]
        changes = Changes(
            rows=sorted(rows, key=lambda row: row.position),
            head=head if head != self._head else None,
            opened=list(recorder.opened.values()),
            closed=recorder.closed,
            steps=recorder.steps,
            thrown=recorder.thrown,
            failures=recorder.failures,
            given_up=recorder.given_up,
            ended=run.ended,
        )
        self._head = head
        recorder.forget()
        run.current = None
        return changes

    def encode(self) -> tuple[dict[str, Any], list[StateRow]]:
        """The whole state: head and rows."""
        rows = [codec.encode(token) for token in self._run.tokens.values()]
        return loading.encode_head(self._run), sorted(rows, key=lambda row: row.position)

    def _finish(self, token: Token, variables: Mapping[str, Any], moment: Moment) -> None:
        frozen = freeze_all(variables)
        self._run.begin_command(moment, token)
        result = token.task_spec.drawn.attributes.get("result")
        token.set({result: frozen} if result else frozen)
        token.complete()
        self._go_on()

    def _come(self, token: Token, index: int, variables: Mapping[str, Any]) -> None:
        events.come(token, index, variables)
        self._go_on()

    def _go_on(self) -> None:
        self._run.do_engine_steps()

    def _token(self, token_id: UUID) -> Token:
        token = self._run.tokens.get(token_id)
        if token is None:
            raise NotFound("Không có bước này", "there is no such token")
        return token

    def _job(self, token_id: UUID) -> Token:
        token = self._run.tokens.get(token_id)
        if token is None or not isinstance(token.task_spec, JobTask) or not token.has_state(STARTED):
            raise Conflict("Không còn ai chờ việc này", "nobody waits for this job any more")
        return token

    def _waiting(self, token_id: UUID) -> Token:
        token = self._run.tokens.get(token_id)
        if token is None or not token.is_waiting:
            raise Conflict("Không còn ai chờ ở đây", "nobody waits here any more")
        return token


def start_names(spec: ProcessSpec, start_event: str | None) -> list[str]:
    """Where a case begins: at the named start event, else at the first plain one. Raises NotFound."""
    if start_event is None:
        names = [name for name in spec.starts if name in spec.start_events][:1] or spec.starts
        if not names:
            raise NotFound(f"Quy trình “{spec.name}” không có bước nào", f"the process {spec.name} has no steps")
        return names
    found = [name for name in spec.start_events if start_event in (name, spec.node(name).drawn.id)]
    if not found:
        raise NotFound(f"Không có sự kiện bắt đầu “{start_event}”", f"there is no start event {start_event}")
    return found


def node_to_enter(token: Token, element_id: str) -> Node:
    """The node of the token's scope that a token can be moved to. Raises NotFound."""
    for node in token.workflow.spec.task_specs.values():
        found: Node = node
        if found.drawn.id == element_id and found.name == (found.drawn.key or element_id) and not found.passive:
            return found
    raise NotFound(f"Không có bước “{element_id}” ở tầng này", f"there is no element {element_id} in this scope")


def due_index(token: Token, moment: Moment) -> int | None:
    """Which of the token's timers is due, the earliest first; of several that must all come, one that has not."""
    due, seen = token.internal_data.get("due") or {}, token.internal_data.get("seen", ())
    found = [
        (Due.decode(due[str(index)]).at, index)
        for index, definition in enumerate(events.definitions_of(token))
        if isinstance(definition, TimerDefinition) and due.get(str(index)) and index not in seen
    ]
    at, index = min(found, default=(None, None))
    return index if at is not None and at <= moment.now else None
