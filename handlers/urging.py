"""notice.urge: a line for everybody who has an open step of the case, that its day is near, here or past.

Payload: {"kind": soon | due | late | ask, "due_date": ISO date or None}, for one asked unit {"step", "unit"}.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from domain.words import Words, written
from engine.jobs import Handler, Job
from office.notices import add_notice
from storage.database import Database
from storage.tables import UserTask
from storage.transactions import Work, run_command

WORDS = {
    "soon": Words("Sắp đến hạn", "Due soon"),
    "due": Words("Đến hạn hôm nay", "Due today"),
    "late": Words("Đã quá hạn", "Overdue"),
    "ask": Words("Cuối quý, đã có văn bản chờ chưa", "The quarter ends; has the awaited document come"),
}


def urge(database: Database, now: Callable[[], datetime]) -> Handler:
    """Build the handler; a repeated job leaves no second notice."""

    def leave_notices(job: Job) -> Mapping[str, Any]:
        return {"notices": run_command(database, lambda work: _urge(work, job, now()))}

    return leave_notices


def _urge(work: Work, job: Job, now: datetime) -> int:
    if job.instance_id is None or was_extended(work, job):
        return 0
    text = sentence(job.payload) + ": " + work.instances.get(job.instance_id).title
    tasks = [
        task for task in work.user_tasks.of_instance(job.instance_id, only_open=True) if _is_meant(work, job, task)
    ]
    return sum(
        add_notice(
            work,
            kind=str(job.payload.get("kind") or "soon"),
            text=text,
            cause=f"{job.id}:{task.id}",
            now=now,
            candidate=None if task.assignee_id else task.candidate_key,
            person_id=task.assignee_id,
            instance_id=job.instance_id,
            task_id=task.id,
        )
        for task in tasks
    )


def sentence(payload: Mapping[str, Any]) -> Words:
    """ "Sắp đến hạn (30/3/2026)" and the like."""
    words = WORDS.get(str(payload.get("kind")), WORDS["soon"])
    due = payload.get("due_date")
    return words + " (" + written(date.fromisoformat(str(due)[:10])) + ")" if due else words


def was_extended(work: Work, job: Job) -> bool:
    """Whether the row's day was moved beyond the one this job speaks of."""
    due = job.payload.get("due_date")
    occurrence = work.occurrences.of_instance(job.instance_id) if job.instance_id and due else None
    if occurrence is None or occurrence.due_date is None or "gia hạn" not in occurrence.due_explanation:
        return False
    return occurrence.due_date > date.fromisoformat(str(due)[:10])


def _is_meant(work: Work, job: Job, task: UserTask) -> bool:
    step, unit = job.payload.get("step"), job.payload.get("unit")
    if not step:
        return True
    if task.purpose != step:
        return False
    contribution = work.contributions.by_task(task.id) if unit else None
    return contribution is None or str(contribution.unit_id) == unit
