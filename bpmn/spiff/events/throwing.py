"""Throwing events: what intermediate throw and end events have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bpmn.spiff.events.catching import correlation_of
from bpmn.spiff.events.definitions import (
    CompensateDefinition,
    Definition,
    EscalationDefinition,
    MessageDefinition,
    SignalDefinition,
)
from bpmn.spiff.node import Drawn, Node
from bpmn.spiff.process_spec import ProcessSpec
from bpmn.spiff.runtime import Token
from domain.errors import ExpressionInvalid


class ThrowingNode(Node):
    """Throws each of its definitions. Signals and escalations take effect before the token goes on."""

    def __init__(self, process: ProcessSpec, drawn: Drawn, *, definitions: Sequence[Definition] = ()) -> None:
        super().__init__(process, drawn)
        self.definitions = tuple(definitions)

    def execute(self, token: Token) -> bool | None:
        run = token.scope.run
        payloads: list[Mapping[str, Any]] = []
        waits = False
        for definition in self.definitions:
            payloads.append(payload_of(definition, token))
            if isinstance(definition, MessageDefinition):
                run.throw_message(token, definition.name, correlation_of(definition, token), payloads[-1])
            elif isinstance(definition, CompensateDefinition):
                waits |= run.throw_compensation(token, definition.activity, waits=definition.waits)
        token.note(payloads=payloads)
        return None if waits else True

    def throw(self, token: Token) -> None:
        """Throw what may cancel the token's own scope."""
        run = token.scope.run
        payloads = token.internal_data.get("payloads") or [{}] * len(self.definitions)
        for definition, payload in zip(self.definitions, payloads, strict=True):
            if isinstance(definition, SignalDefinition):
                run.throw_signal(token, definition.name, payload)
            elif isinstance(definition, EscalationDefinition):
                run.throw_escalation(token, definition.code)


def payload_of(definition: Definition, token: Token) -> Mapping[str, Any]:
    """The variables a message or signal carries. Raises ExpressionInvalid when they are no mapping."""
    source = getattr(definition, "payload", None)
    return mapping_of(source, token) if source else {}


def mapping_of(source: str, token: Token) -> Mapping[str, Any]:
    """The mapping an expression gives. Raises ExpressionInvalid when it is none."""
    value = token.scope.run.evaluate(source, token)
    if not isinstance(value, Mapping):
        raise ExpressionInvalid(
            f"“{source}” phải cho một nhóm giá trị {{tên: giá trị}}", f"{source} must give a mapping of names to values"
        )
    return value
