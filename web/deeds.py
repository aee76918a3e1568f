"""What a step asks of a person, as the button says it; by the step's purpose."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from storage.tables import UserTask

DEEDS = {
    "draft": _l("Soạn dự thảo"),
    "contribute": _l("Gửi ý kiến"),
    "consolidate": _l("Tổng hợp ý kiến"),
    "review": _l("Duyệt"),
    "sign": _l("Ký"),
    "issue": _l("Phát hành"),
    "answer": _l("Ghi trả lời"),
    "supplement": _l("Bổ sung"),
    "record": _l("Ghi kết quả"),
    "check_in": _l("Báo tiến độ"),
    "arrival": _l("Ghi nhận văn bản"),
}
ROLE_WORDS = {
    "official": _l("Chuyên viên"),
    "head": _l("Lãnh đạo đơn vị"),
    "leader": _l("Lãnh đạo Sở"),
    "clerk": _l("Văn thư"),
    "designer": _l("Người thiết kế quy trình"),
    "administrator": _l("Quản trị"),
}


def deed_of(purpose: str | None) -> str:
    return str(DEEDS.get(purpose or "", _("Mở việc")))


def part_of(task: UserTask, lead_unit_id: object) -> str | None:
    """Chủ trì or phối hợp: a contribution is always the latter, whoever enters it."""
    if task.purpose == "contribute":
        return "coordinating"
    return "lead" if task.unit_id is not None and task.unit_id == lead_unit_id else None
