"""What a row of a desk shows beside the task: the plan's row, who handed it over, and lists narrowed by a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from domain.people import User
from domain.text import fold
from domain.words import Words, english_of
from storage.tables import Activity, Assignment, Definition, Instance, Occurrence, Plan, Step, UserTask
from storage.transactions import Work
from storage.worklists import Arm

Part = Literal["lead", "coordinating"]
LATELY = 500
"""So many finished tasks back a person's cases count as theirs to follow."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """The case a task belongs to, with the plan's row it carries out; the plan's part is None for other cases."""

    instance_id: UUID
    title: str
    status: str
    definition_id: UUID
    definition_key: str
    definition_name: str
    definition_version: int
    business_key: str | None
    activity_id: UUID | None = None
    number: str | None = None
    task: str | None = None
    lead_unit_id: UUID | None = None
    plan_id: UUID | None = None
    plan_number: str | None = None
    plan_title: str | None = None
    plan_year: int | None = None
    period: str | None = None
    due_explanation: str | None = None


@dataclass(frozen=True, slots=True)
class HandOver:
    """The last step a person finished in a case."""

    instance_id: UUID
    person_id: UUID
    step: str
    at: datetime


def plan_rows(work: Work, instance_ids: Iterable[UUID]) -> dict[UUID, PlanRow]:
    """The cases by id, one statement."""
    wanted = list(set(instance_ids))
    if not wanted:
        return {}
    query = (
        select(Instance, Definition.key, Definition.name, Definition.version, Occurrence, Activity, Plan)
        .join(Definition, Definition.id == Instance.definition_id)
        .outerjoin(Occurrence, Occurrence.instance_id == Instance.id)
        .outerjoin(Activity, Activity.id == Occurrence.activity_id)
        .outerjoin(Plan, Plan.id == Activity.plan_id)
        .where(Instance.id.in_(wanted))
    )
    return {
        instance.id: PlanRow(
            instance_id=instance.id,
            title=_title(instance.title, activity) or name,
            status=instance.status,
            definition_id=instance.definition_id,
            definition_key=key,
            definition_name=name,
            definition_version=version,
            business_key=instance.business_key,
            activity_id=activity.id if activity else None,
            number=activity.number if activity else None,
            task=activity.task if activity else None,
            lead_unit_id=activity.lead_unit_id if activity else None,
            plan_id=plan.id if plan else None,
            plan_number=plan.number if plan else None,
            plan_title=plan.title if plan else None,
            plan_year=plan.year if plan else None,
            period=occurrence.period if occurrence else None,
            due_explanation=(occurrence.due_explanation or None) if occurrence else None,
        )
        for instance, key, name, version, occurrence, activity, plan in work.session.execute(query)
    }


def hand_overs(work: Work, instance_ids: Iterable[UUID]) -> dict[UUID, HandOver]:
    """By case, the last step somebody finished; one statement."""
    wanted = list(set(instance_ids))
    if not wanted:
        return {}
    latest = (
        select(Step.instance_id, func.max(Step.ended_at).label("ended_at"))
        .where(Step.instance_id.in_(wanted), Step.by.is_not(None))
        .group_by(Step.instance_id)
        .subquery()
    )
    query = select(Step).join(
        latest, and_(Step.instance_id == latest.c.instance_id, Step.ended_at == latest.c.ended_at)
    )
    return {
        step.instance_id: HandOver(step.instance_id, step.by, step.name or step.element_id, step.ended_at)
        for step in work.session.scalars(query.where(Step.by.is_not(None)))
        if step.by is not None and step.ended_at is not None
    }


def narrowed(
    arms: Sequence[Arm],
    *,
    part: Part | None = None,
    plan_id: UUID | None = None,
    unit_id: UUID | None = None,
    words: str = "",
) -> tuple[Arm, ...]:
    """The same lists, of one part, plan or unit, or of titles and row numbers that hold `words`."""
    conditions: list[ColumnElement[bool]] = []
    if part == "coordinating":
        conditions.append(UserTask.purpose == "contribute")
    if part == "lead":
        conditions.append(or_(UserTask.purpose.is_(None), UserTask.purpose != "contribute"))
    if plan_id is not None:
        of_plan = select(Occurrence.instance_id).join(Activity).where(Activity.plan_id == plan_id)
        conditions.append(UserTask.instance_id.in_(of_plan))
    if unit_id is not None:
        conditions.append(UserTask.unit_id == unit_id)
    if words.strip():
        conditions.append(UserTask.instance_id.in_(called(words)))
    return tuple((*arm, *conditions) for arm in arms)


def called(words: str) -> Select[UUID]:
    """Ids of cases whose title, row number or plan number holds `words`."""
    folded = fold(words.strip())
    numbered = (
        select(Occurrence.instance_id)
        .join(Activity, Activity.id == Occurrence.activity_id)
        .join(Plan, Plan.id == Activity.plan_id)
        .where(
            Occurrence.instance_id.is_not(None),
            or_(
                Activity.number == words.strip(),
                func.lower(Plan.number).contains(words.strip().lower(), autoescape=True),
            ),
        )
    )
    return select(Instance.id).where(
        or_(Instance.title_folded.contains(folded, autoescape=True), Instance.id.in_(numbered))
    )


