"""Why a draft may not start yet: one sentence a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from office.directory import Directory, directory
from office.doubts import open_doubts
from office.later_versions import amended_by
from office.organisation import clerk_unit
from storage.tables import Activity, Plan
from storage.transactions import Work


@dataclass(frozen=True, slots=True)
class Reason:
    """What is missing, in both languages; of one row when `activity_id` is set."""

    text: str
    english: str
    activity_id: UUID | None = None


def ready_to_start(work: Work, plan: Plan, today: date) -> list[Reason]:
    """Every reason against starting the plan today; none means it may start."""
    if plan.state != "draft":
        return [Reason("Kế hoạch đã bắt đầu", "the plan was started before")]
    if amended_by(plan) is not None:
        text = "Đây là bản điều chỉnh của một kế hoạch đang thực hiện; hãy so sánh và áp dụng vào kế hoạch đó"
        return [Reason(text, "this amends a running plan; compare and apply it there")]
    rows = work.activities.of_plan(plan.id)
    reasons = _about_department(work, directory(work, today), today)
    if not rows:
        reasons.append(Reason("Kế hoạch không có nhiệm vụ nào", "the plan has no row"))
    deployed = {key: work.definitions.newest(key) is not None for key in {row.definition_key for row in rows}}
    for row in rows:
        reasons += [
            Reason(f"{_number(row)}: {doubt['text']}", f"row {row.number or row.position}: {doubt['field']}", row.id)
            for doubt in open_doubts(row)
        ]
        if not deployed[row.definition_key]:
            text = f"{_number(row)}: quy trình “{row.definition_key}” chưa được phát hành"
            reasons.append(Reason(text, f"definition {row.definition_key} is not deployed", row.id))
    return reasons


def _about_department(work: Work, units: Directory, today: date) -> list[Reason]:
    reasons: list[Reason] = []
    department = units.department
    if department is None:
        return [Reason("Chưa có Sở nào trong danh mục đơn vị", "there is no department among the units")]
    if not work.posts.holders(department.id, "leader", today):
        reasons.append(Reason(f"{department.name} chưa có lãnh đạo để ký", "the department has no leader to sign"))
    if clerk_unit(work, units, today) is None:
        reasons.append(Reason("Chưa có văn thư để cấp số, phát hành", "there is no clerk to number and issue"))
    return reasons


def _number(row: Activity) -> str:
    return f"Dòng {row.number}" if row.number else f"“{row.task[:60]}”"
