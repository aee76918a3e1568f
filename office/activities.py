"""Reviewing the rows of a draft: every cell can be changed, doubts are settled by name, rows come and go.

What the paper printed stays in the plan's reading; a row is what people made of it. A changed raw cell is read again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.calendars import local_date
from domain.errors import Conflict, Invalid
from domain.people import User
from domain.plans import Activity as ReadActivity
from domain.rights import require
from domain.text import tidy
from domain.words import Words
from engine.records import write_record
from office.doubts import needs_unit, rebound, renewed, settled
from office.plan_values import as_read
from office.plans import SPACING, add_read_activity, derive, draft_plan, drafting_of, refuse_stale
from office.units import learn_alias
from plans.names import Names
from plans.output import timing_as_dict
from plans.proposals import propose_definition
from plans.timing import read_timing
from plans.units import read_units
from storage.tables import Activity, Plan
from storage.transactions import Work

TEXTS = ("number", "section", "objective", "task")
RAW = ("lead_raw", "coordinating_raw", "timing_raw")
LISTS = ("products", "lead", "coordinating")
EDITABLE = frozenset((*TEXTS, *RAW, *LISTS, "definition_key"))


def edit_activity(
    work: Work, activity_id: UUID, changes: Mapping[str, Any], version: int, user: User, now: datetime
) -> Activity:
    """Change cells of a row; `changes` maps EDITABLE names to texts, lists of texts for LISTS.

    A changed raw cell gives the units or times it names anew, unless they are changed in the same call.
    Raises NotAllowed, Conflict when the row or its plan has moved on, Invalid for an unknown cell or an empty task.
    """
    require(user, "review_plan")
    activity = work.activities.get(activity_id)
    plan = draft_plan(work, activity.plan_id)
    refuse_stale(activity.version, version)
    unknown = set(changes) - EDITABLE
    if unknown or not tidy(str(changes.get("task", activity.task))):
        raise Invalid("Nhiệm vụ không được để trống", f"no such cell, or an empty task: {sorted(unknown)}")
    before = {name: getattr(activity, name) for name in changes}
    fields = _apply(work, activity, plan, changes)
    drafting = drafting_of(work, plan, local_date(now))
    activity.doubts = renewed(activity, drafting.names, plan.year, fields=fields)
    derive(activity, drafting)
    if "definition_key" in changes:
        activity.definition_reason = Words(f"{user.name} chọn", f"chosen by {user.name}")
    elif fields & {"timing", "products"}:
        propose_again(activity)
    write_record(
        work, None, user, "edit", "activity", activity.id, before=before, after=dict(changes), now=now
    )  # fmt: skip
    return activity


def settle_doubt(work: Work, activity_id: UUID, index: int, version: int, user: User, now: datetime) -> Activity:
    """Say that a doubt was looked at and its cell is right as it stands, which settles whatever is doubted there.

    Raises NotAllowed, Conflict where a unit has to be named, Invalid.
    """
    require(user, "review_plan")
    activity = work.activities.get(activity_id)
    draft_plan(work, activity.plan_id)
    refuse_stale(activity.version, version)
    if not 0 <= index < len(activity.doubts):
        raise Invalid("Không có điểm nghi ngờ này", f"no doubt {index}")
    doubt = activity.doubts[index]
    if needs_unit(activity, doubt):
        raise Conflict("Hãy chọn đơn vị cho tên này", "a unit has to be named here")
    settle_cell(activity, doubt["field"], user, now)
    write_record(work, None, user, "settle", "activity", activity.id, after={"doubt": doubt["text"]}, now=now)
    return activity


def settle_cell(activity: Activity, field: str, user: User, now: datetime) -> None:
    """Settle every doubt about one cell of the row but those that need a unit."""
    activity.doubts = [
        settled(each, user, now)
        if each["field"] == field and not each["settled_by"] and not needs_unit(activity, each)
        else each
        for each in activity.doubts
    ]


def bind_name(
    work: Work,
    plan_id: UUID,
    name: str,
    user: User,
    now: datetime,
    *,
    unit_id: UUID | None = None,
    group_id: UUID | None = None,
) -> int:
    """Say once what a printed name stands for; it is remembered for every plan. Gives how many rows it settled.

    Raises NotAllowed, Invalid unless exactly one of unit and group is given.
    """
    require(user, "review_plan")
    plan = draft_plan(work, plan_id)
    if (unit_id is None) == (group_id is None):
        raise Invalid("Chọn một đơn vị hoặc một nhóm", "name one unit or one group")
    if unit_id is not None:
        work.units.get(unit_id)
    if group_id is not None:
        work.unit_groups.get(group_id)
    learn_alias(work, name, unit_id=unit_id, group_id=group_id)
    drafting = drafting_of(work, plan, local_date(now))
    rows = [each for each in work.activities.of_plan(plan.id) if name in each.lead or name in each.coordinating]
    for activity in rows:
        activity.doubts = rebound(activity, drafting.names)
        derive(activity, drafting)
    bound = {"name": name, "unit": str(unit_id) if unit_id else None, "group": str(group_id) if group_id else None}
    write_record(work, None, user, "bind", "plan", plan.id, after=bound, now=now)
    return len(rows)


def add_activity(
    work: Work, plan_id: UUID, row: ReadActivity, user: User, now: datetime, *, after: UUID | None = None
) -> Activity:
    """A new row, behind the row `after` or at the end. Raises NotAllowed, Conflict, Invalid for an empty task."""
    return add_activities(work, plan_id, [row], user, now, after=after)[0]


def add_activities(
    work: Work, plan_id: UUID, rows: Sequence[ReadActivity], user: User, now: datetime, *, after: UUID | None = None
) -> list[Activity]:
    """New rows one behind the other. Raises NotAllowed, Conflict, Invalid for an empty task."""
    require(user, "review_plan")
    plan = draft_plan(work, plan_id)
    if not all(tidy(row.task) for row in rows):
        raise Invalid("Nhiệm vụ không được để trống", "an empty task")
    drafting = drafting_of(work, plan, local_date(now))
    places = _positions_after(work, plan, after, len(rows))
    added = [add_read_activity(work, drafting, row, place) for row, place in zip(rows, places, strict=True)]
    work.flush()
    for activity in added:
        write_record(work, None, user, "add", "activity", activity.id, after={"task": activity.task}, now=now)
    return added


def remove_activity(work: Work, activity_id: UUID, version: int, user: User, now: datetime) -> None:
    """Take a row out of the draft; the plan's reading still shows it. Raises NotAllowed, Conflict."""
    require(user, "review_plan")
    activity = work.activities.get(activity_id)
    draft_plan(work, activity.plan_id)
    refuse_stale(activity.version, version)
    write_record(work, None, user, "remove", "activity", activity.id, before={"task": activity.task}, now=now)
    work.activities.delete(activity)


