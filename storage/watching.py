"""Open cases as those who watch see them: what is stuck first, then what is latest; and where cases stand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Select, and_, case, func, literal, or_, select, tuple_

from storage.desk import called
from storage.tables import Definition, Instance, Step, UserTask
from storage.transactions import Work

Kind = Literal["stuck", "incident", "nobody", "late", "suspended", "all"]
KINDS: tuple[Kind, ...] = ("stuck", "incident", "nobody", "late", "suspended", "all")
KIND_NAMED: dict[str, Kind] = {kind: kind for kind in KINDS}
INCIDENT, NOBODY, LATE, RUNNING, SUSPENDED = range(5)
FAR = datetime(9999, 1, 1, tzinfo=UTC)
OPEN = ("active", "suspended")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the list was narrowed to; `opened_before` leaves cases older than that."""

    kind: Kind = "stuck"
    definition_key: str | None = None
    unit_id: UUID | None = None
    opened_before: datetime | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Watched:
    """One open case: why it stands where it does in the list, and the nearest due instant of its open work."""

    instance_id: UUID
    rank: int
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class WatchCounts:
    """How many open cases there are of each kind; one may be of several."""

    running: int
    stuck: int
    incident: int
    nobody: int
    late: int
    suspended: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How many cases stand at an element, and since when the first of them does."""

    element_id: str
    cases: int
    since: datetime


def watched(
    work: Work,
    staffed: Collection[str],
    now: datetime,
    narrowing: Narrowing,
    *,
    after: tuple[int, datetime | None, UUID] | None = None,
    limit: int = 30,
) -> list[Watched]:
    """A page of open cases; `staffed` are the candidate keys somebody holds today, one statement."""
    found = _ranked(staffed, now, narrowing).subquery()
    query = select(found.c.id, found.c.rank, found.c.due_at)
    condition = {
        "stuck": found.c.rank <= LATE,
        "incident": found.c.incident == 1,
        "nobody": found.c.nobody == 1,
        "late": found.c.late == 1,
        "suspended": found.c.rank == SUSPENDED,
    }.get(narrowing.kind)
    if condition is not None:
        query = query.where(condition)
    if after is not None:
        rank, due_at, instance_id = after
        place = tuple_(
            literal(rank), literal(due_at or FAR, UserTask.due_at.type), literal(instance_id, Instance.id.type)
        )
        query = query.where(tuple_(found.c.rank, found.c.sorted_by, found.c.id) > place)
    query = query.order_by(found.c.rank, found.c.sorted_by, found.c.id).limit(limit)
    return [Watched(*row) for row in work.session.execute(query)]


def watch_counts(work: Work, staffed: Collection[str], now: datetime) -> WatchCounts:
    """Over the whole office; one statement."""
    found = _ranked(staffed, now, Narrowing()).subquery()

    def number(condition: Any) -> Any:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    query = select(
        func.count(),
        number(found.c.rank <= LATE),
        number(found.c.incident == 1),
        number(found.c.nobody == 1),
        number(found.c.late == 1),
        number(found.c.rank == SUSPENDED),
    ).select_from(found)
    return WatchCounts(*(int(each) for each in work.session.execute(query).one()))


def standings(work: Work, *definition_ids: UUID) -> list[Standing]:
    """Where the open cases of these versions stand, the fullest first."""
    query = (
        select(Step.element_id, func.count(func.distinct(Step.instance_id)), func.min(Step.started_at))
        .join(Instance, Instance.id == Step.instance_id)
        .where(Instance.definition_id.in_(definition_ids), Instance.status.in_(OPEN), Step.ended_at.is_(None))
        .group_by(Step.element_id)
    )
    found = [Standing(*row) for row in work.session.execute(query)]
    return sorted(found, key=lambda each: (-each.cases, each.since))


def instances_of(work: Work, instance_ids: Collection[UUID]) -> dict[UUID, Instance]:
    """These cases by id; one statement."""
    query = select(Instance).where(Instance.id.in_(list(instance_ids)))
    return {instance.id: instance for instance in work.session.scalars(query)}


def open_task_ids(work: Work, instance_ids: Collection[UUID]) -> list[UUID]:
    """The open work of these cases."""
    query = select(UserTask.id).where(UserTask.instance_id.in_(list(instance_ids)), UserTask.closed_at.is_(None))
    return list(work.session.scalars(query.order_by(UserTask.instance_id, UserTask.id)))


def _ranked(staffed: Collection[str], now: datetime, narrowing: Narrowing) -> Select[Any]:
    """Open cases with their rank and what each is: incident, nobody, late (1 or 0)."""
    unstaffed = and_(
        UserTask.assignee_id.is_(None),
        or_(UserTask.candidate_key.is_(None), UserTask.candidate_key.not_in(sorted(staffed))),
    )
    tasks = (
        select(
            UserTask.instance_id,
            func.min(UserTask.due_at).label("due_at"),
            func.max(case((unstaffed, 1), else_=0)).label("nobody"),
        )
        .where(UserTask.closed_at.is_(None))
        .group_by(UserTask.instance_id)
        .subquery()
    )
    is_active = Instance.status == "active"
    is_incident = and_(is_active, Instance.open_incidents > 0)
    is_nobody = and_(is_active, func.coalesce(tasks.c.nobody, 0) == 1)
    is_late = and_(is_active, tasks.c.due_at < now)
    query = (
        select(
            Instance.id,
            case(
                (Instance.status == "suspended", SUSPENDED),
                (is_incident, INCIDENT),
                (is_nobody, NOBODY),
                (is_late, LATE),
                else_=RUNNING,
            ).label("rank"),
            tasks.c.due_at,
            func.coalesce(tasks.c.due_at, literal(FAR, UserTask.due_at.type)).label("sorted_by"),
            case((is_incident, 1), else_=0).label("incident"),
            case((is_nobody, 1), else_=0).label("nobody"),
            case((is_late, 1), else_=0).label("late"),
        )
        .outerjoin(tasks, tasks.c.instance_id == Instance.id)
        .where(Instance.status.in_(OPEN))
    )
    return _narrowed(query, narrowing)


def _narrowed(query: Select[*tuple[Any, ...]], narrowing: Narrowing) -> Select[*tuple[Any, ...]]:
    if narrowing.definition_key is not None:
        versions = select(Definition.id).where(Definition.key == narrowing.definition_key)
        query = query.where(Instance.definition_id.in_(versions))
    if narrowing.unit_id is not None:
        of_unit = select(UserTask.instance_id).where(
            UserTask.unit_id == narrowing.unit_id, UserTask.closed_at.is_(None)
        )
        query = query.where(Instance.id.in_(of_unit))
    if narrowing.opened_before is not None:
        query = query.where(Instance.started_at < narrowing.opened_before)
    if narrowing.words.strip():
        query = query.where(Instance.id.in_(called(narrowing.words)))
    return query
