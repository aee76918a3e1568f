"""What people do with a draft in one go while they review it: each can be taken back as one change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.calendars import local_date
from domain.errors import Conflict, Invalid
from domain.people import User
from domain.plans import Activity as ReadActivity
from domain.plans import Timing
from domain.rights import may, require
from domain.text import fold_words
from engine.records import write_record
from office import activities
from office.plan_changes import DECISIONS, remembered
from office.plans import draft_plan, edit_plan
from office.unit_names import kind_by_name
from office.units import add_unit
from plans.timing import read_timing
from plans.units import split_units
from storage.tables import Activity, Plan, Unit
from storage.transactions import Work

KEPT, DROPPED, ADDED = "kept", "dropped", "added"
ITEMS = ("warnings", "obligations", "indicators", "reporting", "budget")


def edit_row(
    work: Work, activity_id: UUID, changes: Mapping[str, Any], version: int, user: User, now: datetime
) -> Activity:
    """`edit_activity`, to be taken back."""
    row = work.activities.get(activity_id)
    with remembered(work, row.plan_id, f"Sửa {name_of(row)}", user, now):
        return activities.edit_activity(work, activity_id, changes, version, user, now)


def keep_as_is(work: Work, activity_id: UUID, index: int, version: int, user: User, now: datetime) -> Activity:
    """`settle_doubt`, to be taken back."""
    row = work.activities.get(activity_id)
    with remembered(work, row.plan_id, f"Giữ nguyên {name_of(row)}", user, now):
        return activities.settle_doubt(work, activity_id, index, version, user, now)


def keep_all_repairs(work: Work, plan_id: UUID, user: User, now: datetime) -> int:
    """Wave through, under the user's name, every doubt that does not block. Gives how many."""
    require(user, "review_plan")
    draft_plan(work, plan_id)
    settled = 0
    with remembered(work, plan_id, "Giữ nguyên các chỗ đã nối, đã sửa", user, now):
        for row in work.activities.of_plan(plan_id):
            waved = [_waved(doubt, user) for doubt in row.doubts]
            if waved != row.doubts:
                settled += sum(new != old for new, old in zip(waved, row.doubts, strict=True))
                row.doubts = waved
        write_record(work, None, user, "settle_all", "plan", plan_id, after={"doubts": settled}, now=now)
    return settled


def remove_row(work: Work, activity_id: UUID, version: int, user: User, now: datetime) -> Plan:
    """`remove_activity`, to be taken back."""
    row = work.activities.get(activity_id)
    with remembered(work, row.plan_id, f"Bỏ {name_of(row)}", user, now):
        activities.remove_activity(work, activity_id, version, user, now)
    return work.plans.get(row.plan_id)


def split_row(
    work: Work, activity_id: UUID, tasks: Sequence[str], version: int, user: User, now: datetime
) -> list[Activity]:
    """`split_activity`, to be taken back."""
    row = work.activities.get(activity_id)
    with remembered(work, row.plan_id, f"Tách {name_of(row)}", user, now):
        return activities.split_activity(work, activity_id, tasks, version, user, now)


def add_row(
    work: Work, plan_id: UUID, cells: Mapping[str, str], user: User, now: datetime, *, after: UUID | None = None
) -> Activity:
    """A row typed in by hand: `cells` are number, section, task, products (a line each), lead_raw, coordinating_raw,
    timing_raw; read as if they were printed."""
    plan = work.plans.get(plan_id)
    with remembered(work, plan_id, "Thêm một dòng", user, now):
        return activities.add_activity(work, plan_id, _typed_row(cells, plan.year), user, now, after=after)


def paste_rows(
    work: Work, plan_id: UUID, rows: Sequence[ReadActivity], user: User, now: datetime, *, after: UUID | None = None
) -> list[Activity]:
    """Rows copied out of a spreadsheet, one behind the other; taken back as one change."""
    added: list[Activity] = []
    with remembered(work, plan_id, f"Dán {len(rows)} dòng", user, now):
        for row in rows:
            added.append(activities.add_activity(work, plan_id, row, user, now, after=after))
            after = added[-1].id
    return added


def edit_head(work: Work, plan_id: UUID, version: int, user: User, now: datetime, **cells: Any) -> Plan:
    """`edit_plan`, to be taken back; an emptied number or date becomes none."""
    with remembered(work, plan_id, "Sửa phần đầu kế hoạch", user, now):
        plan = edit_plan(work, plan_id, user, now, version=version, **cells)
        if "number" in cells and not cells["number"]:
            plan.number = None
        if "issued_on" in cells and not cells["issued_on"]:
            plan.issued_on = None
    return plan


def bind(
    work: Work,
    plan_id: UUID,
    name: str,
    user: User,
    now: datetime,
    *,
    unit_id: UUID | None = None,
    group_id: UUID | None = None,
) -> int:
    """`bind_name`, to be taken back together with the alias learnt."""
    with remembered(work, plan_id, f"Gắn tên “{name}”", user, now, alias=name):
        return activities.bind_name(work, plan_id, name, user, now, unit_id=unit_id, group_id=group_id)


