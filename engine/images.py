"""What a completion changes of its case, as it was before; kept, one a case, for who wants to take it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.people import User
from engine.running import running
from engine.spiff.case import Changes
from engine.spiff.codec import pack, unpack
from engine.waits import row_id
from storage.changed_rows import watching
from storage.snapshots import Values, values_among
from storage.tables import Base, Completion, Instance, Job, Subscription, Timer, UserTask
from storage.transactions import Work

WAITS: Mapping[str, type[Base]] = {"timer": Timer, "message": Subscription, "signal": Subscription, "job": Job}
"""The table of each kind of wait that is no work for people."""


@dataclass(slots=True)
class Image:
    """The parts of a case that a command has changed, as they were; of what changes twice the first state counts."""

    instance_id: UUID
    head: dict[str, Any]
    tokens: dict[UUID, tuple[int, bytes | None]] = field(default_factory=dict)
    begun: dict[UUID, None] = field(default_factory=dict)  # steps that began
    ended: dict[UUID, None] = field(default_factory=dict)  # steps that were under way
    opened: dict[UUID, str] = field(default_factory=dict)  # waits that were opened, with their tables
    closed: dict[UUID, tuple[str, Values]] = field(default_factory=dict)  # the rows of those that were closed

    def see(self, work: Work, changes: Changes) -> None:
        """Keep what these changes are about to write over; one read for tokens, one for each kind of closed wait."""
        self._see_tokens(work, changes)
        for step in changes.steps:
            if step.state == "started":
                self.begun[step.token_id] = None
            elif step.token_id not in self.begun:
                self.ended[step.token_id] = None
        self._see_closed(work, changes)
        for wait in changes.opened:
            if wait.kind in WAITS:
                self.opened.setdefault(row_id(self.instance_id, wait.key), WAITS[wait.kind].__tablename__)

    def told(self) -> dict[str, Any]:
        """As it is kept: {"head", "tokens": [[id, position, body]], "begun", "ended", "opened": {table: ids},
        "closed": {table: rows}}."""
        opened: dict[str, list[UUID]] = {}
        for id, table in self.opened.items():
            opened.setdefault(table, []).append(id)
        closed: dict[str, list[Values]] = {}
        for table, values in self.closed.values():
            closed.setdefault(table, []).append(values)
        return {
            "head": self.head,
            "tokens": [[id, at, None if body is None else body.decode()] for id, (at, body) in self.tokens.items()],
            "begun": list(self.begun),
            "ended": list(self.ended),
            "opened": opened,
            "closed": closed,
        }

    def _see_tokens(self, work: Work, changes: Changes) -> None:
        new = {row.id: row.position for row in changes.rows if row.id not in self.tokens}
        stored = work.tokens.among(self.instance_id, new) if new else {}
        self.tokens |= {id: stored.get(id, (position, None)) for id, position in new.items()}

    def _see_closed(self, work: Work, changes: Changes) -> None:
        ids: dict[type[Base], list[UUID]] = {}
        for one in changes.closed:
            id = row_id(self.instance_id, one.key)
            if one.kind in WAITS and id not in self.opened and id not in self.closed:
                ids.setdefault(WAITS[one.kind], []).append(id)
        for table, wanted in ids.items():
            for values in values_among(work, table, wanted):
                self.closed[UUID(values["id"])] = (table.__tablename__, values)


@contextmanager
def to_be_taken_back(
    work: Work, task: UserTask, instance: Instance, user: User, variables: Mapping[str, Any], now: datetime
) -> Iterator[None]:
    """Keep what the block, a completion of `task` with `variables`, changes, in the place of the case's last one."""
    state = running(work)
    before = set(state.cases)
    state.image = Image(instance.id, dict(instance.head))
    try:
        with watching(work) as rows:
            yield
        if instance.status != "active":
            work.completions.forget(instance.id)
            return
        changed = rows.told()
        changed.pop("instance", None)  # its state is told apart, its chain of records goes on
        reached = [state.cases[id].instance.title for id in state.cases.keys() - before - {instance.id}]
        work.completions.keep(
            {
                "instance_id": instance.id,
                "task_id": task.id,
                "person_id": user.person_id,
                "at": now,
                "revision": instance.revision,
                "variables": {name: pack(value) for name, value in variables.items()},
                "reached": reached,
                "image": {} if reached else {**state.image.told(), "rows": changed},
            }
        )
    finally:
        state.image = None


def sent_with(completion: Completion) -> dict[str, Any]:
    """The variables the task was completed with."""
    return {name: unpack(value) for name, value in completion.variables.items()}


def added(image: Mapping[str, Any], table: type[Base]) -> Sequence[UUID]:
    """The ids of the rows of one kind of wait that the completion opened."""
    return [UUID(id) for id in image["opened"].get(table.__tablename__, ())]
