"""Taking back the last change of a draft under review.

Around each command the rows, the head and what was decided beside them are compared; what differs is kept as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID, uuid4

from domain.errors import Conflict
from domain.people import User
from domain.rights import require
from domain.text import fold_words
from engine.records import write_record
from office.plans import draft_plan
from storage.snapshots import Values, plain, put_back, typed, values_of
from storage.tables import Activity, Base, Indicator, Plan, PlanChange, ReportPeriod, ReportSeries, UnitAlias
from storage.transactions import Work

HEAD = ("title", "number", "issuer", "issued_on", "year")
DECISIONS = "decisions"
"""The key of a plan's reading under which decisions about what is no row are kept."""


@contextmanager
def remembered(
    work: Work, plan_id: UUID, words: str, user: User, now: datetime, *, alias: str | None = None
) -> Iterator[None]:
    """Keep what the commands inside change in the plan under `words`; `alias` names what they may teach."""
    plan = work.plans.get(plan_id)
    before = _state(work, plan, alias)
    yield
    work.flush()
    changed = _difference(before, _state(work, plan, alias))
    if not changed:
        return
    last = work.plan_changes.last(plan_id)
    position = 1 if last is None else last.position + 1
    change = PlanChange(
        id=uuid4(), plan_id=plan_id, position=position, person_id=user.person_id, at=now, words=words, before=changed
    )
    work.plan_changes.add(change)
    work.flush()


def take_back(work: Work, plan_id: UUID, change_id: UUID, user: User, now: datetime) -> str:
    """Undo the plan's last change; gives its words. Raises Conflict when another one is the last by now, NotAllowed."""
    require(user, "review_plan")
    plan = draft_plan(work, plan_id)
    change = work.plan_changes.last(plan_id)
    if change is None or change.id != change_id:
        raise Conflict("Vừa có thay đổi khác sau thay đổi này", "something else was changed after this")
    _restore(work, plan, change.before)
    write_record(work, None, user, "take_back", "plan", plan.id, after={"change": change.words}, now=now)
    work.plan_changes.delete(change)
    return change.words


def _state(work: Work, plan: Plan, alias: str | None) -> dict[str, dict[str, Values | None]]:
    """Everything a review may change, by kind and id; a value None stands for a row that is not there."""
    folded = fold_words(alias) if alias else None
    learnt = work.units.alias(folded) if folded else None
    return {
        "activity": {str(row.id): values_of(row) for row in work.activities.of_plan(plan.id)},
        "indicator": {str(row.id): values_of(row) for row in work.indicators.of_plan(plan.id)},
        "series": {str(row.id): values_of(row) for row in work.report_series.of_plan(plan.id)},
        "period": {str(row.id): values_of(row) for row in work.report_series.periods_of_plan(plan.id)},
        "alias": {folded: values_of(learnt) if learnt else None} if folded else {},
        "plan": {"head": {name: plain(getattr(plan, name)) for name in HEAD}},
        DECISIONS: {"all": dict(plan.reading.get(DECISIONS, {}))},
    }


def _difference(
    before: Mapping[str, Mapping[str, Values | None]], after: Mapping[str, Mapping[str, Values | None]]
) -> dict[str, dict[str, Values | None]]:
    """What stood in `before` and stands otherwise now; None where there was nothing."""
    found: dict[str, dict[str, Values | None]] = {}
    for kind, rows in before.items():
        now = after[kind]
        changed = {key: rows.get(key) for key in {*rows, *now} if rows.get(key) != now.get(key)}
        if changed:
            found[kind] = changed
    return found


def _restore(work: Work, plan: Plan, before: Mapping[str, Mapping[str, Values | None]]) -> None:
    for name, value in (before.get("plan", {}).get("head") or {}).items():
        setattr(plan, name, typed(Plan, name, value))
    if DECISIONS in before:
        plan.reading = {**plan.reading, DECISIONS: before[DECISIONS]["all"] or {}}
    _restore_alias(work, before.get("alias", {}))
    _make_room(work, plan, before.get("activity", {}))
    tables: tuple[tuple[str, type[Base]], ...] = (
        ("activity", Activity),
        ("indicator", Indicator),
        ("series", ReportSeries),
        ("period", ReportPeriod),
    )
    for kind, table in tables:
        for key, values in before.get(kind, {}).items():
            put_back(work, table, UUID(key), values)
        work.flush()


def _make_room(work: Work, plan: Plan, rows: Mapping[str, Values | None]) -> None:
    """Move the rows aside whose places others get back, for no two rows may ever share a position."""
    if not rows:
        return
    for place, row in enumerate(work.activities.of_plan(plan.id), start=1):
        if str(row.id) in rows:
            row.position = -place
    work.flush()


def _restore_alias(work: Work, aliases: Mapping[str, Values | None]) -> None:
    for folded, values in aliases.items():
        learnt = work.units.alias(folded)
        if values is None:
            if learnt is not None:
                work.units.delete_alias(learnt)
        elif learnt is not None:
            for name in ("unit_id", "group_id", "text"):
                setattr(learnt, name, typed(UnitAlias, name, values[name]))
    work.flush()
