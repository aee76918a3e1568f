"""What nodes throw, and who is told: within the case, and outside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from bpmn.spiff.events.definitions import Definition
from bpmn.spiff.node import Node
from engine.spiff import compensation, events
from engine.spiff.changes import Thrown
from engine.spiff.recorder import Recorder
from engine.spiff.task import WAITING, Token

if TYPE_CHECKING:
    from engine.spiff.workflow import Run


class Throwing:
    """Mixed into `Run`: every event that is thrown passes here."""

    recorder: Recorder
    run: Run

    def throw_message(self, token: Token, name: str, correlation: str | None, variables: Mapping[str, Any]) -> None:
        """Hand a message out."""
        self.recorder.thrown.append(Thrown("message", name, correlation, variables, token.task_spec.drawn.id))

    def throw_signal(self, token: Token, name: str, variables: Mapping[str, Any]) -> None:
        """Let the signal take effect in this case at once, and hand it out for the others."""
        self.recorder.thrown.append(Thrown("signal", name, None, variables, token.task_spec.drawn.id, True))
        events.deliver_signal(self.run, name, variables)

    def throw_error(self, token: Token, code: str | None) -> bool:
        """Trigger what catches the error, on the way up the scopes; False when nothing does."""
        catcher = events.error_catcher(token, code)
        if catcher is not None:
            events.come(catcher[0], catcher[1], {})
        return catcher is not None

    def error_catcher(self, token: Token, code: str | None) -> Token | None:
        """The token that would catch the error, or None."""
        found = events.error_catcher(token, code)
        return found[0] if found else None

    def throw_escalation(self, token: Token, code: str | None) -> bool:
        """Trigger what catches the escalation; False when nothing does, which is no failure."""
        catcher = events.escalation_catcher(token, code)
        if catcher is not None:
            events.come(catcher[0], catcher[1], {})
        return catcher is not None

    def throw_at_boundary(self, container: Token, event: Definition) -> None:
        """Trigger the boundary events of a multi-instance activity without cancelling it."""
        events.throw_at_boundary(container, event)

    def is_cancel_caught(self, token: Token) -> bool:
        """Whether a boundary event catches the cancellation of the transaction around the token."""
        return events.cancel_catcher(token) is not None

    def throw_cancel(self, token: Token) -> None:
        """Cancel the transaction around the token."""
        events.throw_cancel(token)

    def throw_compensation(self, token: Token, activity: str | None, *, waits: bool = True) -> bool:
        """Undo what was done, the last first; whether the token must wait for it."""
        return compensation.throw(token, activity, waits=waits)

    def compensated(self, thrower_id: UUID) -> None:
        """One handler has done its work."""
        compensation.handler_done(self.run, thrower_id)

    def compensate_inside(self, record: Token) -> None:
        """Undo what was done in the scope the record keeps."""
        compensation.inside(self.run, record)

    def may_compensate(self, token: Token, node: Node) -> None:
        """Remember that the activity was done and `node` undoes it."""
        local = token.internal_data.get("local")
        record = token.workflow.add(
            node, token.workflow.root, token.data, local=local, beside=compensation.beside(token)
        )
        record._set_state(WAITING)
