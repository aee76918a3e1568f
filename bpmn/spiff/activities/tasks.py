"""Tasks: by people, by workers, by scripts, and those that only pass."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bpmn.expressions.attributes import of_kind
from bpmn.spiff.activities.activity import Activity
from bpmn.spiff.events.catching import CatchingNode
from bpmn.spiff.events.definitions import MessageDefinition
from bpmn.spiff.events.intermediate import cancel_rivals
from bpmn.spiff.events.throwing import mapping_of, payload_of
from bpmn.spiff.node import Drawn
from bpmn.spiff.process_spec import ProcessSpec
from bpmn.spiff.runtime import Token
from bpmn.spiff.timers import INSTANT
from bpmn.spiff.words import snake_case

EXPRESSIONS = frozenset({"unit", "dueDate", "dueDays", "followUpDays", "priority"})


class PlainTask(Activity):
    """A task without a kind, or a service task without a topic: it passes through."""


class UserTask(Activity):
    """A user or manual task: a person completes it."""

    def __init__(self, process: ProcessSpec, drawn: Drawn, **facts: Any) -> None:
        super().__init__(process, drawn, manual=True, **facts)

    def prepare(self, token: Token) -> None:
        token.scope.run.open_wait(token, "user_task", attributes=evaluated(self.drawn.attributes, token))


class ScriptTask(Activity):
    """Runs its script; what it assigns becomes variables."""

    def __init__(self, process: ProcessSpec, drawn: Drawn, *, script: str, **facts: Any) -> None:
        super().__init__(process, drawn, **facts)
        self.script = script

    def execute(self, token: Token) -> bool | None:
        token.scope.run.run_script(self.script, token)
        return True


class JobTask(Activity):
    """A service, send or business rule task with a `topic`: a worker does it."""

    def execute(self, token: Token) -> bool | None:
        attributes = evaluated(self.drawn.attributes, token)
        source = self.drawn.attributes.get("payload")
        attributes["payload"] = mapping_of(source, token) if source else {}
        token.scope.run.open_wait(token, "job", attributes=attributes)
        return None


class DecisionTask(Activity):
    """A business rule task with a `decision`: its result becomes the variable `result`, or one variable an output."""

    def __init__(self, process: ProcessSpec, drawn: Drawn, *, decision: str, **facts: Any) -> None:
        super().__init__(process, drawn, **facts)
        self.decision = decision

    def execute(self, token: Token) -> bool | None:
        decided = token.scope.run.decide(self.decision, token)
        name = self.drawn.attributes.get("result")
        if name is None and isinstance(decided, Mapping):
            token.set(decided)
        else:
            token.set({name or self.decision: decided})
        return True


class SendTask(Activity):
    """A send task with a message and no topic."""

    def __init__(self, process: ProcessSpec, drawn: Drawn, *, message: MessageDefinition, **facts: Any) -> None:
        super().__init__(process, drawn, **facts)
        self.message = message

    def execute(self, token: Token) -> bool | None:
        run = token.scope.run
        correlation = self.message.correlation and run.evaluate(self.message.correlation, token)
        correlation = None if correlation is None else str(correlation)
        run.throw_message(token, self.message.name, correlation, payload_of(self.message, token))
        return True


class ReceiveTask(Activity, CatchingNode):
    """Waits for its message."""

    def begin_work(self, token: Token) -> None:
        self.await_events(token)

    def triggered(self, token: Token, variables: Mapping[str, Any]) -> None:
        cancel_rivals(token)
        token.set(variables)
        token.ready()


def evaluated(attributes: Mapping[str, str], token: Token) -> dict[str, Any]:
    """The extension attributes in snake case, expressions evaluated; a date written out stays as it is."""
    run = token.scope.run
    found: dict[str, Any] = {}
    for name, text in attributes.items():
        if name == "payload":
            continue
        is_source = name in EXPRESSIONS and not (name == "dueDate" and INSTANT.fullmatch(text))
        found[snake_case(name)] = of_kind(name, text, run.evaluate(text, token)) if is_source else text
    return found
