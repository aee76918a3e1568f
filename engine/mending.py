"""What a person changes in a case's variables so that a failed step can go on."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from domain.errors import Conflict
from domain.people import User
from domain.rights import require
from engine.cases import taken_out
from engine.incidents import retry_incident
from engine.instances import instance_variables
from engine.live import borrowed
from engine.moments import moment
from engine.records import write_record
from storage.tables import Incident
from storage.transactions import Work


def incident_variables(work: Work, incident: Incident) -> dict[str, Any]:
    """What the failed step sees; the case's variables when the step is gone, nothing outside any case."""
    if incident.instance_id is None:
        return {}
    if incident.token_id is not None and incident.resolved_at is None:
        with borrowed(work, work.instances.get(incident.instance_id)) as case:
            return dict(case.variables(incident.token_id))
    return dict(instance_variables(work, incident.instance_id))


def mend_and_retry(
    work: Work, incident_id: UUID, name: str, value: Any, user: User, now: datetime, *, reason: str = ""
) -> Incident:
    """Set one variable of the failed step, on record with what it was, and run the step again.

    Raises NotFound, NotAllowed, Conflict when it is settled or stands in no case, InstanceClosed, InstanceSuspended.
    """
    require(user, "retry")
    incident = work.incidents.get(incident_id)
    if incident.resolved_at is not None or incident.instance_id is None or incident.token_id is None:
        raise Conflict("Điểm kẹt này không còn biến nào để sửa", "there is no variable to mend here")
    before = incident_variables(work, incident)
    with taken_out(work, incident.instance_id, now) as case:
        case.set_variables(incident.token_id, {name: value}, moment(work, now))
    write_record(
        work,
        work.instances.get(incident.instance_id),
        user,
        "set_variable",
        "incident",
        incident.id,
        before={"name": name, "value": before.get(name)},
        after={"name": name, "value": value},
        text=reason,
        now=now,
    )
    return retry_incident(work, incident_id, user, now)
