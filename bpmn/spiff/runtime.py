"""What the specs ask of the tokens and scopes that run them; `engine.spiff` provides both.

A token is a SpiffWorkflow task that stands at one node; a scope is a workflow: the process, an embedded sub-process, a
called process. Variables are values: a token's are replaced whole, never changed in place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from bpmn.spiff.moment import Moment

if TYPE_CHECKING:
    from bpmn.spiff.events.definitions import Definition
    from bpmn.spiff.flow import Flow
    from bpmn.spiff.node import Node
    from bpmn.spiff.process_spec import ProcessSpec


class Token(Protocol):
    """Where a run stands."""

    id: UUID
    position: int
    data: Mapping[str, Any]
    internal_data: Mapping[str, Any]
    task_spec: Any
    workflow: Any

    @property
    def scope(self) -> Scope: ...
    @property
    def parent(self) -> Any: ...
    @property
    def children(self) -> Sequence[Any]: ...
    @property
    def is_here(self) -> bool:
        """Whether the token still belongs to its scope."""

    @property
    def is_waiting(self) -> bool: ...

    @property
    def begun(self) -> bool:
        """Whether the run of the node has begun; a token may wait for others before."""

    def note(self, **facts: Any) -> None:
        """Keep facts about the token's own progress; a None forgets."""

    def hold(self, variables: Mapping[str, Any]) -> None:
        """Replace the variables."""

    def set(self, variables: Mapping[str, Any]) -> None:
        """Set or change some variables."""

    def begin(self) -> None:
        """The run of the node begins: a step."""

    def ready(self) -> None:
        """To be run by the engine, or, at a user task, by a person."""

    def wait(self) -> None:
        """Stand until something comes."""

    def start(self) -> None:
        """Under way: a sub-process, a job."""

    def complete(self) -> None:
        """Leave the node."""


class Scope(Protocol):
    """A running process or sub-process."""

    spec: Any
    root: Any

    @property
    def run(self) -> Run: ...
    @property
    def host(self) -> Any:
        """The token of the sub-process or call activity, None at the top."""

    def tokens_at(self, node: Node) -> list[Any]:
        """The waiting tokens at `node`, oldest first."""

    def add(self, node: Node, parent: Token, variables: Mapping[str, Any], **facts: Any) -> Any:
        """A new token under `parent`; it has not entered its node yet."""

    def follow(self, token: Token, flows: Sequence[Flow]) -> None:
        """Move a completed token along `flows`; without any it ends here."""

    def merge(self, tokens: Sequence[Token], survivor: Token) -> None:
        """Melt the tokens into `survivor`, with the variables each of them changed."""

    def end(self, token: Token) -> None:
        """Take a completed token out; what it changed becomes the scope's result."""

    def drop(self, token: Token) -> None:
        """Take a token out without a trace in the scope's result."""

    def cancel_all(self, but: Iterable[Token] = ()) -> None:
        """Cancel every open token except some; what was done stays remembered for compensation."""

    def move(self, token: Token, parent: Token) -> None:
        """Make `parent` the token's parent."""

    def aside(self, parent: Token, variables: Mapping[str, Any]) -> Any:
        """Where something begins that runs beside its origin: what it brings along is no change of its own."""

    def set_beside(self, token: Token, parent: Token, variables: Mapping[str, Any]) -> None:
        """Move a token from its host under `parent`, to go on beside it with these variables."""

    def enter_all(self, tokens: Iterable[Token]) -> None:
        """Let those enter that an earlier one has not cancelled."""

    def keep_known(self) -> None:
        """Make what is known so far the result of the scope, before those who know it are cancelled."""

    def rivals(self, token: Token, group: str) -> list[Any]:
        """The other tokens of a group."""

    def begin(self, names: Sequence[str]) -> None:
        """Arm the event sub-processes and let tokens enter the nodes."""

    def resume(self, names: Sequence[str]) -> None:
        """Let tokens enter the nodes, in a scope that has begun already."""

    def variables(self) -> Mapping[str, Any]:
        """What all its tokens together know."""

    def seen(self) -> Mapping[str, Any]:
        """What a condition inside sees: what the scope knows, and what changed around it since it began."""

    def known_at(self, token: Token) -> Mapping[str, Any]:
        """The token's variables with what has changed inside it so far."""

    def holds(self, condition: str) -> bool:
        """Whether the expression is true for what the scope knows. Raises ExpressionInvalid."""


