"""What is on a person's desk: the union of the first rows by key, so that its cost does not grow with the office.

Tasks with a due day come first, the nearest first; those without follow, by id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, union_all

from domain.people import User
from storage.tables import Definition, Instance, UserTask
from storage.transactions import Work

COUNTED = 999
"""Counts are exact up to here; one more means "more"."""

Arm = tuple[ColumnElement[bool], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of a worklist ended."""

    due_at: datetime | None
    task_id: UUID


@dataclass(frozen=True, slots=True)
class Window:
    """Which due instants are wanted: from `due_from` on, before `due_before`; both None is everything."""

    due_from: datetime | None = None
    due_before: datetime | None = None


EVERYTHING = Window()


def mine(user: User) -> tuple[Arm, ...]:
    """Assigned to me, offered to a role I hold, or belonging to somebody I stand in for."""
    arms: list[Arm] = [(UserTask.assignee_id == user.person_id,)]
    keys = [*sorted(user.keys), *sorted(key for key in user.stood_in_keys if key not in user.keys)]
    arms += [(UserTask.candidate_key == key, UserTask.assignee_id.is_(None)) for key in keys]
    arms += [(UserTask.assignee_id == absent,) for absent in sorted(set(user.stood_in_keys.values()))]
    for definition_key, held in user.limited_stood_in.items():
        of_definition = UserTask.instance_id.in_(
            select(Instance.id).join(Definition).where(Definition.key == definition_key)
        )
        arms += [
            (UserTask.candidate_key == key, UserTask.assignee_id.is_(None), of_definition)
            for key in sorted(held)
            if key not in keys
        ]
        arms += [(UserTask.assignee_id == absent, of_definition) for absent in sorted(set(held.values()))]
    return tuple(arms)


def of_units(unit_ids: Iterable[UUID]) -> tuple[Arm, ...]:
    """Whatever is open in these units, whoever has it."""
    return tuple((UserTask.unit_id == unit_id,) for unit_id in sorted(unit_ids))


def assigned_to(person_id: UUID) -> tuple[Arm, ...]:
    return ((UserTask.assignee_id == person_id,),)


def worklist(
    work: Work, arms: Sequence[Arm], *, window: Window = EVERYTHING, limit: int = 50, after: Place | None = None
) -> list[UserTask]:
    """The first `limit` open tasks of any arm, by due instant and id, after a place when one is given."""
    ids = _first(arms, window, limit, after)
    if ids is None:
        return []
    found = work.session.scalars(select(UserTask).where(UserTask.id.in_(select(ids.c.id))))
    return sorted(found, key=_order)[:limit]


def count(work: Work, arms: Sequence[Arm], *, window: Window = EVERYTHING) -> int:
    """How many open tasks any arm has; COUNTED + 1 stands for every larger number."""
    ids = _first(arms, window, COUNTED + 1, None)
    if ids is None:
        return 0
    distinct = select(ids.c.id).distinct().limit(COUNTED + 1).subquery()
    return work.session.scalar(select(func.count()).select_from(distinct)) or 0


def _first(arms: Sequence[Arm], window: Window, limit: int, after: Place | None) -> Any:
    pieces = [piece.limit(limit).subquery() for arm in arms for piece in _pieces(arm, window, after)]
    return union_all(*(select(piece.c.id) for piece in pieces)).subquery() if pieces else None


def _pieces(arm: Arm, window: Window, after: Place | None) -> Iterator[Select[UUID]]:
    """The arm's tasks with a due instant and those without, apart, so that each is read along its index."""
    base = select(UserTask.id).where(*arm, UserTask.closed_at.is_(None))
    if after is None or after.due_at is not None:
        dated = base.where(UserTask.due_at.is_not(None)).order_by(UserTask.due_at, UserTask.id)
        if window.due_from is not None:
            dated = dated.where(UserTask.due_at >= window.due_from)
        if window.due_before is not None:
            dated = dated.where(UserTask.due_at < window.due_before)
        if after is not None and after.due_at is not None:
            beyond = and_(UserTask.due_at == after.due_at, UserTask.id > after.task_id)
            dated = dated.where(or_(UserTask.due_at > after.due_at, beyond))
        yield dated
    if window == EVERYTHING:
        undated = base.where(UserTask.due_at.is_(None)).order_by(UserTask.id)
        if after is not None and after.due_at is None:
            undated = undated.where(UserTask.id > after.task_id)
        yield undated


def _order(task: UserTask) -> tuple[bool, float, UUID]:
    return (task.due_at is None, task.due_at.timestamp() if task.due_at else 0.0, task.id)
