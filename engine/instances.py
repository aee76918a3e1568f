"""Instances: started, suspended, resumed, terminated, and looked into."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.errors import Conflict, InstanceClosed, Invalid, NotFound
from domain.people import User
from domain.rights import require
from engine.cases import begin, holding
from engine.failures import settle
from engine.live import borrowed, take
from engine.moments import moment
from engine.records import write_record
from engine.running import hold_instance, revise
from storage.tables import Definition, Instance
from storage.transactions import Work

OPEN = ("active", "suspended")


def start_instance(
    work: Work,
    key: str,
    variables: Mapping[str, Any],
    *,
    version: int | None = None,
    process_id: str | None = None,
    business_key: str | None = None,
    title: str = "",
    user: User | None = None,
    now: datetime,
) -> Instance:
    """Start a case of the newest (or that) version and run it to its first waits; without a user, by the system.

    Raises NotFound, Conflict for a withdrawn version, Invalid for a process it does not have, NotAllowed.
    """
    if user is not None:
        require(user, "start_instance")
    definition = startable(work, key, version)
    instance = begin(
        work,
        definition,
        _process(definition, process_id),
        variables,
        now,
        business_key=business_key,
        title=title,
        started_by=None if user is None else user.person_id,
    )
    write_record(
        work,
        instance,
        user,
        "start",
        "instance",
        instance.id,
        after={"definition": definition.key, "version": definition.version, "business_key": business_key},
        now=now,
    )
    return instance


def startable(work: Work, key: str, version: int | None = None) -> Definition:
    """The version a new case runs. Raises NotFound, Conflict when it was withdrawn."""
    if version is None:
        found = work.definitions.newest(key)
        if found is None and work.definitions.versions(key):
            raise Conflict(f"Quy trình {key} đã ngừng dùng", f"{key} was withdrawn")
    else:
        found = work.definitions.version(key, version)
    if found is None and work.definitions.versions(key):
        raise NotFound(f"Quy trình {key} không có bản {version}", f"{key} has no version {version}")
    if found is None:
        raise NotFound(f"Không có quy trình {key}", f"no definition {key}")
    if found.withdrawn_at is not None:
        raise Conflict(f"Quy trình {key} bản {found.version} đã ngừng dùng", f"{key} {found.version} was withdrawn")
    return found


def suspend_instance(work: Work, instance_id: UUID, user: User | None, now: datetime, *, reason: str = "") -> Instance:
    """Nothing moves until it is resumed: no task, timer, message or job.

    Raises NotFound, InstanceClosed, NotAllowed.
    """
    return _change_status(work, instance_id, user, "suspend", "active", "suspended", now, reason)


def resume_instance(work: Work, instance_id: UUID, user: User | None, now: datetime, *, reason: str = "") -> Instance:
    """Let it move again; what came due meanwhile happens now. Raises NotFound, InstanceClosed, NotAllowed."""
    instance = _change_status(work, instance_id, user, "resume", "suspended", "active", now, reason)
    work.database.job_added(work)
    return instance


def terminate_instance(
    work: Work, instance_id: UUID, user: User | None, now: datetime, *, reason: str = ""
) -> Instance:
    """Cancel everything that is open in it; terminating it again changes nothing. Raises NotFound, NotAllowed."""
    if user is not None:
        require(user, "terminate")
    live = take(work, instance_id)
    instance = live.instance
    if instance.status not in OPEN:
        return instance
    before = instance.status
    with holding(work, live, now):
        instance.status, instance.ended_at = "terminated", now
        live.case.terminate(moment(work, now))
    for incident in work.incidents.open_of_instance(instance_id):
        settle(incident, instance, "cancelled", now)
    for listener in work.database.listeners:
        listener.instance_ended(work, instance, live.case.variables(), now)
    work.completions.forget(instance_id)
    write_record(
        work,
        instance,
        user,
        "terminate",
        "instance",
        instance_id,
        before={"status": before},
        after={"status": "terminated"},
        text=reason,
        now=now,
    )
    return instance


def instance_variables(work: Work, instance_id: UUID) -> Mapping[str, Any]:
    """The variables of the case as it stands. Raises NotFound."""
    with borrowed(work, work.instances.get(instance_id)) as case:
        return case.variables()


def task_variables(work: Work, task_id: UUID) -> Mapping[str, Any]:
    """The variables a user task sees. Raises NotFound."""
    task = work.user_tasks.get(task_id)
    with borrowed(work, work.instances.get(task.instance_id)) as case:
        return case.variables(task.id)


def _process(definition: Definition, process_id: str | None) -> str:
    executable = [process["id"] for process in definition.processes if process["executable"]]
    if process_id is None:
        return str(executable[0])
    if process_id not in executable:
        raise Invalid(
            f"Tệp {definition.key} không có quy trình {process_id} chạy được",
            f"{definition.key} has no executable process {process_id}; it has {', '.join(executable)}",
        )
    return process_id


def _change_status(
    work: Work, instance_id: UUID, user: User | None, verb: str, before: str, after: str, now: datetime, reason: str
) -> Instance:
    if user is not None:
        require(user, verb)
    instance = hold_instance(work, instance_id)
    if instance.status not in OPEN:
        raise InstanceClosed("Công việc đã kết thúc", "the instance has ended")
    if instance.status == after:
        return instance
    assert instance.status == before
    instance.status = after
    revise(work, instance)
    write_record(
        work,
        instance,
        user,
        verb,
        "instance",
        instance_id,
        before={"status": before},
        after={"status": after},
        text=reason,
        now=now,
    )
    return instance
