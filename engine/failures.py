"""Broken runs as rows: an incident is opened where a token failed, and settled when the token goes on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from engine.running import Live
from engine.spiff.case import Failure, StepChange
from storage.tables import Incident, Instance
from storage.transactions import Work


def open_incidents(work: Work, live: Live, failures: Sequence[Failure], now: datetime) -> None:
    """One incident a failed token, for a person to read, mend and retry."""
    for failure in failures:
        add_incident(
            work,
            live.instance,
            Incident(
                instance_id=live.instance.id,
                token_id=failure.token_id,
                element_id=failure.element_id,
                kind=failure.kind,
                message=failure.message,
                detail=failure.detail,
                created_at=now,
            ),
        )


def add_incident(work: Work, instance: Instance | None, incident: Incident) -> Incident:
    """Add it and count it on its instance."""
    if instance is not None:
        instance.open_incidents += 1
    return work.incidents.add(incident)


def settle_incidents(
    work: Work, live: Live, steps: Iterable[StepChange], given_up: Iterable[UUID], now: datetime
) -> None:
    """Incidents of tokens that completed are past; those of cancelled ones are cancelled."""
    if not live.instance.open_incidents:
        return
    ended = dict.fromkeys(given_up, "cancelled")
    ended |= {step.token_id: step.state for step in steps if step.state != "started"}
    if not ended:
        return
    for incident in work.incidents.open_of_tokens(live.instance.id, ended.keys()):
        assert incident.token_id is not None
        how = "cancelled" if ended[incident.token_id] == "cancelled" else "retried"
        settle(incident, live.instance, how, now)


def settle(incident: Incident, instance: Instance | None, resolution: str, now: datetime) -> None:
    """Nothing is left to be done about it."""
    if incident.resolved_at is not None:
        return
    incident.resolved_at, incident.resolution = now, resolution
    if instance is not None:
        instance.open_incidents -= 1
