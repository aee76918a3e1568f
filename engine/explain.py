"""What an open case waits for, since when, on whom, and what would move it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from bpmn.explanations import Kind, Waiting, explain_all
from domain.calendars import WorkingCalendar, local_date
from domain.words import Words, written
from engine.models import drawn
from engine.timers import FIRE
from storage.tables import Instance, UserTask
from storage.transactions import Work
from storage.waits import OpenWaits, open_waits

OPEN = ("active", "suspended")

Names = Callable[[UUID | None, str | None], str]
"""The words for a role in a unit, as they are today."""

CLAIM, COMPLETE = Words("Nhận việc", "claim it"), Words("Hoàn thành", "complete it")
URGE, REASSIGN = Words("Đôn đốc", "urge them"), Words("Giao người khác", "give it to another person")
RETRY, RESOLVE = Words("Thử lại", "retry it"), Words("Ghi nhận đã xử lý", "settle it")
RESUME, TERMINATE = Words("Tiếp tục", "resume it"), Words("Chấm dứt", "terminate it")
SEND = Words("Ghi nhận thông điệp đã đến", "enter the message that came")
ADMINISTRATORS = Words("quản trị hệ thống", "administrators")


@dataclass(frozen=True, slots=True)
class WaitingFor:
    """One thing the case waits for; `id` is that of its row, `who` with whom it lies."""

    kind: Kind
    id: UUID
    element_id: str
    name: str
    since: datetime
    due_at: datetime | None = None
    who: Words | None = None
    remedies: tuple[Words, ...] = ()
    reason: Words | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """One sentence, the same without what could be done (for pages with buttons), and the list behind it."""

    sentence: Words
    why: Words
    waiting_for: tuple[WaitingFor, ...] = field(default=())


def explain_instance(work: Work, instance_id: UUID, names: Names, now: datetime) -> Explanation:
    """Why the case is where it is. Raises NotFound."""
    return explain_instances(work, [work.instances.get(instance_id)], names, now)[instance_id]


def explain_instances(
    work: Work, instances: Collection[Instance], names: Names, now: datetime
) -> dict[UUID, Explanation]:
    """Why each of these cases is where it is, in as many statements as for one."""
    found = open_waits(work, [each.id for each in instances if each.status in OPEN])
    assignees = {task.assignee_id for rows in found.values() for task in rows.tasks if task.assignee_id}
    people = work.people.named(assignees)
    calendar = work.database.calendar(work)

    def explained(instance: Instance) -> Explanation:
        if instance.status not in OPEN:
            return Explanation(_ended(instance), _ended(instance))
        waits = tuple(_waits(work, instance, found[instance.id], names, people))
        waiting = [_waiting(wait, calendar, now) for wait in waits]
        sentence, why = explain_all(waiting), explain_all([replace(each, remedies=()) for each in waiting])
        if instance.status == "suspended":
            sentence, why = _suspended(sentence), _suspended(why)
        return Explanation(sentence, why, waits)

    return {instance.id: explained(instance) for instance in instances}


def _waits(
    work: Work, instance: Instance, rows: OpenWaits, names: Names, people: Mapping[UUID, str]
) -> Iterator[WaitingFor]:
    elements = drawn(work, instance.definition_id).elements

    def name_of(element_id: str | None) -> str:
        element = elements.get(element_id or "")
        return (element.name if element else "") or element_id or ""

    for incident in rows.incidents:
        yield WaitingFor(
            "incident",
            incident.id,
            incident.element_id or "",
            name_of(incident.element_id),
            incident.created_at,
            who=ADMINISTRATORS,
            reason=Words(incident.message),
            remedies=(RETRY, RESOLVE),
        )
    for task in rows.tasks:
        yield _task(task, names, people)
    for one in rows.subscriptions:
        kind: Kind = "signal" if one.kind == "signal" else "message"
        yield WaitingFor(kind, one.id, one.element_id, one.name, one.created_at, remedies=(SEND,))
    broken = {incident.job_id for incident in rows.incidents}
    for job in rows.jobs:
        if job.id not in broken and job.topic != FIRE:
            yield WaitingFor("job", job.id, job.element_id or "", name_of(job.element_id), job.created_at)
    for timer in rows.timers:
        name = name_of(timer.element_id)
        yield WaitingFor("timer", timer.id, timer.element_id, name, timer.created_at, timer.due_at)


def _task(task: UserTask, names: Names, people: Mapping[UUID, str]) -> WaitingFor:
    remedies = (URGE, REASSIGN, COMPLETE) if task.assignee_id else (CLAIM, URGE, COMPLETE)
    return WaitingFor(
        "user_task",
        task.id,
        task.element_id,
        task.name,
        task.created_at,
        task.due_at,
        _who(task, names, people),
        remedies,
    )


def _who(task: UserTask, names: Names, people: Mapping[UUID, str]) -> Words:
    person = people.get(task.assignee_id) if task.assignee_id else None
    if person is not None:
        return Words(person)
    if task.candidate_key is None:
        return ADMINISTRATORS
    said = names(task.unit_id, task.role)
    return Words(said)


def _waiting(wait: WaitingFor, calendar: WorkingCalendar, now: datetime) -> Waiting:
    due = None if wait.due_at is None else local_date(wait.due_at)
    return Waiting(
        wait.kind,
        wait.name,
        whom=wait.who,
        since=local_date(wait.since),
        due_at=due,
        days_left=None if due is None else calendar.working_days_between(local_date(now), due),
        reason=wait.reason,
        remedies=wait.remedies,
    )


def _suspended(said: Words) -> Words:
    return Words(f"Đang tạm dừng; khi tiếp tục: {said.vietnamese}", f"suspended; when resumed: {said.english}")


def _ended(instance: Instance) -> Words:
    assert instance.ended_at is not None
    day = local_date(instance.ended_at)
    if instance.status == "completed":
        return Words(f"Đã hoàn thành ngày {written(day)}", f"completed on {written(day).english}")
    return Words(f"Đã chấm dứt ngày {written(day)}", f"terminated on {written(day).english}")


def waiting_for_as_values(waits: Sequence[WaitingFor], language: str = "vi") -> list[dict[str, Any]]:
    """The list as plain values for an answer: [{kind, element_id, since, due_at, who, remedies}]."""

    def word(words: Words | None) -> str | None:
        return None if words is None else words.vietnamese if language == "vi" else words.english

    return [
        {
            "kind": wait.kind,
            "element_id": wait.element_id,
            "since": wait.since.isoformat(),
            "due_at": None if wait.due_at is None else wait.due_at.isoformat(),
            "who": word(wait.who),
            "remedies": [word(remedy) for remedy in wait.remedies],
        }
        for wait in waits
    ]