class Run(Protocol):
    """The case as a whole."""

    @property
    def moment(self) -> Moment: ...

    def evaluate(self, source: str, token: Token, extra: Mapping[str, Any] | None = None) -> Any:
        """The value of an expression on the token's variables. Raises ExpressionInvalid."""

    def run_script(self, source: str, token: Token) -> None:
        """Run a script on the token's variables. Raises ExpressionInvalid, BpmnError."""

    def enter(self, token: Token) -> None:
        """Let the token enter its node; what goes wrong becomes a failure of this token."""

    def cancel(self, token: Token) -> None:
        """Cancel the token with all that belongs to it."""

    def fail(self, token: Token, stage: str, error: Exception) -> None:
        """Let the token stand in error; `stage` says what a retry repeats."""

    def open_scope(self, host: Token, spec: ProcessSpec, variables: Mapping[str, Any] | None = None) -> Any:
        """A scope inside `host`, with these variables, else with the host's."""

    def due_at_once(self, token: Token) -> None:
        """The token's timer is due as soon as it is armed. Raises ExpressionInvalid when that never ends."""

    def open_wait(
        self,
        token: Token,
        kind: str,
        *,
        index: int | None = None,
        attributes: Mapping[str, Any] | None = None,
        element_id: str | None = None,
        name: str | None = None,
        due_at: Any = None,
        correlation: str | None = None,
    ) -> None:
        """Tell the outside what the token waits for."""

    def close_wait(self, token: Token, index: int) -> None:
        """One of several things the token waits for has come."""

    def trigger(self, token: Token, variables: Mapping[str, Any]) -> None:
        """What the token waited for has come."""

    def throw_message(self, token: Token, name: str, correlation: str | None, variables: Mapping[str, Any]) -> None: ...
    def throw_signal(self, token: Token, name: str, variables: Mapping[str, Any]) -> None: ...
    def throw_escalation(self, token: Token, code: str | None) -> bool: ...
    def throw_compensation(self, token: Token, activity: str | None, *, waits: bool = True) -> bool:
        """Undo what was done, the last first; whether the token must wait for it."""

    def is_cancel_caught(self, token: Token) -> bool:
        """Whether a boundary event catches the cancellation of the transaction around the token."""

    def throw_cancel(self, token: Token) -> None:
        """Cancel the transaction around the token."""

    def throw_error(self, token: Token, code: str | None) -> bool:
        """Trigger what catches the error, on the way up the scopes; False when nothing does."""

    def error_catcher(self, token: Token, code: str | None) -> Any:
        """The token that would catch the error, or None."""

    def throw_at_boundary(self, container: Token, event: Definition) -> None:
        """Trigger the boundary events of a multi-instance activity without cancelling it."""

    def called_process(self, name: str | None, caller: ProcessSpec) -> ProcessSpec | None:
        """The process a call activity names."""

    def decide(self, decision: str, token: Token) -> Any:
        """The result of a decision on the token's variables. Raises ExpressionInvalid."""

    def close_scope(self, host: Token, returned: Mapping[str, Any] | None = None) -> None:
        """Hand what it returned, else what it changed, to the host; keep the scope only when it can be undone later."""

    def scope_of(self, host: Token) -> Any:
        """The scope inside `host`."""

    def compensate_inside(self, record: Token) -> None:
        """Undo what was done in the scope the record keeps."""

    def may_compensate(self, token: Token, node: Node) -> None:
        """Remember that the activity was done and `node` undoes it."""
