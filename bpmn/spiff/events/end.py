"""End events: the token is consumed, and what the event throws takes effect first."""

from __future__ import annotations

from collections.abc import Sequence

from bpmn.spiff.events.definitions import CancelDefinition, ErrorDefinition, TerminateDefinition
from bpmn.spiff.events.throwing import ThrowingNode
from bpmn.spiff.flow import Flow
from bpmn.spiff.runtime import Token
from domain.errors import BpmnError, ExpressionInvalid


class EndEvent(ThrowingNode):
    """None, message, signal, escalation, error, compensation, cancel or terminate."""

    def execute(self, token: Token) -> bool | None:
        run = token.scope.run
        error = self._error()
        if error is not None and run.error_catcher(token, error.code) is None:
            raise BpmnError(error.code or "")
        if self._is(CancelDefinition):
            if not run.is_cancel_caught(token):
                raise ExpressionInvalid(
                    "Giao dịch bị hủy nhưng không có sự kiện biên loại hủy để đi tiếp",
                    "the transaction is cancelled, but no cancel boundary event says where to go on",
                )
            token.hold(token.scope.variables())
            token.scope.cancel_all(but=[token])
            return None if run.throw_compensation(token, None) else True
        return super().execute(token)

    def choose(self, token: Token) -> Sequence[Flow]:
        return []

    def leave(self, token: Token, flows: Sequence[Flow]) -> None:
        run = token.scope.run
        self.throw(token)
        if not token.is_here:
            return
        error = self._error()
        if error is not None:
            run.throw_error(token, error.code)
        elif self._is(CancelDefinition):
            run.throw_cancel(token)
        elif self._is(TerminateDefinition):
            token.hold(token.scope.variables())
            token.scope.cancel_all(but=[token])
        if token.is_here:
            token.scope.end(token)

    def _error(self) -> ErrorDefinition | None:
        return next((each for each in self.definitions if isinstance(each, ErrorDefinition)), None)

    def _is(self, kind: type) -> bool:
        return any(isinstance(each, kind) for each in self.definitions)
