"""The acts in a case as sentences, the newest first: who did what, on whose behalf, from which value to which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from storage.case_steps import latest_records, task_names
from storage.tables import Record
from storage.transactions import Work

MOST_ACTS = 1000


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the history; `text` is what the person wrote."""

    at: datetime
    who: str
    sentence: str
    text: str = ""


def history_of(work: Work, instance_id: UUID, *, limit: int | None = None) -> list[Act]:
    """The acts of a case, the newest first; four statements."""
    records = latest_records(work, instance_id, limit or MOST_ACTS)
    return acts_of(work, records)


def acts_of(work: Work, records: Sequence[Record]) -> list[Act]:
    texts = work.records.texts(records)
    people = {each for record in records for each in (record.person_id, record.on_behalf_of) if each}
    people |= {found for record in records for found in _people_in(record)}
    names: dict[UUID, str] = dict(work.people.named(people))
    acted_on = (_as_id(record.noun_id) for record in records if record.noun == "user_task")
    tasks = task_names(work, (task_id for task_id in acted_on if task_id is not None))
    return [_act(record, names, tasks, texts.get(record.id, "")) for record in records]


def _act(record: Record, names: Mapping[UUID, str], tasks: Mapping[str, str], text: str) -> Act:
    who = names.get(record.person_id, _("Tài khoản đã xóa")) if record.person_id else _("Hệ thống")
    absent = names.get(record.on_behalf_of) if record.on_behalf_of else None
    if absent:
        who = _("%(who)s (thay mặt %(absent)s)", who=who, absent=absent)
    return Act(record.at, who, _sentence(record, names, tasks), text)


def _sentence(record: Record, names: Mapping[UUID, str], tasks: Mapping[str, str]) -> str:
    after: Mapping[str, Any] = record.after or {}
    step = tasks.get(record.noun_id, "")
    person = names.get(_as_id(after.get("assignee")) or UUID(int=0), "")
    sentences: dict[str, str] = {
        "start": _("mở hồ sơ"),
        "claim": _("nhận việc “%(step)s”", step=step),
        "release": _("trả việc “%(step)s” về đơn vị", step=step),
        "assign": _("giao việc “%(step)s” cho %(person)s", step=step, person=person),
        "delegate": _("chuyển việc “%(step)s” cho %(person)s", step=step, person=person),
        "complete": _("làm xong “%(step)s”", step=step),
        "take_back": _("rút lại “%(step)s”", step=step),
        "suspend": _("tạm dừng hồ sơ"),
        "resume": _("cho hồ sơ chạy tiếp"),
        "terminate": _("dừng hẳn hồ sơ"),
        "ask_extension": _("xin gia hạn"),
        "decide_extension": _("đồng ý gia hạn") if after.get("granted") else _("không đồng ý gia hạn"),
        "comment": _("trao đổi"),
        "add_document": _("lưu văn bản"),
        "urge": _("nhắc việc"),
        "decide": _("xử lý ý kiến"),
        "answer_late": _("gửi ý kiến sau hạn"),
        "retry": _("cho chạy lại bước bị lỗi"),
        "resolve": _("xử lý điểm kẹt"),
        "set_variable": _("sửa biến “%(name)s”", name=after.get("name", "")),
        "migrate": _("chuyển hồ sơ sang bản khác của quy trình"),
        "move": _("chuyển hồ sơ sang bước khác"),
    }
    return sentences.get(record.verb, record.verb.replace("_", " "))


def _people_in(record: Record) -> list[UUID]:
    values = [*(record.before or {}).values(), *(record.after or {}).values()]
    return [found for value in values if (found := _as_id(value)) is not None]


def _as_id(value: Any) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) and len(value) == 36 else None
    except ValueError:
        return None
