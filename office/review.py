"""What people do with a draft in one go while they review it: each can be taken back as one change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.errors import Invalid
from domain.people import User
from domain.plans import Activity as ReadActivity
from domain.rights import may, require
from domain.text import fold_words
from domain.words import Words, counted
from engine.records import write_record
from office import activities
from office.doubts import is_repaired, open_doubts, settled
from office.plan_changes import remembered
from office.plans import draft_plan, edit_plan
from office.read_parts import BLOCKING, KEPT, decide_rest
from office.readiness import REPAIRS
from office.unit_names import kind_by_name
from office.units import add_unit
from plans.timing import read_timing
from plans.units import split_units
from storage.tables import Activity, Plan, Unit
from storage.transactions import Work

ACCEPTABLE = (REPAIRS, *BLOCKING)
"""What may be waved through together; questions about rows are answered one by one."""


def edit_row(
    work: Work, activity_id: UUID, changes: Mapping[str, Any], version: int, user: User, now: datetime
) -> Activity:
    """`edit_activity`, to be taken back."""
    row = work.activities.get(activity_id)
    with remembered(work, row.plan_id, Words("Sửa ", "Edit ") + name_of(row), user, now):
        return activities.edit_activity(work, activity_id, changes, version, user, now)


def keep_as_is(work: Work, activity_id: UUID, index: int, version: int, user: User, now: datetime) -> Activity:
    """`settle_doubt`, to be taken back."""
    row = work.activities.get(activity_id)
    with remembered(work, row.plan_id, Words("Giữ nguyên ", "Keep ") + name_of(row), user, now):
        return activities.settle_doubt(work, activity_id, index, version, user, now)


def accept_repairs(work: Work, plan_id: UUID, user: User, now: datetime, *, activity_id: UUID | None = None) -> int:
    """Wave through, under the user's name, whatever the reader mended: in the whole plan or in one row.

    Gives how many. Raises NotAllowed, Conflict.
    """
    require(user, "review_plan")
    draft_plan(work, plan_id)
    rows = [row for row in work.activities.of_plan(plan_id) if activity_id in (None, row.id)]
    words = Words("Chấp nhận các chỗ đã sửa khi đọc", "Accept what the reader mended")
    if activity_id and rows:
        words = Words("Chấp nhận chỗ đã sửa ở ", "Accept what was mended in ") + name_of(rows[0])
    count = 0
    with remembered(work, plan_id, words, user, now):
        for row in rows:
            mended = [doubt for doubt in open_doubts(row) if is_repaired(doubt)]
            if mended:
                count += len(mended)
                row.doubts = [settled(doubt, user, now) if doubt in mended else doubt for doubt in row.doubts]
        write_record(work, None, user, "settle_all", "plan", plan_id, after={"doubts": count}, now=now)
    return count


def accept_rest(work: Work, plan_id: UUID, user: User, now: datetime, kinds: Iterable[str] = ACCEPTABLE) -> int:
    """Wave through whatever may be waved through together: what was mended, and the read parts of these `kinds`.

    Gives how many; questions about rows stay. Raises NotAllowed, Conflict, Invalid for a kind that is none.
    """
    count = 0
    for kind in kinds:
        if kind == REPAIRS:
            count += accept_repairs(work, plan_id, user, now)
        else:
            count += decide_rest(work, plan_id, kind, KEPT, user, now)
        work.flush()
    return count


def remove_row(work: Work, activity_id: UUID, version: int, user: User, now: datetime) -> Plan:
    """`remove_activity`, to be taken back."""
    row = work.activities.get(activity_id)
    with remembered(work, row.plan_id, Words("Bỏ ", "Remove ") + name_of(row), user, now):
        activities.remove_activity(work, activity_id, version, user, now)
    return work.plans.get(row.plan_id)


def split_row(
    work: Work, activity_id: UUID, tasks: Sequence[str], version: int, user: User, now: datetime
) -> list[Activity]:
    """`split_activity`, to be taken back."""
    row = work.activities.get(activity_id)
    with remembered(work, row.plan_id, Words("Tách ", "Split ") + name_of(row), user, now):
        return activities.split_activity(work, activity_id, tasks, version, user, now)


def add_row(
    work: Work, plan_id: UUID, cells: Mapping[str, str], user: User, now: datetime, *, after: UUID | None = None
) -> Activity:
    """A row typed in by hand: `cells` are number, section, task, products (a line each), lead_raw, coordinating_raw,
    timing_raw; read as if they were printed."""
    plan = work.plans.get(plan_id)
    with remembered(work, plan_id, Words("Thêm một dòng", "Add a row"), user, now):
        return activities.add_activity(work, plan_id, _typed_row(cells, plan.year), user, now, after=after)


def paste_rows(
    work: Work, plan_id: UUID, rows: Sequence[ReadActivity], user: User, now: datetime, *, after: UUID | None = None
) -> list[Activity]:
    """Rows copied out of a spreadsheet, one behind the other; taken back as one change."""
    with remembered(work, plan_id, Words("Dán ", "Paste ") + counted(len(rows), Words("dòng", "row")), user, now):
        return activities.add_activities(work, plan_id, rows, user, now, after=after)


def edit_head(work: Work, plan_id: UUID, version: int, user: User, now: datetime, **cells: Any) -> Plan:
    """`edit_plan`, to be taken back; an emptied number or date becomes none."""
    with remembered(work, plan_id, Words("Sửa phần đầu kế hoạch", "Edit the plan's head"), user, now):
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
    with remembered(work, plan_id, Words("Gắn tên ", "Bind the name ") + f"“{name}”", user, now, alias=name):
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


def name_of(row: Activity) -> Words:
    return Words(f"dòng {row.number}", f"row {row.number}") if row.number else Words(f"“{row.task[:40]}”")


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


def _free_code(work: Work, name: str) -> str:
    """The initials of the name with a number when they are taken: Sở Nội vụ gives SNV."""
    initials = "".join(word[0] for word in fold_words(name).split() if word[0].isalnum()).upper()[:12] or "DV"
    code, number = initials, 2
    while work.units.by_code(code) is not None:
        code, number = f"{initials}{number}", number + 1
    return code
