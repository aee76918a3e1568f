"""One deed on many cases or tasks: in the background, each in its own transaction, in the name of who asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.calendars import local_date
from domain.errors import Invalid
from domain.people import User
from domain.rights import require
from domain.words import Words, counted
from engine.batches import Command, Item, create_batch
from engine.instances import resume_instance, suspend_instance, terminate_instance
from engine.user_tasks import assign_user_task
from office.organisation import user_of
from storage.tables import Batch, BatchItem
from storage.transactions import Work

SUSPEND, RESUME, TERMINATE, ASSIGN = "suspend_cases", "resume_cases", "terminate_cases", "assign_tasks"
VERBS = {SUSPEND: "suspend", RESUME: "resume", TERMINATE: "terminate", ASSIGN: "assign"}
CASE = Words("hồ sơ", "case")
TITLES = {
    SUSPEND: (Words("Tạm dừng ", "Suspend "), CASE),
    RESUME: (Words("Cho chạy tiếp ", "Resume "), CASE),
    TERMINATE: (Words("Chấm dứt ", "Terminate "), CASE),
    ASSIGN: (Words("Giao ", "Assign "), Words("việc", "task")),
}


def bulk(
    work: Work,
    kind: str,
    ids: Collection[UUID],
    user: User,
    now: datetime,
    *,
    reason: str = "",
    person_id: UUID | None = None,
) -> Batch:
    """Begin to do `kind` to these cases (to assign: tasks, to that person). Raises NotAllowed, Invalid for none."""
    require(user, VERBS[kind])
    if not ids:
        raise Invalid("Chưa chọn hồ sơ nào", "nothing was chosen")
    payload = {"by": str(user.person_id), "reason": reason, "person": str(person_id) if person_id else None}
    items = [Item(each, payload) for each in dict.fromkeys(ids)]
    deed, noun = TITLES[kind]
    return create_batch(work, kind, deed + counted(len(items), noun), items, by=user.person_id, now=now)


def _suspend(work: Work, item: BatchItem, now: datetime) -> None:
    user, reason = _asked(work, item, now)
    suspend_instance(work, item.noun_id, user, now, reason=reason)


def _resume(work: Work, item: BatchItem, now: datetime) -> None:
    user, reason = _asked(work, item, now)
    resume_instance(work, item.noun_id, user, now, reason=reason)


def _terminate(work: Work, item: BatchItem, now: datetime) -> None:
    user, reason = _asked(work, item, now)
    terminate_instance(work, item.noun_id, user, now, reason=reason)


def _assign(work: Work, item: BatchItem, now: datetime) -> None:
    user, reason = _asked(work, item, now)
    assign_user_task(work, item.noun_id, UUID(_payload(item)["person"]), user, now, reason=reason)


def _asked(work: Work, item: BatchItem, now: datetime) -> tuple[User, str]:
    """Who asked, with the posts they hold by now, and why. Raises NotFound when their account was closed."""
    payload = _payload(item)
    return user_of(work, UUID(payload["by"]), local_date(now)), payload["reason"]


def _payload(item: BatchItem) -> Mapping[str, Any]:
    return item.payload or {}


BULK: Mapping[str, Command] = {SUSPEND: _suspend, RESUME: _resume, TERMINATE: _terminate, ASSIGN: _assign}
"""What batches of this module do, by their kind; for `engine.batches.batch_handler`."""
