"""What an event is about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MessageDefinition:
    """A message by name; `correlation` and `payload` are expressions."""

    name: str
    correlation: str | None = None
    payload: str | None = None


@dataclass(frozen=True, slots=True)
class SignalDefinition:
    """A signal by name; `payload` is an expression."""

    name: str
    payload: str | None = None


@dataclass(frozen=True, slots=True)
class TimerDefinition:
    """An instant, a duration, a cycle or an expression that gives one, as written."""

    text: str


@dataclass(frozen=True, slots=True)
class ErrorDefinition:
    """An error; None catches every code."""

    code: str | None


@dataclass(frozen=True, slots=True)
class EscalationDefinition:
    """An escalation; None catches every code."""

    code: str | None


@dataclass(frozen=True, slots=True)
class ConditionalDefinition:
    """Comes when the expression becomes true."""

    condition: str


@dataclass(frozen=True, slots=True)
class CompensateDefinition:
    """Undo one activity, or all of the scope; whoever throws it waits for that, or goes on at once."""

    activity: str | None = None
    waits: bool = True


@dataclass(frozen=True, slots=True)
class CancelDefinition:
    """Cancel a transaction."""


@dataclass(frozen=True, slots=True)
class TerminateDefinition:
    """End the scope at once."""


@dataclass(frozen=True, slots=True)
class LinkDefinition:
    """Go on at the catching link of this name."""

    name: str


Definition = (
    MessageDefinition
    | SignalDefinition
    | TimerDefinition
    | ErrorDefinition
    | EscalationDefinition
    | ConditionalDefinition
    | CompensateDefinition
    | CancelDefinition
    | TerminateDefinition
    | LinkDefinition
)
