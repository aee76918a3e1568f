"""Waiting for events: what intermediate, boundary and start events of event sub-processes have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bpmn.spiff.events.definitions import (
    ConditionalDefinition,
    Definition,
    MessageDefinition,
    SignalDefinition,
    TimerDefinition,
)
from bpmn.spiff.node import Drawn, Node
from bpmn.spiff.process_spec import ProcessSpec
from bpmn.spiff.runtime import Token
from bpmn.spiff.timers import Due, first_due, next_due
from domain.errors import ExpressionInvalid


class CatchingNode(Node):
    """A node that waits. Of several definitions the first to come counts, or all when `parallel`."""

    def __init__(
        self,
        process: ProcessSpec,
        drawn: Drawn,
        *,
        definitions: Sequence[Definition] = (),
        parallel: bool = False,
        name: str | None = None,
    ) -> None:
        super().__init__(process, drawn, name=name)
        self.definitions = tuple(definitions)
        self.parallel = parallel
        self.event_element = drawn  # what the outside is told it waits at

    def await_events(self, token: Token) -> None:
        """Open the waits. A condition that holds already comes at once."""
        token.wait()
        single = len(self.definitions) == 1
        for index, definition in enumerate(self.definitions):
            if token.is_waiting:
                self._await_one(token, definition, None if single else index)

    def _await_one(self, token: Token, definition: Definition, index: int | None) -> None:
        run = token.scope.run
        where: dict[str, Any] = {
            "index": index,
            "element_id": self.event_element.id,
            "name": self.event_element.name,
            "attributes": dict(self.event_element.attributes),
        }
        if isinstance(definition, MessageDefinition):
            run.open_wait(token, "message", **where, correlation=correlation_of(definition, token))
        elif isinstance(definition, SignalDefinition):
            run.open_wait(token, "signal", **where)
        elif isinstance(definition, TimerDefinition):
            due = token.internal_data.get("due") or {}
            known = str(index or 0)
            left = due.get(known)
            found = first_due_of(definition, token) if known not in due else Due.decode(left) if left else None
            token.note(due={**due, known: found.encode() if found else None})
            if found is not None:
                run.open_wait(token, "timer", **where, due_at=found.at)
        elif isinstance(definition, ConditionalDefinition):
            self._look(token, index or 0, definition, token.scope.seen())

    def recheck(self, token: Token, variables: Mapping[str, Any]) -> None:
        """Look at the conditions again: each comes when it becomes true."""
        for index, definition in enumerate(self.definitions):
            if isinstance(definition, ConditionalDefinition) and token.is_waiting:
                self._look(token, index, definition, variables)

    def _look(self, token: Token, index: int, definition: ConditionalDefinition, variables: Mapping[str, Any]) -> None:
        """BPMN 2.0 table 10.84: a condition must become false before it can come again."""
        held: Sequence[int] = token.internal_data.get("held", ())
        if not self.holds(token, definition, variables):
            if index in held:
                token.note(held=[each for each in held if each != index] or None)
        elif index not in held:
            token.note(held=[*held, index])
            self.comes(token, index, {})

    def holds(self, token: Token, definition: ConditionalDefinition, variables: Mapping[str, Any]) -> bool:
        """Whether the condition is true; one that cannot be evaluated yet is not."""
        try:
            return bool(token.scope.run.evaluate(definition.condition, token, variables))
        except ExpressionInvalid:
            return False

    def comes(self, token: Token, index: int, variables: Mapping[str, Any]) -> None:
        """One of the events has come."""
        if self.parallel and len(self.definitions) > 1:
            seen = sorted({*token.internal_data.get("seen", ()), index})
            token.scope.run.close_wait(token, index)
            token.set(variables)
            if len(seen) < len(self.definitions):
                token.note(seen=seen)
                return
        token.note(came=index)
        token.scope.run.trigger(token, variables)

    def triggered(self, token: Token, variables: Mapping[str, Any]) -> None:
        """What the token waited for has come; its waits are closed."""
        raise NotImplementedError

    def following_due(self, token: Token) -> Mapping[str, Any] | None:
        """When a cycle comes again: the facts for the next token; None when it was the last time."""
        index = token.internal_data.get("came", 0)
        if not isinstance(self.definitions[index], TimerDefinition):
            return None
        due = token.internal_data.get("due") or {}
        encoded = due.get(str(index))
        following = next_due(Due.decode(encoded)) if encoded else None
        return {"due": {**due, str(index): following.encode()}} if following else None

    def repeats(self, token: Token) -> Mapping[str, Any] | None:
        """The facts for the next token where an event may come again; None where a timer has come for the last time.

        The other timers of the event run on, and what comes by other means may come again.
        """
        facts = token.internal_data
        due: dict[str, Any] = dict(facts.get("due") or {})
        came = [str(index) for index in (facts.get("seen", ()) if self.parallel else ())] + [str(facts.get("came", 0))]
        for index in due.keys() & came:
            following = next_due(Due.decode(due[index])) if due[index] else None
            due[index] = following.encode() if following else None
        spent = [index for index, left in due.items() if left is None]
        if spent and (self.parallel or len(spent) == len(self.definitions)):
            return None
        return {"due": due or None, "held": facts.get("held")}


def correlation_of(definition: MessageDefinition, token: Token) -> str | None:
    """The correlation a message must have, as text."""
    if definition.correlation is None:
        return None
    value = token.scope.run.evaluate(definition.correlation, token)
    return None if value is None else str(value)


def first_due_of(definition: TimerDefinition, token: Token) -> Due | None:
    """When the timer is due, counted from now. Raises ExpressionInvalid, also for one that is due again and again."""
    run = token.scope.run
    due = first_due(definition.text, run.moment.now, lambda source: run.evaluate(source, token))
    if due is not None and due.at <= run.moment.now:
        run.due_at_once(token)
    return due
