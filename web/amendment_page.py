"""A later version beside the running plan as its page shows it: by kind, field by field, with what applying does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from domain.plans import Activity as ReadActivity
from office.amending import RENUMBERED
from office.later_versions import Amendment, Difference
from office.readiness import undecided_in
from storage.tables import Activity, Plan
from storage.transactions import Work
from web.language import current_language
from web.words import day_words

KINDS = {
    "removed": _l("Dòng bị bỏ"),
    "changed": _l("Dòng thay đổi"),
    "added": _l("Dòng thêm mới"),
    "moved": _l("Dòng chuyển chỗ"),
    "renumbered": _l("Dòng chỉ đổi số thứ tự"),
}
FIELDS = {
    "number": _l("Số"),
    "section": _l("Mục"),
    "objective": _l("Mục tiêu"),
    "task": _l("Nhiệm vụ"),
    "products": _l("Sản phẩm"),
    "lead": _l("Chủ trì"),
    "coordinating": _l("Phối hợp"),
    "timing": _l("Thời gian"),
}


@dataclass(frozen=True, slots=True)
class Side:
    """One field of one version; `differs` where the versions part."""

    label: str
    words: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A row that differs: both versions, what applying it does, or why it cannot be applied."""

    key: str
    number: str
    task: str
    before: Sequence[Side]
    after: Sequence[Side]
    effect: str
    obstacle: str
    review_id: UUID | None


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one kind; `choice` is the one field that decides about all of them, where there is one."""

    kind: str
    title: str
    lines: Sequence[Line]

    @property
    def choice(self) -> str | None:
        return RENUMBERED if self.kind == "renumbered" else None


@dataclass(frozen=True, slots=True)
class AmendmentPage:
    plan: Plan
    later: Plan
    groups: Sequence[Group]
    same: int
    digest: str
    years_differ: bool
    doubts: int
    undecided: Sequence[str]

    @property
    def differences(self) -> int:
        return sum(len(group.lines) for group in self.groups)


def amendment_page(work: Work, amendment: Amendment) -> AmendmentPage:
    open_cases = Counter(
        each.activity_id
        for each in work.occurrences.of_plan(amendment.plan.id)
        if each.closed_at is None and each.instance_id
    )
    groups = [
        Group(kind, str(title), [_line(open_cases, each, kind) for each in found])
        for kind, title in KINDS.items()
        if (found := amendment.of_kind(kind))
    ]
    return AmendmentPage(
        plan=amendment.plan,
        later=amendment.later,
        groups=groups,
        same=len(amendment.comparison.rows) - len(amendment.differences),
        digest=amendment.digest,
        years_differ=amendment.plan.year != amendment.later.year,
        doubts=sum(each.obstacle is not None and each.later is not None for each in amendment.differences),
        undecided=[
            each.english if current_language() == "en" else each.text for each in undecided_in(amendment.later, ())
        ],
    )


def _line(open_cases: Mapping[UUID, int], difference: Difference, kind: str) -> Line:
    compared, running, later = difference.compared, difference.running, difference.later
    kept = later or running
    assert kept is not None
    obstacle = difference.obstacle
    return Line(
        key=difference.key,
        number=kept.number or "–",
        task=kept.task,
        before=_sides(compared.earlier, running, difference.fields, kind),
        after=_sides(compared.later, later, difference.fields, kind),
        effect=_effect(open_cases, difference, kind),
        obstacle="" if obstacle is None else obstacle[1] if current_language() == "en" else obstacle[0],
        review_id=later.id if obstacle is not None and later is not None else None,
    )


def _sides(value: ReadActivity | None, row: Activity | None, fields: frozenset[str], kind: str) -> list[Side]:
    """The fields to show of one version: those that differ of a changed row, those filled of one that came or went."""
    if value is None or row is None:
        return []
    shown = [name for name in FIELDS if name in fields] if kind in ("changed", "renumbered") else list(FIELDS)[1:]
    made = [Side(str(FIELDS[name]), _words(name, value, row), name in fields) for name in shown]
    return [side for side in made if side.words != "–" or side.differs]


def _words(name: str, value: ReadActivity, row: Activity) -> str:
    if name == "timing":
        printed = row.timing_raw or "–"
        return (
            str(_("%(printed)s (hạn %(day)s)", printed=printed, day=day_words(row.due_date)))
            if row.due_date
            else printed
        )
    found: Any = getattr(value, name)
    return ("; ".join(found) if isinstance(found, tuple) else found) or "–"


def _effect(open_cases: Mapping[UUID, int], difference: Difference, kind: str) -> str:
    running = difference.running
    if kind == "added":
        return str(_("Bắt đầu ngay khi áp dụng."))
    assert running is not None
    cases = open_cases.get(running.id, 0)
    if kind == "removed" or difference.is_replacement:
        ends = (
            _("%(count)s hồ sơ đang chạy dừng lại, lịch sử được giữ.", count=cases)
            if cases
            else _("Không có hồ sơ nào đang chạy.")
        )
        begins = _("Dòng mới bắt đầu ngay, theo đơn vị và quy trình mới.")
        return str(ends) if kind == "removed" else f"{ends} {begins}"
    if running.state == "closed":
        return str(_("Dòng đã làm xong; chỉ sửa câu chữ."))
    if difference.fields & {"timing"} and cases:
        return str(_("Hồ sơ đang chạy nhận hạn mới, không bắt đầu lại."))
    if difference.fields & {"coordinating"} and cases:
        return str(_("Hồ sơ chưa lấy ý kiến sẽ hỏi các đơn vị mới; hồ sơ đã hỏi giữ đơn vị cũ."))
    return str(_("Hồ sơ đang chạy không đổi."))
