"""Incidents: read, retried, put on record as settled."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import marshmallow as ma
from flask import Response

from engine.incidents import resolve_incident, retry_incident
from storage.tables import Incident
from storage.transactions import Work, reading
from web.api.answers import IdPageQuery, answer, commanded, page
from web.api.blueprint import Blueprint
from web.api.bodies import Body, Reason
from web.api.schemas import IncidentShape, list_of
from web.api.values import incident_values, logins_of
from web.session import current_now, current_user
from web.system import current_system

pages = Blueprint("incidents")


class IncidentsQuery(IdPageQuery):
    all = ma.fields.Boolean(load_default=False, metadata={"description": "settled ones too"})


@pages.call("GET", "", query=IncidentsQuery, gives=list_of(IncidentShape))
def index(query: dict[str, Any]) -> Response:
    """Open incidents, the newest first."""
    with reading(current_system().database) as work:
        rows = work.incidents.page(only_open=not query["all"], after=query.get("after"), limit=query["limit"] + 1)
        logins = logins_of(work, {row.resolved_by for row in rows})
    return page(rows, query["limit"], lambda row: incident_values(row, logins), lambda row: row.id)


@pages.call("GET", "/<uuid:incident_id>", gives=IncidentShape)
def show(incident_id: UUID) -> Response:
    """One incident."""
    with reading(current_system().database) as work:
        return answer(_values(work, work.incidents.get(incident_id)))


@pages.call("POST", "/<uuid:incident_id>/retry", body=Body, gives=IncidentShape)
def retry(_body: dict[str, Any], incident_id: UUID) -> Response:
    """Run what failed again; should it fail again, that is a new incident."""
    user, now = current_user(), current_now()
    return commanded(lambda work: _values(work, retry_incident(work, incident_id, user, now)))


@pages.call("POST", "/<uuid:incident_id>/resolve", body=Reason, gives=IncidentShape)
def resolve(body: dict[str, Any], incident_id: UUID) -> Response:
    """Settle it without another try."""
    user, now, reason = current_user(), current_now(), body.get("reason", "")
    return commanded(lambda work: _values(work, resolve_incident(work, incident_id, user, now, reason=reason)))


def _values(work: Work, incident: Incident) -> dict[str, Any]:
    return incident_values(incident, logins_of(work, {incident.resolved_by}))
