"""A plan's later version (kế hoạch điều chỉnh): read and reviewed as a draft, then set beside the rows that run.

A draft that amends a plan names it in its reading under AMENDS; it is never started by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from domain.errors import Conflict, NotFound
from domain.people import User
from domain.plans import Activity as ReadActivity
from domain.plans import PlanReading
from domain.rights import may, require
from office.doubts import open_doubts
from office.plan_values import as_read
from office.plans import create_draft
from plans.comparison import Comparison, RowComparison, compare_plans
from storage.tables import Activity, Plan
from storage.transactions import Work

AMENDS = "amends"
APPLIED = "applied"
"""The state of a later version whose differences were decided about."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that differs, with the stored rows behind it; `key` names it in a form.

    `obstacle` says in both languages why it cannot be applied by this person or as things stand.
    """

    key: str
    compared: RowComparison
    running: Activity | None
    later: Activity | None
    obstacle: tuple[str, str] | None = None

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(change.field for change in self.compared.changes)

    @property
    def is_replacement(self) -> bool:
        """Whether the running row ends and another begins, because another unit leads or another process runs it."""
        if self.running is None or self.later is None or self.running.state != "started":
            return False
        needs_other_flow = bool(self.fields & {"coordinating", "products", "timing"}) and (
            self.running.definition_key != self.later.definition_key
        )
        return "lead" in self.fields or needs_other_flow


@dataclass(frozen=True, slots=True)
class Amendment:
    """A running plan beside its later version; `digest` changes when either of them does."""

    plan: Plan
    later: Plan
    comparison: Comparison
    differences: tuple[Difference, ...]
    running_ids: tuple[UUID, ...]
    digest: str

    def of_kind(self, kind: str) -> list[Difference]:
        """added, removed, changed (in more than place or number), moved, renumbered."""
        return [each for each in self.differences if kind_of(each.compared) == kind]


def kind_of(row: RowComparison) -> str:
    if row.kind != "changed":
        return "moved" if row.moved else row.kind
    return "renumbered" if row.is_renumbered else "changed"


def upload_later_version(
    work: Work, plan_id: UUID, content: bytes, filename: str, reading: PlanReading, user: User, now: datetime
) -> Plan:
    """A draft of the plan's later version, to be reviewed. Raises NotAllowed, NotFound, Conflict when it is not run."""
    require(user, "amend_plan")
    plan = running_plan(work, plan_id)
    later = create_draft(work, content, filename, user, now, reading=reading)
    later.reading = {**later.reading, AMENDS: str(plan.id)}
    return later


def amended_by(later: Plan) -> UUID | None:
    """The plan this one is a later version of, None for a plan of its own."""
    named = later.reading.get(AMENDS)
    return UUID(named) if named else None


def later_versions(work: Work, plan_id: UUID, *, state: str = "draft") -> list[Plan]:
    """The versions of the plan in this state, the newest first."""
    return [each for each in work.plans.all(state=state) if amended_by(each) == plan_id]


def running_plan(work: Work, plan_id: UUID) -> Plan:
    """The plan while it runs. Raises NotFound, Conflict."""
    plan = work.plans.get(plan_id)
    if plan.state != "active":
        raise Conflict("Kế hoạch không ở trạng thái đang thực hiện", "the plan is not running")
    return plan


def compare_with_running(work: Work, plan_id: UUID, later_id: UUID, user: User) -> Amendment:
    """The two versions side by side. Raises NotFound, Conflict when one is settled by now or the years differ."""
    plan, later = running_plan(work, plan_id), work.plans.get(later_id)
    if amended_by(later) != plan.id:
        raise NotFound("Không có bản điều chỉnh này của kế hoạch", "this is no later version of the plan")
    if later.state != "draft":
        raise Conflict("Bản điều chỉnh này đã được áp dụng", "this version was applied before")
    running = [row for row in work.activities.of_plan(plan.id) if row.state != "cancelled"]
    coming = work.activities.of_plan(later.id)
    comparison = compare_plans([as_value(row) for row in running], [as_value(row) for row in coming])
    found: list[Difference] = []
    for compared in comparison.rows:
        if compared.kind == "same" and not compared.moved:
            continue
        old = running[compared.was] if compared.was is not None else None
        new = coming[compared.will] if compared.will is not None else None
        kept = new if new is not None else old
        assert kept is not None
        difference = Difference(kept.id.hex, compared, old, new)
        found.append(replace(difference, obstacle=_obstacle(difference, user)))
    ids = tuple(row.id for row in running)
    return Amendment(plan, later, comparison, tuple(found), ids, _digest(plan, later, running, coming))


def as_value(row: Activity) -> ReadActivity:
    """The row as it is compared: what the reader would give, with its objective."""
    return replace(as_read(row), objective=row.objective)


def amendments_of(plan: Plan) -> Sequence[Mapping[str, Any]]:
    """What was decided about the plan in the year: number, date, later (the version's id), applied, kept."""
    found: Sequence[Mapping[str, Any]] = plan.reading.get("amendments", ())
    return found


def _obstacle(difference: Difference, user: User) -> tuple[str, str] | None:
    running, later = difference.running, difference.later
    doubts = open_doubts(later) if later is not None else []
    told = [doubt for doubt in doubts if running is None or doubt["field"] in difference.fields]
    if told:
        text = told[0]["text"]
        return f"Chưa rõ khi rà soát: {text}", f"not clear in the review: {text}"
    if later is None and running is not None and running.state == "closed":
        return "Dòng này đã làm xong nên được giữ", "this row is finished and stays"
    if (later is None or difference.is_replacement) and not may(user, "cancel_activity"):
        return "Chỉ lãnh đạo Sở được hủy dòng đang chạy", "only a leader may cancel a running row"
    return None


def _digest(plan: Plan, later: Plan, running: Sequence[Activity], coming: Sequence[Activity]) -> str:
    seen = [f"{each.id}:{each.version}" for each in (plan, later)]
    seen += [f"{each.id}:{each.version}" for each in (*running, *coming)]
    return sha256("|".join(seen).encode()).hexdigest()[:32]
