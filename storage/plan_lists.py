"""Plans as their lists show them: how many rows, and how those stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from storage.occurrences import PASSED
from storage.tables import Activity, File, Occurrence, Plan
from storage.transactions import Work

UNBEGUN = ("draft", "applied")
IS_OPEN = and_(Occurrence.id.is_not(None), Occurrence.closed_at.is_(None))


@dataclass(frozen=True, slots=True)
class ListedPlan:
    """A plan beside its rows; `file_name` is the paper it was read from.

    `counts` are the rows of a begun plan by state: done, ok, soon, late, none (no due day), mute (cancelled, or
    over before the plan began)."""

    plan: Plan
    file_name: str | None
    rows: int
    counts: Mapping[str, int] = field(default_factory=dict)


def begun_plans(work: Work, *, due_from: date, soon_to: date) -> list[ListedPlan]:
    """Plans begun, the newest year first; two statements.

    A row stands as its earliest open period does: late when due before `due_from`, soon when due up to `soon_to`."""
    standing = _standing(due_from, soon_to).subquery()
    counts: dict[object, Counter[str]] = {}
    query = select(standing.c.plan_id, standing.c.state, func.count()).group_by(standing.c.plan_id, standing.c.state)
    for plan_id, state, count in work.session.execute(query):
        counts.setdefault(plan_id, Counter())[state] = count
    return [
        ListedPlan(plan, name, counts.get(plan.id, Counter()).total(), counts.get(plan.id, {}))
        for plan, name in work.session.execute(_listed().where(Plan.state.not_in(UNBEGUN)))
    ]


def drafts_with_rows(work: Work) -> list[ListedPlan]:
    """Plans under review, the newest year first; one statement."""
    rows = select(func.count()).where(Activity.plan_id == Plan.id).scalar_subquery()
    query = _listed().add_columns(rows).where(Plan.state == "draft")
    return [ListedPlan(plan, name, count) for plan, name, count in work.session.execute(query)]


def _listed() -> Select[Plan, str]:
    return (
        select(Plan, File.name)
        .outerjoin(File, File.id == Plan.file_id)
        .order_by(Plan.year.desc(), Plan.created_at.desc(), Plan.id)
    )


def _standing(due_from: date, soon_to: date) -> Select[UUID, str]:
    """Each row of the begun plans beside its state."""
    open_periods = func.sum(case((IS_OPEN, 1), else_=0))
    due = case(
        (func.count(Occurrence.id) == 0, Activity.due_date), else_=func.min(case((IS_OPEN, Occurrence.due_date)))
    )
    state = case(
        (Activity.state == "cancelled", "mute"),
        (and_(func.count(Occurrence.id) > 0, open_periods == 0), case((_was_done(), "done"), else_="mute")),
        (due.is_(None), "none"),
        (due < due_from, "late"),
        (due <= soon_to, "soon"),
        else_="ok",
    )
    return (
        select(Activity.plan_id, state.label("state"))
        .join(Plan, Plan.id == Activity.plan_id)
        .outerjoin(Occurrence, Occurrence.activity_id == Activity.id)
        .where(Plan.state.not_in(UNBEGUN))
        .group_by(Activity.id, Activity.plan_id, Activity.state, Activity.due_date)
    )


def _was_done() -> ColumnElement[bool]:
    """Some period was worked on, not merely over before the plan began."""
    return func.sum(case((func.coalesce(Occurrence.outcome, "") != PASSED, 1), else_=0)) > 0
