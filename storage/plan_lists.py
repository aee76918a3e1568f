"""Plans as their lists show them: with how many rows, and how many of them are done."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case, func, select

from storage.tables import Activity, File, Plan
from storage.transactions import Work


@dataclass(frozen=True, slots=True)
class ListedPlan:
    """A plan beside its counts; `file_name` is the paper it was read from."""

    plan: Plan
    rows: int
    closed: int
    cancelled: int
    file_name: str | None

    @property
    def open(self) -> int:
        return self.rows - self.closed - self.cancelled


def listed_plans(work: Work, *, drafts: bool = False) -> list[ListedPlan]:
    """Plans begun (or, with `drafts`, those under review), the newest year first; one statement."""
    counts = (
        select(
            Activity.plan_id,
            func.count().label("rows"),
            func.sum(case((Activity.state == "closed", 1), else_=0)).label("closed"),
            func.sum(case((Activity.state == "cancelled", 1), else_=0)).label("cancelled"),
        )
        .group_by(Activity.plan_id)
        .subquery()
    )
    wanted = Plan.state == "draft" if drafts else Plan.state.not_in(("draft", "applied"))
    query = (
        select(Plan, counts.c.rows, counts.c.closed, counts.c.cancelled, File.name)
        .outerjoin(counts, counts.c.plan_id == Plan.id)
        .outerjoin(File, File.id == Plan.file_id)
        .where(wanted)
        .order_by(Plan.year.desc(), Plan.created_at.desc(), Plan.id)
    )
    return [
        ListedPlan(plan, rows or 0, closed or 0, cancelled or 0, name)
        for plan, rows, closed, cancelled, name in work.session.execute(query)
    ]


def drafts_with_rows(work: Work) -> list[ListedPlan]:
    """Plans under review."""
    return listed_plans(work, drafts=True)
