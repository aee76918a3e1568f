"""What the simulated year came to, and why each open case is still open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.calendars import local_date
from engine.reconcile import reconcile
from office.directory import directory
from storage.occurrences import PASSED
from storage.tables import Activity, Occurrence, Plan
from storage.totals import count_incidents, count_timers_fired, count_user_tasks, instances_by_status
from storage.transactions import Work

WAITING: Mapping[str, str] = {
    "draft": "Đơn vị chủ trì chưa trình dự thảo",
    "contribute": "Đang chờ đơn vị phối hợp góp ý",
    "consolidate": "Đơn vị chủ trì đang tổng hợp ý kiến",
    "review": "Đang chờ người đứng đầu đơn vị duyệt",
    "sign": "Đang chờ lãnh đạo Sở ký",
    "issue": "Đang chờ văn thư phát hành",
    "answer": "Đang chờ UBND tỉnh trả lời",
    "supplement": "Đơn vị chủ trì đang bổ sung theo yêu cầu của UBND tỉnh",
    "record": "Chưa ghi nhận kết quả",
    "check_in": "Chưa cập nhật tiến độ cuối kỳ",
    "arrival": "Đang chờ văn bản, sự kiện nêu trong kế hoạch",
}


def outcome(work: Work, plan: Plan, until: datetime) -> dict[str, Any]:
    """The figures of the year; shape as `bangiao simulate FILE --json` prints it."""
    activities = {row.id: row for row in work.activities.of_plan(plan.id)}
    occurrences = [each for each in work.occurrences.of_plan(plan.id) if each.outcome != PASSED]
    cases = [each for each in occurrences if each.instance_id is not None]
    closed = [each for each in cases if each.closed_at is not None]
    opened = [each for each in cases if each.closed_at is None]
    statuses = instances_by_status(work)
    return {
        "activities": len(activities),
        "activities_without_case": len(set(activities) - {each.activity_id for each in cases}),
        "cases": sum(statuses.values()),
        "completed": statuses.get("completed", 0),
        "open": statuses.get("active", 0) + statuses.get("suspended", 0),
        "open_reasons": dict(Counter(_reason(work, each) for each in opened).most_common()),
        "on_time": sum(not is_late(each) for each in closed),
        "late": sum(is_late(each) for each in closed),
        "overdue": sum(each.due_date is not None and each.due_date < local_date(until) for each in opened),
        "incidents": count_incidents(work),
        "user_tasks": count_user_tasks(work),
        "timers_fired": count_timers_fired(work),
        "by_unit": _by_unit(work, activities, cases, local_date(until)),
        "by_month": _by_month(cases),
        "differences": [str(each) for each in reconcile(work)],
    }


def is_late(occurrence: Occurrence) -> bool:
    """Whether it was closed after its due day."""
    if occurrence.due_date is None or occurrence.closed_at is None:
        return False
    return local_date(occurrence.closed_at) > occurrence.due_date


def _reason(work: Work, occurrence: Occurrence) -> str:
    """What an open case waits for, in one sentence."""
    assert occurrence.instance_id is not None
    tasks = work.user_tasks.of_instance(occurrence.instance_id, only_open=True)
    if not tasks:
        return "Chưa đến kỳ cập nhật tiến độ tiếp theo"
    first = min(tasks, key=lambda task: (task.due_at is None, task.due_at or task.created_at))
    return WAITING.get(first.purpose or "", f"Đang chờ bước “{first.name}”")


def _by_unit(
    work: Work, activities: Mapping[UUID, Activity], cases: list[Occurrence], today: date
) -> dict[str, dict[str, int]]:
    """By leading unit: given, completed, on_time, late, open."""
    units = directory(work, today)
    found: dict[str, Counter[str]] = {}
    for each in cases:
        counted = found.setdefault(units.name(activities[each.activity_id].lead_unit_id), Counter())
        counted["given"] += 1
        if each.closed_at is None:
            counted["open"] += 1
        else:
            counted["completed"] += 1
            counted["late" if is_late(each) else "on_time"] += 1
    keys = ("given", "completed", "on_time", "late", "open")
    return {name: {key: counted[key] for key in keys} for name, counted in sorted(found.items())}


def _by_month(cases: list[Occurrence]) -> dict[str, dict[str, int]]:
    """By month: how many cases opened, were due and were completed."""
    found: dict[str, Counter[str]] = {}
    for each in cases:
        found.setdefault(f"{local_date(each.opens_at):%Y-%m}", Counter())["opened"] += 1
        if each.due_date is not None:
            found.setdefault(f"{each.due_date:%Y-%m}", Counter())["due"] += 1
        if each.closed_at is not None:
            found.setdefault(f"{local_date(each.closed_at):%Y-%m}", Counter())["completed"] += 1
    return {month: {key: found[month][key] for key in ("opened", "due", "completed")} for month in sorted(found)}