def split_activity(
    work: Work, activity_id: UUID, tasks: Sequence[str], version: int, user: User, now: datetime
) -> list[Activity]:
    """Make several rows of one: it keeps the first task, the others follow with the same cells.

    Raises NotAllowed, Conflict, Invalid for fewer than two tasks.
    """
    require(user, "review_plan")
    activity = work.activities.get(activity_id)
    plan = draft_plan(work, activity.plan_id)
    refuse_stale(activity.version, version)
    wanted = [tidy(task) for task in tasks if tidy(task)]
    if len(wanted) < 2:
        raise Invalid("Tách thành ít nhất hai nhiệm vụ", "split into two tasks at least")
    before = activity.task
    drafting = drafting_of(work, plan, local_date(now))
    activity.task = wanted[0]
    parts = [activity]
    places = _positions_after(work, plan, activity.id, len(wanted) - 1)
    for task, place in zip(wanted[1:], places, strict=True):
        part = add_read_activity(work, drafting, replace(as_read(activity), task=task, number=None), place)
        part.doubts, part.lines = list(activity.doubts), list(activity.lines)
        parts.append(part)
    work.flush()
    write_record(
        work, None, user, "split", "activity", activity.id, before={"task": before}, after={"tasks": wanted}, now=now
    )
    return parts


def _apply(work: Work, activity: Activity, plan: Plan, changes: Mapping[str, Any]) -> frozenset[str]:
    """Set the cells; gives the fields whose doubts have to be made anew."""
    for name in (*TEXTS, *RAW):
        if name in changes:
            setattr(activity, name, tidy(str(changes[name] or "")) or (None if name in TEXTS[:3] else ""))
    for name in LISTS:
        if name in changes:
            setattr(activity, name, [tidy(str(item)) for item in changes[name] if tidy(str(item))])
    if "definition_key" in changes:
        activity.definition_key = str(changes["definition_key"])
    if {"lead_raw", "coordinating_raw"} & set(changes):
        names = _names(work, plan)
        for field in ("lead", "coordinating"):
            if f"{field}_raw" in changes and field not in changes:
                setattr(activity, field, list(read_units(getattr(activity, f"{field}_raw"), names).units))
    if "timing_raw" in changes:
        reading = read_timing(activity.timing_raw, plan.year)
        activity.timing = [timing_as_dict(timing) for timing in reading.timings]
    return frozenset(name.removesuffix("_raw") for name in changes)


def propose_again(activity: Activity) -> None:
    """The process for the row as it stands by now."""
    proposal = propose_definition(as_read(activity))
    activity.definition_key, activity.definition_reason = proposal.definition_key, proposal.reason


def _names(work: Work, plan: Plan) -> Names:
    """The names the whole plan uses, so that an abbreviation is written out as elsewhere in it."""
    rows = work.activities.of_plan(plan.id)
    return Names(text for row in rows for text in (row.lead_raw, row.coordinating_raw, row.task, *row.lead))


def _positions_after(work: Work, plan: Plan, after: UUID | None, count: int) -> list[int]:
    """As many free positions behind the row; when there is no room the rows are spread out again."""
    rows = list(work.activities.of_plan(plan.id))
    index = next((place for place, row in enumerate(rows) if row.id == after), len(rows) - 1)
    low = rows[index].position if rows else 0
    if index == len(rows) - 1:
        return [low + SPACING * step for step in range(1, count + 1)]
    step = (rows[index + 1].position - low) // (count + 1)
    if step < 1:
        _spread(work, rows, index, count)
        low, step = rows[index].position, SPACING
    return [low + step * place for place in range(1, count + 1)]


def _spread(work: Work, rows: Sequence[Activity], index: int, count: int) -> None:
    """Renumber with room for `count` rows behind `index`; in two goes, for no two rows may ever share a position."""
    for place, row in enumerate(rows, start=1):
        row.position = -place
    work.flush()
    for place, row in enumerate(rows):
        row.position = (place + 1 + (count if place > index else 0)) * SPACING
    work.flush()
