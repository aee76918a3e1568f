"""Taking back a completion: the case stands as before it, what followed is cancelled. Possible while nothing that
followed was begun and nothing else has changed the case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.errors import Conflict
from domain.people import User
from domain.rights import require
from engine.cases import refuse_unless_active
from engine.checking import check_state, is_checking
from engine.failures import settle
from engine.images import added
from engine.live import take
from engine.models import drawn
from engine.records import write_record
from engine.running import hold_instance, revise, running
from engine.standing import standing
from engine.timers import firing_of
from engine.user_tasks import task_closed
from storage.changed_rows import keys_of_added, put_back_rows
from storage.snapshots import typed_values
from storage.tables import Completion, Incident, Instance, Job, Subscription, Timer, UserTask
from storage.transactions import Work

KEPT = ("incident", "instance", "record", "record_text", "user_task")
"""Tables whose rows stay when they were added by a completion that is taken back."""


class CannotTakeBack(Conflict):
    """Somebody has begun what followed, or it cannot be undone."""


def take_back_user_task(work: Work, task_id: UUID, user: User, now: datetime, *, reason: str = "") -> UserTask:
    """Open the task again as it was before it was completed, and cancel what its completion opened.

    Raises NotFound, NotAllowed, TaskAlreadyCompleted for a cancelled task, InstanceClosed, InstanceSuspended,
    CannotTakeBack.
    """
    task = work.user_tasks.get(task_id)
    instance = hold_instance(work, task.instance_id)
    _refuse_open(task)
    require(user, "take_back", standing(user, task))
    completion = work.completions.find(instance.id)
    refuse_to_take_back(work, task, instance, completion)
    assert completion is not None
    opened = opened_tasks(work, completion)
    revise(work, instance)
    _put_back_rows(work, instance, completion.image, now)
    _put_back_waits(work, completion.image, now)
    _put_back_state(work, instance, completion.image, now)
    for one in opened:
        one.state, one.closed_at = "cancelled", now
    for listener in work.database.listeners:
        listener.task_taken_back(work, task, completion, opened, now)
    work.completions.delete(completion)
    write_record(
        work,
        instance,
        user,
        "take_back",
        "user_task",
        task.id,
        before={"cancelled": [one.element_id for one in opened]},
        after={"element_id": task.element_id},
        text=reason,
        on_behalf_of=None if completion.person_id == user.person_id else completion.person_id,
        now=now,
    )
    return task


def refuse_to_take_back(work: Work, task: UserTask, instance: Instance, completion: Completion | None) -> None:
    """Say in one sentence what stands in the way, if anything; nothing is changed.

    Raises TaskAlreadyCompleted for a cancelled task, InstanceClosed, InstanceSuspended, CannotTakeBack.
    """
    _refuse_open(task)
    if task.state != "completed":
        raise task_closed(task)
    refuse_unless_active(instance)
    if completion is None:
        raise CannotTakeBack("Hồ sơ đã đi tiếp, không rút lại được nữa", "the case has gone on since")
    if completion.task_id != task.id:
        raise _begun(work, work.user_tasks.get(completion.task_id))
    if completion.reached:
        raise CannotTakeBack(
            f"Đã báo sang hồ sơ “{completion.reached[0]}”, không rút lại được",
            f"the case “{completion.reached[0]}” was told, which cannot be undone",
        )
    for one in opened_tasks(work, completion):
        if one.state != "created":
            raise _begun(work, one)
    _refuse_done_jobs(work, instance, completion)
    if completion.revision != instance.revision:
        raise _changed(work, instance, task)


def opened_tasks(work: Work, completion: Completion) -> list[UserTask]:
    """The tasks that the completion led to; none when it reached other cases."""
    keys = keys_of_added(completion.image.get("rows", {}), UserTask)
    return list(work.user_tasks.among([UUID(key["id"]) for key in keys])) if keys else []


def _refuse_open(task: UserTask) -> None:
    if task.closed_at is None:
        raise CannotTakeBack(f"“{task.name}” đang mở, không có gì để rút lại", f"“{task.name}” is open already")


def _begun(work: Work, task: UserTask) -> CannotTakeBack:
    person_id = task.closed_by or task.assignee_id
    who = work.people.named([person_id]).get(person_id) if person_id else None
    if task.state == "cancelled":
        return CannotTakeBack(f"“{task.name}” đã hủy, không rút lại được nữa", f"“{task.name}” was cancelled since")
    done = task.state == "completed"
    return CannotTakeBack(
        f"{who or 'Có người'} đã {'hoàn thành' if done else 'nhận'} “{task.name}”, không rút lại được nữa",
        f"{who or 'somebody'} has {'completed' if done else 'claimed'} “{task.name}” since",
    )


def _refuse_done_jobs(work: Work, instance: Instance, completion: Completion) -> None:
    """A job that was handed to a worker may have done its work, whatever came of it."""
    ids = added(completion.image, Job)
    for job in work.jobs.among(ids) if ids else ():
        if job.attempt:
            element = drawn(work, instance.definition_id).elements.get(job.element_id or "")
            name = (element.name if element else "") or job.topic
            raise CannotTakeBack(
                f"Bước tự động “{name}” đã chạy, không rút lại được nữa", f"the automatic step “{name}” has run since"
            )


def _changed(work: Work, instance: Instance, task: UserTask) -> CannotTakeBack:
    record = work.records.newest_of(instance.id)
    if record is None or record.person_id is None or (record.verb, record.noun_id) == ("complete", str(task.id)):
        return CannotTakeBack("Hồ sơ đã tự đi tiếp, không rút lại được nữa", "the case has gone on by itself since")
    who = work.people.named([record.person_id]).get(record.person_id)
    return CannotTakeBack(
        f"{who or 'Có người'} đã có thao tác khác trên hồ sơ, không rút lại được nữa",
        f"{who or 'somebody'} has done something else in the case since",
    )


def _put_back_rows(work: Work, instance: Instance, image: Mapping[str, Any], now: datetime) -> None:
    rows = image["rows"]
    put_back_rows(work, rows, kept=KEPT)
    if "incident" not in rows:
        return
    for key in keys_of_added(rows, Incident):
        settle(work.incidents.get(UUID(key["id"])), instance, "cancelled", now)
    work.flush()
    instance.open_incidents = len(work.incidents.open_of_instance(instance.id))


def _put_back_waits(work: Work, image: Mapping[str, Any], now: datetime) -> None:
    work.timers.end(added(image, Timer), "cancelled", now)
    work.subscriptions.remove(added(image, Subscription))
    work.jobs.cancel(added(image, Job), now)
    closed = image["closed"]
    timers = [typed_values(Timer, values) for values in closed.get("timer", ())]
    work.timers.write(timers)
    work.subscriptions.write([typed_values(Subscription, values) for values in closed.get("subscription", ())])
    work.jobs.write([typed_values(Job, values) for values in closed.get("job", ())])
    work.jobs.reopen([firing_of(timer["id"], timer["due_at"]) for timer in timers if timer["enqueued_at"] is not None])
    work.database.job_added(work)


def _put_back_state(work: Work, instance: Instance, image: Mapping[str, Any], now: datetime) -> None:
    """The rows of the state as they were; the case in memory is read from them anew."""
    tokens = [(UUID(id), position, None if body is None else body.encode()) for id, position, body in image["tokens"]]
    work.tokens.write(instance.id, instance.revision, tokens)
    work.steps.cancel(instance.id, [UUID(id) for id in image["begun"]], now)
    work.steps.reopen(instance.id, [UUID(id) for id in image["ended"]])
    instance.head = image["head"]
    running(work).cases.pop(instance.id, None)
    work.database.cases.drop(instance.id)
    live = take(work, instance.id)
    if is_checking():
        check_state(work, live)
