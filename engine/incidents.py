"""What a person does about a broken run: retry it once the cause is mended, or put it on record as settled."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.people import User
from domain.rights import require
from engine.cases import taken_out
from engine.failures import settle
from engine.jobs import drop_shared, rearm_job
from engine.models import current_bindings
from engine.moments import moment
from engine.records import write_record
from engine.running import hold_instance, running
from storage.tables import Incident, Instance
from storage.transactions import Work


def retry_incident(work: Work, incident_id: UUID, user: User | None, now: datetime) -> Incident:
    """Run what failed again; should it fail again, that is a new incident. A settled one is left as it is.

    Raises NotFound, NotAllowed, InstanceClosed, InstanceSuspended.
    """
    incident = _for(work, incident_id, user, "retry")
    if incident.resolved_at is not None:
        return incident
    instance = None if incident.instance_id is None else hold_instance(work, incident.instance_id)
    _close(work, incident, instance, user, "retried", now)
    if incident.job_id is not None:
        rearm_job(work, incident.job_id)
    elif instance is not None and incident.token_id is not None:
        bind_what_was_missing(work, instance)
        with taken_out(work, instance.id, now) as case:
            case.retry(incident.token_id, moment(work, now))
    return incident


def resolve_incident(work: Work, incident_id: UUID, user: User | None, now: datetime, *, reason: str = "") -> Incident:
    """Settle it without another try. Raises NotFound, NotAllowed."""
    incident = _for(work, incident_id, user, "resolve")
    if incident.resolved_at is None:
        instance = None if incident.instance_id is None else hold_instance(work, incident.instance_id)
        _close(work, incident, instance, user, "resolved", now, reason)
        if instance is None and incident.job_id is not None:
            drop_shared(work, incident.job_id, now)
    return incident


def bind_what_was_missing(work: Work, instance: Instance) -> None:
    """Let the case find called processes and decision tables deployed since it started; what it had, it keeps."""
    current = current_bindings(work, instance.definition_id)
    wanted = {kind: {**found, **instance.bindings.get(kind, {})} for kind, found in current.items()}
    if wanted != instance.bindings and instance.id not in running(work).cases:
        instance.bindings = wanted
        work.database.cases.drop(instance.id)


def _for(work: Work, incident_id: UUID, user: User | None, verb: str) -> Incident:
    if user is not None:
        require(user, verb)
    return work.incidents.locked(incident_id)


def _close(
    work: Work,
    incident: Incident,
    instance: Instance | None,
    user: User | None,
    resolution: str,
    now: datetime,
    reason: str = "",
) -> None:
    settle(incident, instance, resolution, now)
    incident.resolved_by = None if user is None else user.person_id
    write_record(
        work,
        instance,
        user,
        "retry" if resolution == "retried" else "resolve",
        "incident",
        incident.id,
        before={"message": incident.message},
        text=reason,
        now=now,
    )
