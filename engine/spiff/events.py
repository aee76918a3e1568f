"""Who catches what: signals within the case, errors and escalations on the way up the scopes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from bpmn.spiff.activities.sub_process import EventSubProcess
from bpmn.spiff.events.catching import CatchingNode
from bpmn.spiff.events.definitions import (
    CancelDefinition,
    Definition,
    ErrorDefinition,
    EscalationDefinition,
    MessageDefinition,
    SignalDefinition,
)

if TYPE_CHECKING:
    from engine.spiff.task import Token
    from engine.spiff.workflow import Run


def come(token: Token, index: int, variables: Mapping[str, Any]) -> None:
    """One of the events the token waits for has come."""
    node = token.task_spec
    assert isinstance(node, CatchingNode)
    node.comes(token, index, variables)


def name_at(token: Token, index: int) -> str:
    """The name of the message or signal."""
    definition = definitions_of(token)[index]
    assert isinstance(definition, (MessageDefinition, SignalDefinition))
    return definition.name


def definitions_of(token: Token) -> tuple[Any, ...]:
    """What the token's node waits for."""
    return getattr(token.task_spec, "definitions", ())


def find_index(token: Token, kinds: tuple[type, ...], name: str) -> int | None:
    """Which of the token's definitions is this message or signal."""
    for index, definition in enumerate(definitions_of(token)):
        if isinstance(definition, kinds) and getattr(definition, "name", None) == name:
            return index
    return None


def deliver_signal(run: Run, name: str, variables: Mapping[str, Any]) -> None:
    """Let every token that waits for the signal go on; what an earlier one cancels is left out."""
    for token in list(run.catching.values()):
        index = find_index(token, (SignalDefinition,), name)
        if index is not None and token.is_waiting:
            come(token, index, variables)


def error_catcher(token: Token, code: str | None) -> tuple[Token, int] | None:
    """The nearest token that catches the error, with the index of its definition."""
    return nearest(token, ErrorDefinition, code)


def escalation_catcher(token: Token, code: str | None) -> tuple[Token, int] | None:
    """The nearest token that catches the escalation."""
    return nearest(token, EscalationDefinition, code)


def nearest(token: Token, kind: type, code: str | None) -> tuple[Token, int] | None:
    """Level by level upwards; on one level the exact code before one that catches all."""
    for level in levels(token):
        anything: tuple[Token, int] | None = None
        for each in level:
            for index, definition in enumerate(definitions_of(each)):
                if not isinstance(definition, kind) or not each.is_waiting:
                    continue
                caught = definition.code  # type: ignore[attr-defined]
                if caught is not None and caught == code:
                    return each, index
                if caught is None and anything is None:
                    anything = each, index
        if anything is not None:
            return anything
    return None


def levels(token: Token) -> Iterator[list[Token]]:
    """Boundary events of the activity, of its container, event sub-processes of the scope, then the scope's host.

    An event sub-process does not catch what its own run throws: so it can throw on what it has caught.
    """
    current: Token | None = token
    while current is not None:
        yield current.children
        if "instance" in current.internal_data:
            current = current.parent
            continue
        standing_by = current.workflow.standing_by.values()
        catchers = [each for each in standing_by if isinstance(each.task_spec, EventSubProcess)]
        yield [each for each in catchers if each.task_spec is not current.task_spec]
        current = current.workflow.host


def throw_at_boundary(container: Token, event: Definition) -> None:
    """Start what hangs at the boundary for this event; the activity goes on."""
    scope = container.workflow
    known = scope.known_at(container)
    for boundary in container.children:
        if boundary.is_waiting and any(catches(each, event) for each in definitions_of(boundary)):
            beginning = scope.aside(container.parent, known)
            token = scope.add(boundary.task_spec, beginning, beginning.data)
            token.begin()
            token.ready()


def catches(waited_for: Definition, thrown: Definition) -> bool:
    """Whether what is thrown is what is waited for."""
    if isinstance(waited_for, EscalationDefinition) and isinstance(thrown, EscalationDefinition):
        return waited_for.code in (None, thrown.code)
    named = (SignalDefinition, MessageDefinition)
    return isinstance(waited_for, named) and type(waited_for) is type(thrown) and waited_for.name == thrown.name


def throw_cancel(token: Token) -> None:
    """Cancel the transaction around the token, of several runs all."""
    catcher = cancel_catcher(token)
    if catcher is not None:
        come(catcher[0], catcher[1], {})


def cancel_catcher(token: Token) -> tuple[Token, int] | None:
    """The boundary event of the transaction around the token that catches its cancellation."""
    host = token.workflow.host
    if host is not None and "instance" in host.internal_data:
        host = host.parent
    for boundary in host.children if host is not None else ():
        for index, definition in enumerate(definitions_of(boundary)):
            if isinstance(definition, CancelDefinition) and boundary.is_waiting:
                return boundary, index
    return None
