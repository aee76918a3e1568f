"""Lines telling people what is new, near or late; a cause makes each of them once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from office.letters import queue_letters
from storage.tables import Notice
from storage.transactions import Work

KINDS = ("new", "soon", "due", "late", "escalated", "returned", "done", "asked", "decided", "taken_back")


def add_notice(
    work: Work,
    *,
    kind: str,
    text: str,
    cause: str,
    now: datetime,
    candidate: str | None = None,
    person_id: UUID | None = None,
    instance_id: UUID | None = None,
    task_id: UUID | None = None,
) -> bool:
    """Leave a notice for a role in a unit or a person, with its letters; False when this cause left one before."""
    if work.notices.by_cause(cause) is not None:
        return False
    notice = Notice(
        id=uuid4(),
        person_id=person_id,
        candidate_key=candidate,
        instance_id=instance_id,
        task_id=task_id,
        kind=kind,
        text=text,
        cause=cause,
        created_at=now,
    )
    work.notices.add(notice)
    queue_letters(work, notice, now)
    return True