def bind_new_unit(work: Work, plan_id: UUID, name: str, user: User, now: datetime, *, has_accounts: bool) -> Unit:
    """Make a unit of a printed name and bind the name to it.

    Who reviews may add bodies without accounts, asked by letter; a unit with accounts is made by an administrator.
    """
    require(user, "review_plan")
    if has_accounts and not may(user, "manage_units"):
        raise Invalid(
            "Đơn vị có tài khoản do quản trị tạo; ở đây chỉ tạo được đơn vị không có tài khoản",
            "a unit with accounts is made by an administrator; here only one without",
        )
    kind = kind_by_name(name)
    department = next((each for each in work.units.all() if each.kind == "department" and each.parent_id is None), None)
    parent_id = department.id if department and kind != "external" and has_accounts else None
    unit = add_unit(
        work,
        _free_code(work, name),
        name,
        kind=kind if has_accounts else "external",
        parent_id=parent_id,
        has_accounts=has_accounts,
        valid_from=None,
    )
    write_record(work, None, user, "add", "unit", unit.id, after={"name": name}, now=now)
    bind(work, plan_id, name, user, now, unit_id=unit.id)
    return unit


def decide_item(work: Work, plan_id: UUID, kind: str, index: int, choice: str, user: User, now: datetime) -> None:
    """Say of a warning, duty, target, report or sum of the reading: kept as read, dropped, or added as a row.

    Raises NotAllowed, Conflict, Invalid.
    """
    require(user, "review_plan")
    plan = draft_plan(work, plan_id)
    found = plan.reading.get(kind, ())
    if kind not in ITEMS or not 0 <= index < len(found) or choice not in (KEPT, DROPPED, ADDED):
        raise Invalid("Không có mục này trong văn bản", f"no {kind} {index}, or no choice {choice}")
    if choice == ADDED and kind != "obligations":
        raise Invalid("Chỉ thêm được dòng từ việc có thời hạn", "only a dated duty can become a row")
    decisions = plan.reading.get(DECISIONS, {})
    if decisions.get(f"{kind}:{index}", {}).get("choice") == ADDED:
        raise Conflict("Việc này đã được thêm thành dòng", "this duty is a row already")
    words = {KEPT: "Giữ nguyên một mục", DROPPED: "Bỏ một mục", ADDED: "Thêm dòng từ phần lời văn"}[choice]
    with remembered(work, plan_id, words, user, now):
        decision = {"choice": choice, "name": user.name, "on": local_date(now).isoformat()}
        plan.reading = {**plan.reading, DECISIONS: {**decisions, f"{kind}:{index}": decision}}
        if choice == DROPPED:
            _drop(work, plan, kind, found[index])
        if choice == ADDED:
            activities.add_activity(work, plan_id, _row_of_duty(found[index]), user, now)
        after = {"item": f"{kind}:{index}", "choice": choice}
        write_record(work, None, user, "decide", "plan", plan.id, after=after, now=now)


def undecided_warnings(plan: Plan) -> list[int]:
    """Indexes of the reading's warnings nobody has decided about."""
    decisions = plan.reading.get(DECISIONS, {})
    return [index for index, _ in enumerate(plan.reading.get("warnings", ())) if f"warnings:{index}" not in decisions]


def name_of(row: Activity) -> str:
    return f"dòng {row.number}" if row.number else f"“{row.task[:40]}”"


def _waved(doubt: dict[str, Any], user: User) -> dict[str, Any]:
    if doubt.get("blocking") or doubt.get("settled_by"):
        return doubt
    return {**doubt, "settled_by": str(user.person_id), "settled_name": user.name}


def _typed_row(cells: Mapping[str, str], year: int) -> ReadActivity:
    return ReadActivity(
        task=cells.get("task", ""),
        number=cells.get("number") or None,
        section=cells.get("section") or None,
        products=tuple(line.strip() for line in cells.get("products", "").splitlines() if line.strip()),
        lead_raw=cells.get("lead_raw", ""),
        lead=tuple(split_units(cells.get("lead_raw", ""))),
        coordinating_raw=cells.get("coordinating_raw", ""),
        coordinating=tuple(split_units(cells.get("coordinating_raw", ""))),
        timing_raw=cells.get("timing_raw", ""),
        timing=read_timing(cells.get("timing_raw", ""), year).timings,
    )


def _row_of_duty(entry: Mapping[str, Any]) -> ReadActivity:
    who = entry.get("who") or ""
    timings = []
    for each in entry.get("timing", ()):
        before = each.get("before")
        timings.append(Timing(**{**each, **({"before": date.fromisoformat(before)} if before else {})}))
    return ReadActivity(
        task=entry["what"],
        lead_raw=who,
        lead=(who,) if who else (),
        timing=tuple(timings),
        timing_raw=entry.get("timing_raw") or "",
    )


def _drop(work: Work, plan: Plan, kind: str, entry: Mapping[str, Any]) -> None:
    """Take the target or report out of what the plan keeps; the reading still has it."""
    if kind == "indicators":
        for row in work.indicators.of_plan(plan.id):
            if row.text == entry["text"]:
                work.indicators.delete(row)
    if kind == "reporting":
        for series in work.report_series.of_plan(plan.id):
            if series.name == entry["name"]:
                work.report_series.delete(series)  # its periods go with it


def _free_code(work: Work, name: str) -> str:
    """The initials of the name with a number when they are taken: Sở Nội vụ gives SNV."""
    initials = "".join(word[0] for word in fold_words(name).split() if word[0].isalnum()).upper()[:12] or "DV"
    code, number = initials, 2
    while work.units.by_code(code) is not None:
        code, number = f"{initials}{number}", number + 1
    return code
