"""What the engine keeps for the length of one transaction."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from engine.spiff.case import Case, Moment, Thrown
from storage.tables import Instance
from storage.transactions import Work

if TYPE_CHECKING:
    from engine.images import Image


@dataclass(slots=True)
class Doer:
    """Who completed a task, as its step and its listeners are told."""

    person_id: UUID | None
    on_behalf_of: UUID | None
    variables: dict[str, Any]


@dataclass(slots=True)
class Live:
    """A case in one transaction. `depth` counts the commands inside each other that hold it."""

    instance: Instance
    case: Case
    depth: int = 0
    doers: dict[UUID, Doer] = field(default_factory=dict)


@dataclass(slots=True)
class Running:
    """The live cases, and what they have thrown that is not delivered yet."""

    cases: dict[UUID, Live] = field(default_factory=dict)
    held: set[UUID] = field(default_factory=set)
    revised: set[UUID] = field(default_factory=set)
    thrown: deque[tuple[UUID | None, Thrown]] = field(default_factory=deque)
    routing: bool = False
    delivered: int = 0
    written: int = 0  # bytes of state
    moments: dict[datetime, Moment] = field(default_factory=dict)
    image: Image | None = None  # of the case whose completion is under way


def running(work: Work) -> Running:
    """Of this transaction."""
    if work.running is None:
        work.running = Running()
    return cast(Running, work.running)


def revise(work: Work, instance: Instance) -> None:
    """Give the instance the revision of this transaction: of two at once the second is refused."""
    revised = running(work).revised
    if instance.id not in revised:
        revised.add(instance.id)
        work.met.add(instance.id)
        instance.revision += 1


def hold_instance(work: Work, instance_id: UUID) -> Instance:
    """The instance, for this transaction alone; a replay stands in line for it. Raises NotFound."""
    held = running(work).held
    if instance_id in held:
        return work.instances.get(instance_id)
    work.met.add(instance_id)
    instance = work.instances.locked(instance_id)
    held.add(instance_id)
    return instance