def active_plans(work: Work) -> list[tuple[UUID, str]]:
    """Active plans to choose from, by number."""
    query = select(Plan.id, Plan.number, Plan.title).where(Plan.state == "active").order_by(Plan.number)
    return [(plan_id, number or title) for plan_id, number, title in work.session.execute(query)]


def find_cases(
    work: Work, words: str, unit_ids: Iterable[UUID] | None, person_id: UUID, limit: int = 50
) -> list[PlanRow]:
    """Cases holding `words`, the newest first; only those the units or the person take part in, unless None."""
    query = select(Instance.id).where(Instance.id.in_(called(words)))
    if unit_ids is not None:
        query = query.where(takes_part(list(unit_ids), person_id))
    ids = work.session.scalars(query.order_by(Instance.started_at.desc(), Instance.id).limit(limit)).all()
    rows = plan_rows(work, ids)
    return [rows[instance_id] for instance_id in ids]


def takes_part(unit_ids: Sequence[UUID], person_id: UUID) -> ColumnElement[bool]:
    """Whether these units, or the person, have or had work in a case."""
    by_task = select(UserTask.instance_id).where(
        or_(UserTask.unit_id.in_(unit_ids), UserTask.assignee_id == person_id, UserTask.closed_by == person_id)
    )
    by_plan = (
        select(Occurrence.instance_id)
        .join(Assignment, Assignment.activity_id == Occurrence.activity_id)
        .where(Assignment.unit_id.in_(unit_ids), Occurrence.instance_id.is_not(None))
    )
    return or_(Instance.id.in_(by_task), Instance.id.in_(by_plan), Instance.started_by == person_id)


def done_by(
    work: Work, person_id: UUID, since: datetime, *, limit: int = 50, before: tuple[datetime, UUID] | None = None
) -> list[UserTask]:
    """Tasks the person completed since then, the newest first."""
    query = select(UserTask).where(
        UserTask.closed_by == person_id, UserTask.state == "completed", UserTask.closed_at >= since
    )
    if before is not None:
        closed_at, task_id = before
        query = query.where(
            or_(UserTask.closed_at < closed_at, and_(UserTask.closed_at == closed_at, UserTask.id < task_id))
        )
    return list(work.session.scalars(query.order_by(UserTask.closed_at.desc(), UserTask.id.desc()).limit(limit)))


def count_done_by(work: Work, person_id: UUID, since: datetime) -> int:
    query = select(UserTask.id).where(
        UserTask.closed_by == person_id, UserTask.state == "completed", UserTask.closed_at >= since
    )
    return work.session.scalar(select(func.count()).select_from(query.limit(1000).subquery())) or 0


def waiting_for_others(user: User) -> tuple[Arm, ...]:
    """Open work of others in cases this person has lately worked in, started, or handed on."""
    person_id = user.person_id
    done = select(UserTask.instance_id).where(UserTask.closed_by == person_id, UserTask.state == "completed")
    worked = select(done.order_by(UserTask.closed_at.desc()).limit(LATELY).subquery().c.instance_id)
    started = select(Instance.id).where(Instance.started_by == person_id, Instance.status.in_(("active", "suspended")))
    taken = and_(UserTask.assignee_id.is_not(None), UserTask.assignee_id != person_id)
    offered = and_(
        UserTask.assignee_id.is_(None),
        or_(UserTask.candidate_key.is_(None), UserTask.candidate_key.not_in(sorted(user.keys))),
    )
    return (
        (UserTask.delegated_by == person_id, UserTask.delegated_by.is_not(None), taken),
        (UserTask.instance_id.in_(worked), or_(taken, offered)),
        (UserTask.instance_id.in_(started), or_(taken, offered)),
    )


def decisions(arms: Sequence[Arm]) -> tuple[Arm, ...]:
    """The same lists, only what is to be approved or signed."""
    return tuple((*arm, UserTask.purpose.in_(("review", "sign"))) for arm in arms)


def for_absent(user: User, absent_id: UUID) -> tuple[Arm, ...]:
    """What is done in the place of one absent person."""
    keys = sorted(key for key, person_id in user.stood_in_keys.items() if person_id == absent_id)
    if not keys and absent_id not in user.stood_in_keys.values():
        return ()
    offered: list[Arm] = [(UserTask.candidate_key == key, UserTask.assignee_id.is_(None)) for key in keys]
    return ((UserTask.assignee_id == absent_id,), *offered)


def without_number(title: str, number: str | None) -> Words:
    """A case's title without the row's number, which stands beside it."""
    printed = f"{number}. "
    return Words(title.removeprefix(printed), english_of(title).removeprefix(printed))


def _title(title: str, activity: Activity | None) -> str:
    return title if activity is None else without_number(title or activity.task, activity.number)
