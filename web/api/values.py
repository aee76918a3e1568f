"""Rows as the API shows them: plain values under the names of `api.md`, people by login, units by id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from storage.tables import Definition, Incident, Instance, Job, Record, Step, Timer, UserTask
from storage.transactions import Work
from web.language import current_language, said

Logins = Mapping[UUID, str]


def logins_of(work: Work, ids: Iterable[UUID | None]) -> Logins:
    """Logins by id; who is no account, such as a unit somebody acted for, has none."""
    return work.people.logins(each for each in ids if each is not None)


def who(logins: Logins, person_id: UUID | None) -> str | None:
    """A person's login; the id itself for a unit."""
    return None if person_id is None else logins.get(person_id, str(person_id))


def status_of(instance: Instance) -> str:
    """active, suspended, completed, terminated, or incident: active with an open incident."""
    return "incident" if instance.status == "active" and instance.open_incidents else instance.status


def instance_values(instance: Instance, definition: Definition, logins: Logins) -> dict[str, Any]:
    return {
        "id": instance.id,
        "status": status_of(instance),
        "definition": definition.key,
        "version": definition.version,
        "process": instance.process_id,
        "title": said(instance.title),
        "business_key": instance.business_key,
        "started_at": instance.started_at,
        "started_by": who(logins, instance.started_by),
        "ended_at": instance.ended_at,
        "open_incidents": instance.open_incidents,
    }


def task_values(task: UserTask, logins: Logins) -> dict[str, Any]:
    return {
        "id": task.id,
        "element_id": task.element_id,
        "name": task.name,
        "instance_id": task.instance_id,
        "state": task.state,
        "assignee": who(logins, task.assignee_id),
        "candidates": [{"unit": task.unit_id, "role": task.role}] if task.unit_id or task.role else [],
        "due_at": task.due_at,
        "follow_up_at": task.follow_up_at,
        "priority": task.priority,
        "purpose": task.purpose,
        "form": task.form_key,
        "created_at": task.created_at,
        "closed_at": task.closed_at,
        "closed_by": who(logins, task.closed_by),
        "on_behalf_of": who(logins, task.on_behalf_of),
    }


def task_people(tasks: Iterable[UserTask]) -> set[UUID | None]:
    return {each for task in tasks for each in (task.assignee_id, task.closed_by, task.on_behalf_of)}


def step_values(step: Step, logins: Logins) -> dict[str, Any]:
    return {
        "element_id": step.element_id,
        "name": step.name,
        "type": step.type,
        "state": step.state,
        "scope": step.scope,
        "started_at": step.started_at,
        "ended_at": step.ended_at,
        "by": who(logins, step.by),
        "on_behalf_of": who(logins, step.on_behalf_of),
    }


def definition_values(definition: Definition) -> dict[str, Any]:
    return {
        "key": definition.key,
        "version": definition.version,
        "name": definition.name,
        "processes": [{"id": each["id"], "executable": each["executable"]} for each in definition.processes],
        "findings": [finding_values(each) for each in definition.findings],
        "origin": definition.origin,
        "deployed_at": definition.deployed_at,
        "withdrawn_at": definition.withdrawn_at,
    }


def finding_values(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What a definition keeps of a finding, in the caller's language."""
    english = current_language() == "en"
    return {
        "severity": kept["severity"],
        "element": kept["element"],
        "line": kept["line"],
        "message": (english and kept.get("message_en")) or kept["message"],
        "remedy": (english and kept.get("remedy_en")) or kept.get("remedy") or "",
    }


def incident_values(incident: Incident, logins: Logins) -> dict[str, Any]:
    return {
        "id": incident.id,
        "instance_id": incident.instance_id,
        "element_id": incident.element_id,
        "job_id": incident.job_id,
        "kind": incident.kind,
        "message": said(incident.message),
        "created_at": incident.created_at,
        "resolved_at": incident.resolved_at,
        "resolved_by": who(logins, incident.resolved_by),
        "resolution": incident.resolution,
    }


def timer_values(timer: Timer) -> dict[str, Any]:
    return {
        "id": timer.id,
        "instance_id": timer.instance_id,
        "element_id": timer.element_id,
        "due_at": timer.due_at,
        "repeats": timer.cycle is not None,
        "created_at": timer.created_at,
    }


def job_values(job: Job) -> dict[str, Any]:
    return {
        "id": job.id,
        "instance_id": job.instance_id,
        "element_id": job.element_id,
        "topic": job.topic,
        "state": job.state,
        "attempt": job.attempt,
        "retries": job.retries,
        "due_at": job.due_at,
        "error": said(job.error) if job.error else None,
        "created_at": job.created_at,
        "ended_at": job.ended_at,
    }


def record_values(record: Record, logins: Logins, texts: Mapping[UUID, str]) -> dict[str, Any]:
    return {
        "id": record.id,
        "instance_id": record.instance_id,
        "position": record.position,
        "at": record.at,
        "by": who(logins, record.person_id),
        "on_behalf_of": who(logins, record.on_behalf_of),
        "verb": record.verb,
        "noun": record.noun,
        "noun_id": record.noun_id,
        "before": record.before,
        "after": record.after,
        "text": texts.get(record.id, ""),
        "hash": record.hash,
        "previous_hash": record.previous_hash,
    }
