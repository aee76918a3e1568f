"""Keeps what changed since it was last asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from engine.spiff.changes import Closed, Failure, StepChange, Thrown, Wait

if TYPE_CHECKING:
    from engine.spiff.task import Token
    from engine.spiff.workflow import Run


class Recorder:
    """Changed and removed tokens, waits, steps, thrown events and failures of one case."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self.dirty: dict[UUID, Token] = {}
        self.removed: dict[UUID, int] = {}
        self.opened: dict[str, Wait] = {}
        self.closed: list[Closed] = []
        self.steps: list[StepChange] = []
        self.thrown: list[Thrown] = []
        self.failures: list[Failure] = []
        self.given_up: list[UUID] = []

    def touch(self, token: Token) -> None:
        """The token's row must be written again."""
        if token.is_here:
            self.dirty[token.id] = token

    def gone(self, token: Token) -> None:
        """The token's row, if there is one, must be removed."""
        self.dirty.pop(token.id, None)
        if token.saved:
            self.removed[token.id] = token.position

    def step(self, token: Token, state: str) -> None:
        """A run of a node of the drawing began, was completed or cancelled."""
        node = token.task_spec
        if node.visible:
            drawn, at, host = node.drawn, self.run.moment.now, token.workflow.host
            scope = host.task_spec.bpmn_id if host is not None else None
            change = StepChange(token.id, token.position, drawn.id, drawn.type, drawn.name, scope, state, at)
            self.steps.append(change)

    def finished(self, token: Token, *, completed: bool) -> None:
        """The run of a node is over."""
        self.close(token, completed=completed)
        if token.begun:
            self.step(token, "completed" if completed else "cancelled")
        if not completed and "failed" in token.internal_data:
            self.given_up.append(token.id)
            self.failures = [failure for failure in self.failures if failure.token_id != token.id]

    def open(self, token: Token, wait: Wait) -> None:
        """The token waits for something outside."""
        self.opened[wait.key] = wait
        token.note(waits=[*token.internal_data.get("waits", ()), [wait.key, wait.kind]])

    def close(self, token: Token, *, completed: bool, key: str | None = None) -> None:
        """The token's waits are over; `key` is the one whose event came, without it all share the outcome."""
        waits: Any = token.internal_data.get("waits", ())
        if not waits:
            return
        for each, kind in waits:
            self._over(token, each, kind, completed and key in (None, each))
        token.note(waits=None)

    def close_one(self, token: Token, key: str) -> None:
        """One of the token's waits is over, the others go on."""
        waits: Any = token.internal_data.get("waits", ())
        for each, kind in waits:
            if each == key:
                self._over(token, each, kind, completed=True)
        token.note(waits=[each for each in waits if each[0] != key] or None)

    def _over(self, token: Token, key: str, kind: str, completed: bool) -> None:
        if self.opened.pop(key, None) is None:
            self.closed.append(Closed(key, token.id, kind, completed))
