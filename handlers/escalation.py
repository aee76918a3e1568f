"""notice.escalate: the head of the unit that is late, and the department's leadership, are told.

Payload: {"kind": late, "due_date": ISO date}.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from domain.calendars import local_date
from domain.people import candidate_key
from domain.words import Words
from engine.jobs import Handler, Job
from handlers.urging import sentence, was_extended
from office.directory import directory
from office.notices import add_notice
from storage.database import Database
from storage.transactions import Work, run_command


def escalate(database: Database, now: Callable[[], datetime]) -> Handler:
    """Build the handler; a repeated job leaves no second notice."""

    def tell_superiors(job: Job) -> Mapping[str, Any]:
        return {"notices": run_command(database, lambda work: _escalate(work, job, now()))}

    return tell_superiors


def _escalate(work: Work, job: Job, now: datetime) -> int:
    if job.instance_id is None or was_extended(work, job):
        return 0
    units = directory(work, local_date(now))
    open_tasks = work.user_tasks.of_instance(job.instance_id, only_open=True)
    open_units = {task.unit_id for task in open_tasks if task.unit_id is not None}
    keys = [candidate_key(unit_id, "head") for unit_id in sorted(open_units)]
    if units.department is not None:
        keys.append(candidate_key(units.department.id, "leader"))
    late = ", ".join(sorted(units.name(unit_id) for unit_id in open_units))
    text = sentence(job.payload) + ": " + work.instances.get(job.instance_id).title
    if late:
        text += Words(f" (đang ở {late})", f" (with {late})")
    return sum(
        add_notice(
            work,
            kind="escalated",
            text=text,
            cause=f"{job.id}:{key}",
            now=now,
            candidate=key,
            instance_id=job.instance_id,
        )
        for key in keys
    )
