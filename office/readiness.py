"""Why a draft may not start yet: one sentence a reason.

Page, API, file and command all ask here, for a plan that starts and for a later version that amends a running one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.words import english_of
from office.directory import Directory, directory
from office.doubts import is_repaired, open_doubts
from office.later_versions import amended_by
from office.organisation import clerk_unit
from office.read_parts import BLOCKING, undecided
from storage.tables import Activity, Plan
from storage.transactions import Work

REPAIRS = "repairs"
"""Stands for what was mended while reading, beside the kinds of `read_parts`."""
_PARTS = {
    "warnings": ("{} điều cần xem chưa có người quyết định", "{} warnings nobody has decided about"),
    "obligations": (
        "{} việc có thời hạn trong phần lời văn chưa có người quyết định",
        "{} dated duties of the prose nobody has decided about",
    ),
    "indicators": ("{} chỉ tiêu chưa có người chấp nhận", "{} targets nobody has accepted"),
    "reporting": ("{} chế độ báo cáo chưa có người chấp nhận", "{} reports nobody has accepted"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """What is missing, in both languages; of one row when `activity_id` is set, or of one kind of read part."""

    text: str
    english: str
    activity_id: UUID | None = None
    part: str | None = None


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
    deployed = work.definitions.deployed({row.definition_key for row in rows})
    for row in rows:
        if row.definition_key not in deployed:
            text = f"{_number(row)}: quy trình “{row.definition_key}” chưa được phát hành"
            reasons.append(Reason(text, f"definition {row.definition_key} is not deployed", row.id))
    return reasons + undecided_in(plan, rows)


def undecided_in(plan: Plan, rows: Iterable[Activity]) -> list[Reason]:
    """What nobody has settled or waved through: each question about a row, then what was mended and read beside it."""
    reasons: list[Reason] = []
    repairs = 0
    for row in rows:
        for doubt in open_doubts(row):
            if is_repaired(doubt):
                repairs += 1
            else:
                english = f"row {row.number or row.position}: {english_of(doubt['text'])}"
                reasons.append(Reason(f"{_number(row)}: {doubt['text']}", english, row.id))
    if repairs:
        text = f"{repairs} chỗ đã sửa khi đọc chưa có người chấp nhận"
        reasons.append(Reason(text, f"{repairs} places mended while reading are not accepted", part=REPAIRS))
    for kind in BLOCKING:
        if count := len(undecided(plan, kind)):
            words, english = _PARTS[kind]
            reasons.append(Reason(words.format(count), english.format(count), part=kind))
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
