"""Later due days: asked with a reason before the day is over, granted or refused by who leads the unit, all kept."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from domain.calendars import local_date
from domain.errors import Conflict, Invalid
from domain.people import User, candidate_key
from domain.rights import require
from domain.words import Words, written
from engine.records import write_record
from engine.standing import standing
from engine.user_tasks import task_closed
from office.notices import add_notice
from storage.tables import Extension, UserTask
from storage.transactions import Work


def ask_extension(work: Work, task_id: UUID, user: User, new_date: date, reason: str, now: datetime) -> Extension:
    """Ask for a later due day. Raises NotFound, NotAllowed, Invalid, Conflict while another request waits."""
    task = _open_task(work, task_id)
    require(user, "ask_extension", standing(user, task))
    if task.due_at is None:
        raise Conflict("Việc này không có hạn", "the task has no due day")
    if not reason.strip():
        raise Invalid("Cần ghi lý do xin gia hạn", "a reason is needed")
    if new_date <= max(local_date(task.due_at), local_date(now)):
        raise Invalid("Hạn mới phải sau hạn cũ và sau hôm nay", "the new day lies after the old one and after today")
    if work.extensions.undecided(task_id) is not None:
        raise Conflict("Đang có một đề nghị gia hạn chờ quyết định", "a request is waiting for its decision")
    extension = work.extensions.add(
        Extension(
            id=uuid4(),
            instance_id=task.instance_id,
            task_id=task.id,
            asked_by=user.person_id,
            asked_at=now,
            reason=reason.strip(),
            old_due_at=task.due_at,
            new_date=new_date,
        )
    )
    after = {"old": local_date(task.due_at).isoformat(), "new": new_date.isoformat()}
    instance = work.instances.get(task.instance_id)
    write_record(
        work, instance, user, "ask_extension", "extension", extension.id, after=after, text=reason, now=now
    )  # fmt: skip
    if task.unit_id is not None:
        add_notice(
            work,
            kind="asked",
            text=Words(
                f"{user.name} xin gia hạn “{task.name}” đến {written(new_date)}",
                f"{user.name} asks for more time for “{task.name}”, until {written(new_date).english}",
            ),
            cause=f"extension:{extension.id}",
            now=now,
            candidate=candidate_key(task.unit_id, "head"),
            instance_id=task.instance_id,
            task_id=task.id,
        )
    return extension


def decide_extension(work: Work, extension_id: UUID, user: User, granted: bool, note: str, now: datetime) -> Extension:
    """Grant it, which moves the due day, or refuse it, which leaves the old one.

    Raises NotFound, NotAllowed, Conflict when it was decided before.
    """
    extension = work.extensions.get(extension_id)
    task = _open_task(work, extension.task_id)
    require(user, "decide_extension", standing(user, task))
    if extension.decided_at is not None:
        raise Conflict("Đề nghị này đã được quyết định", "it was decided before")
    extension.decided_by, extension.decided_at = user.person_id, now
    extension.granted, extension.note = granted, note.strip()
    if granted:
        _move_due_day(work, task, extension)
    after = {"granted": granted, "new": extension.new_date.isoformat()}
    instance = work.instances.get(task.instance_id)
    write_record(
        work, instance, user, "decide_extension", "extension", extension.id, after=after, text=note, now=now
    )  # fmt: skip
    verb = Words("đồng ý", "grants") if granted else Words("không đồng ý", "refuses")
    add_notice(
        work,
        kind="decided",
        text=Words(
            f"{user.name} {verb} gia hạn “{task.name}” đến {written(extension.new_date)}",
            f"{user.name} {verb.english} more time for “{task.name}”, until {written(extension.new_date).english}",
        ),
        cause=f"extension:{extension.id}:decided",
        now=now,
        person_id=extension.asked_by,
        instance_id=task.instance_id,
        task_id=task.id,
    )
    return extension


def _move_due_day(work: Work, task: UserTask, extension: Extension) -> None:
    """The task is due later; when it carried its row's own day, so is the row's occurrence and what follows."""
    calendar = work.database.calendar(work)
    old = local_date(task.due_at) if task.due_at else None
    task.due_at = calendar.closes_at(extension.new_date)
    task.due_explanation = {
        "rule": "extended",
        "date": extension.new_date.isoformat(),
        "from": old.isoformat() if old else None,
    }
    occurrence = work.occurrences.of_instance(task.instance_id)
    if occurrence is not None and occurrence.due_date is not None and occurrence.due_date == old:
        occurrence.due_date = extension.new_date
        until = written(extension.new_date)
        occurrence.due_explanation += Words(f"; gia hạn đến {until}", f"; extended to {until.english}")


def _open_task(work: Work, task_id: UUID) -> UserTask:
    task = work.user_tasks.get(task_id)
    if task.closed_at is not None:
        raise task_closed(task)
    return task
