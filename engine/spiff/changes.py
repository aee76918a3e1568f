"""What a case says after a command: rows to write, waits opened and closed, steps, thrown events, failures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class StateRow:
    """One token of the saved state; `position` puts parents before children, `body` None: removed."""

    id: UUID
    position: int
    body: bytes | None


@dataclass(frozen=True, slots=True)
class Wait:
    """Something outside must happen: `kind` is user_task, timer, message, signal or job.

    `attributes` are the extension attributes, expressions already evaluated.
    """

    key: str
    kind: str
    token_id: UUID
    element_id: str
    name: str
    variables: Mapping[str, Any]
    attributes: Mapping[str, Any]
    due_at: datetime | None = None
    correlation: str | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """A wait is over: `completed` when what it waited for came, else it was cancelled."""

    key: str
    token_id: UUID
    kind: str
    completed: bool


@dataclass(frozen=True, slots=True)
class StepChange:
    """A run of a node of the drawing; `state` is started, completed or cancelled.

    `scope` is the element id of the enclosing sub-process or call activity, None at the top.
    """

    token_id: UUID
    position: int
    element_id: str
    type: str
    name: str
    scope: str | None
    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Thrown:
    """A message or signal for others. With `served_inside` the case's own catchers have had it: leave this case out."""

    kind: str
    name: str
    correlation: str | None
    variables: Mapping[str, Any]
    element_id: str
    served_inside: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """A token that stands in error: an incident. `kind` is bpmn_error, expression or loop."""

    token_id: UUID
    element_id: str
    kind: str
    message: str
    detail: str = ""


@dataclass(slots=True)
class Changes:
    """All since the last call of `Case.take_changes`; `head` is None when it did not change."""

    rows: list[StateRow] = field(default_factory=list)
    head: dict[str, Any] | None = None
    opened: list[Wait] = field(default_factory=list)
    closed: list[Closed] = field(default_factory=list)
    steps: list[StepChange] = field(default_factory=list)
    thrown: list[Thrown] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    given_up: list[UUID] = field(default_factory=list)  # failed tokens that were cancelled
    ended: bool = False
