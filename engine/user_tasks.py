"""What people do with user tasks: claim, release, assign, delegate, complete."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.calendars import local_date
from domain.errors import Conflict, TaskAlreadyCompleted
from domain.people import User
from domain.rights import require
from domain.words import written
from engine.cases import taken_out
from engine.images import to_be_taken_back
from engine.models import drawn
from engine.moments import moment
from engine.records import write_record
from engine.running import Doer, hold_instance, running
from engine.standing import standing
from storage.tables import Instance, UserTask
from storage.transactions import Work

Variables = Mapping[str, Any]


class TaskTaken(Conflict):
    """Somebody else has claimed the task."""


def claim_user_task(work: Work, task_id: UUID, user: User, now: datetime) -> UserTask:
    """Take an offered task as one's own; claiming it again changes nothing.

    Raises NotFound, TaskAlreadyCompleted, NotAllowed, TaskTaken.
    """
    task, instance = _open_task(work, task_id)
    _require(work, user, "claim", task, instance)
    if task.assignee_id == user.person_id:
        return task
    if task.assignee_id is not None:
        raise TaskTaken(f"“{task.name}” đã có người nhận", f"{task.name!r} is claimed by somebody else")
    return _give(work, task, instance, user, "claim", user.person_id, now)


def release_user_task(work: Work, task_id: UUID, user: User, now: datetime) -> UserTask:
    """Offer the task again to everybody of its role. Raises NotFound, TaskAlreadyCompleted, NotAllowed."""
    task, instance = _open_task(work, task_id)
    _require(work, user, "release", task, instance)
    if task.assignee_id is None:
        return task
    return _give(work, task, instance, user, "release", None, now)


def assign_user_task(
    work: Work, task_id: UUID, person_id: UUID, user: User, now: datetime, *, reason: str = ""
) -> UserTask:
    """Give the task to a person. Raises NotFound, TaskAlreadyCompleted, NotAllowed."""
    task, instance = _open_task(work, task_id)
    _require(work, user, "assign", task, instance)
    return _give(work, task, instance, user, "assign", person_id, now, reason=reason)


def delegate_user_task(
    work: Work, task_id: UUID, person_id: UUID, user: User, now: datetime, *, reason: str = ""
) -> UserTask:
    """Hand one's task to another person, who returns it by completing it or releasing it.

    Raises NotFound, TaskAlreadyCompleted, NotAllowed.
    """
    task, instance = _open_task(work, task_id)
    _require(work, user, "delegate", task, instance)
    task.delegated_by = user.person_id
    return _give(work, task, instance, user, "delegate", person_id, now, reason=reason)


def complete_user_task(
    work: Work, task_id: UUID, user: User, variables: Variables, now: datetime, *, text: str = ""
) -> UserTask:
    """Finish the task and let its case go on to its next waits; `text` is a note for the record.

    Raises NotFound, TaskAlreadyCompleted, NotAllowed, InstanceClosed, InstanceSuspended.
    """
    task, instance = _open_task(work, task_id)
    _require(work, user, "complete", task, instance)
    on_behalf_of = stood_in_for(user, task, drawn(work, instance.definition_id).key)
    with to_be_taken_back(work, task, instance, user, variables, now):
        with taken_out(work, task.instance_id, now) as case:
            running(work).cases[task.instance_id].doers[task.id] = Doer(user.person_id, on_behalf_of, dict(variables))
            case.complete(task.id, variables, moment(work, now))
        write_record(
            work,
            instance,
            user,
            "complete",
            "user_task",
            task.id,
            after={"element_id": task.element_id, "variables": sorted(variables)},
            text=text,
            on_behalf_of=on_behalf_of,
            now=now,
        )
    return task


def stood_in_for(user: User, task: UserTask, definition_key: str) -> UUID | None:
    """On whose behalf `user` acts: of the absent person the task is, or would be, for; an administrator acts for the
    assignee, else for the unit. None: on their own."""
    if task.assignee_id == user.person_id:
        return None
    stood_in = user.stood_in_for(definition_key)
    if task.assignee_id is not None:
        return task.assignee_id
    key = task.candidate_key
    if key is None or key in user.keys:
        return None
    return stood_in.get(key, task.unit_id)


def task_closed(task: UserTask) -> TaskAlreadyCompleted:
    """What became of a closed task, and on which day, for who wants to do something with it."""
    day = "" if task.closed_at is None else written(local_date(task.closed_at))
    if task.state == "completed":
        return TaskAlreadyCompleted(f"“{task.name}” đã hoàn thành ngày {day}", f"“{task.name}” was completed on {day}")
    return TaskAlreadyCompleted(
        f"“{task.name}” đã hủy ngày {day}, không cần làm nữa", f"“{task.name}” was cancelled on {day}"
    )


def _open_task(work: Work, task_id: UUID) -> tuple[UserTask, Instance]:
    """The task and its instance, for this transaction alone; the instance first, as every command locks it."""
    task = work.user_tasks.get(task_id)
    instance = hold_instance(work, task.instance_id)
    if task.closed_at is not None:
        raise task_closed(task)
    return task, instance


def _require(work: Work, user: User, verb: str, task: UserTask, instance: Instance) -> None:
    key = drawn(work, instance.definition_id).key
    require(user, verb, standing(user, task, definition_key=key))


def _give(
    work: Work,
    task: UserTask,
    instance: Instance,
    user: User,
    verb: str,
    person_id: UUID | None,
    now: datetime,
    *,
    reason: str = "",
) -> UserTask:
    key = drawn(work, instance.definition_id).key
    on_behalf_of = stood_in_for(user, task, key) if verb != "assign" else None
    before, task.assignee_id = task.assignee_id, person_id
    task.state = "created" if person_id is None else "claimed"
    task.claimed_at = None if person_id is None else now
    write_record(
        work,
        instance,
        user,
        verb,
        "user_task",
        task.id,
        before={"assignee": None if before is None else str(before)},
        after={"assignee": None if person_id is None else str(person_id)},
        text=reason,
        on_behalf_of=on_behalf_of,
        now=now,
    )
    return task
