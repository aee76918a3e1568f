"""Tokens: SpiffWorkflow tasks that tell their scope and the recorder of every change.

Nothing walks the tree. A token that has gone on is taken out, so what is in memory and in the rows is where the case
stands now: open tokens, the forks they came from, and the root of each scope with the variables it began with.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from bpmn.spiff.node import Node
from bpmn.spiff.values import FrozenDict, freeze, freeze_all
from domain.errors import BpmnError, ExpressionInvalid

if TYPE_CHECKING:
    from engine.spiff.scope import Scope

FUTURE, WAITING, READY, STARTED = TaskState.FUTURE, TaskState.WAITING, TaskState.READY, TaskState.STARTED
COMPLETED, ERROR, CANCELLED = TaskState.COMPLETED, TaskState.ERROR, TaskState.CANCELLED
OPEN = FUTURE | WAITING | READY | STARTED | ERROR
NOTHING: FrozenDict = FrozenDict()


class Token(Task):  # type: ignore[misc]  # SpiffWorkflow has no types
    """A task whose variables and facts are values: replaced whole, never changed in place."""

    id: UUID
    workflow: Scope
    task_spec: Node
    _state: int

    def __init__(
        self,
        workflow: Any,
        task_spec: Node,
        parent: Token | None = None,
        state: int = FUTURE,
        id: UUID | None = None,
        position: int | None = None,
    ) -> None:
        super().__init__(workflow, task_spec, parent, state, id)
        self.data: Mapping[str, Any] = NOTHING
        self.internal_data: Mapping[str, Any] = NOTHING
        self.begun = False
        self.saved = False  # whether a row of it was handed out
        self.is_here = True
        moment = workflow.run.current
        self.last_state_change = moment.now.timestamp() if moment is not None else 0.0
        self.position: int = workflow.run.next_position() if position is None else position
        workflow.register(self)

    @property
    def scope(self) -> Scope:
        return self.workflow

    @property
    def is_waiting(self) -> bool:
        return bool(self.is_here and self._state == WAITING)

    @property
    def is_passive(self) -> bool:
        """Whether it only stands by: its scope may end without it."""
        return self.task_spec.passive and self._state in (FUTURE, WAITING)

    def _add_child(self, task_spec: Node, state: int = FUTURE) -> Token:
        return Token(self.workflow, task_spec, self, state)

    def _set_state(self, value: int) -> None:
        if value == self._state:
            return
        self._state = value
        self.last_state_change = self.workflow.run.moment.now.timestamp()
        self.workflow.register(self)

    def is_descendant_of(self, task: Task) -> bool:
        """Whether `task` is on the way from here to the root."""
        above = self.parent
        while above is not None and above is not task:
            above = above.parent
        return above is not None

    def find_ancestor(self, spec_name: str) -> Token | None:
        """The nearest token above that stands at the node of this name."""
        above: Token | None = self.parent
        while above is not None and above.task_spec.name != spec_name:
            above = above.parent
        return above

    def _inherit_data(self) -> None:
        """Nothing: variables are handed on by `Scope.follow`."""

    def note(self, **facts: Any) -> None:
        """Keep facts about the token's own progress; a None forgets."""
        kept = {**self.internal_data, **{name: freeze(fact) for name, fact in facts.items()}}
        self.internal_data = FrozenDict({name: fact for name, fact in kept.items() if fact is not None})
        self.workflow.run.recorder.touch(self)

    def hold(self, variables: Mapping[str, Any]) -> None:
        """Replace the variables."""
        self.data = variables if isinstance(variables, FrozenDict) else freeze_all(variables)
        self.workflow.variables_changed(self)

    def set(self, variables: Mapping[str, Any]) -> None:
        """Set or change some variables."""
        if variables:
            self.hold(FrozenDict({**self.data, **freeze_all(variables)}))

    def begin(self) -> None:
        """The run of the node begins: a step."""
        if not self.begun:
            self.begun = True
            self.workflow.run.recorder.step(self, "started")

    def ready(self) -> None:
        """To be run by the engine, or, at a user task, by a person."""
        self._set_state(READY)

    def wait(self) -> None:
        """Stand until something comes."""
        self._set_state(WAITING)

    def start(self) -> None:
        """Under way: a sub-process, a job."""
        self._set_state(STARTED)

    def run(self) -> bool | None:
        """Execute the node; when it is done, leave it."""
        run = self.workflow.run
        try:
            done = self.task_spec.execute(self)
        except BpmnError as error:
            run.raised(self, error)
            return False
        except ExpressionInvalid as error:
            run.fail(self, "run", error)
            return False
        if not self.is_here or self._state == ERROR:
            return None
        if done:
            self.complete()
        elif self._state == READY:
            self.start()
        return done

    def complete(self) -> None:
        """Leave the node: choose the flows, then move. What cannot be chosen lets the token stand in error."""
        run = self.workflow.run
        try:
            flows = self.task_spec.choose(self)
            enough = self.workflow.has_enough(self)
        except ExpressionInvalid as error:
            run.fail(self, "leave", error)
            return
        self._set_state(COMPLETED)
        run.recorder.finished(self, completed=True)
        run.disarm(self)
        scope = self.workflow
        self.task_spec.leave(self, [] if enough else flows)
        if enough:
            scope.stop()
