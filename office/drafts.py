"""Half-filled forms, kept per task and person until the task is done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from domain.errors import Invalid
from domain.people import User
from domain.rights import require
from engine.standing import standing
from engine.user_tasks import task_closed
from storage.tables import Draft
from storage.transactions import Work

LARGEST_BYTES = 1_000_000


def save_draft(work: Work, task_id: UUID, user: User, variables: Mapping[str, Any], now: datetime) -> Draft:
    """Keep what is typed so far; the last one counts. Raises NotFound, NotAllowed, TaskAlreadyCompleted, Invalid."""
    task = work.user_tasks.get(task_id)
    require(user, "save_draft", standing(user, task))
    if task.closed_at is not None:
        raise task_closed(task)
    if len(orjson.dumps(dict(variables))) > LARGEST_BYTES:
        raise Invalid("Nội dung nháp quá dài", "the draft is too long")
    draft = work.drafts.of(task_id, user.person_id)
    if draft is None:
        return work.drafts.add(
            Draft(task_id=task_id, person_id=user.person_id, variables=dict(variables), saved_at=now)
        )
    draft.variables, draft.saved_at = dict(variables), now
    return draft
