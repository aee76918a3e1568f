"""Definitions: deployed as new versions, withdrawn, and what starts a case of them without a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from bpmn.definitions import Definition as Drawn
from bpmn.definitions import read_definition
from bpmn.spiff.model import StartEvent
from domain.errors import NotFound
from engine.models import drawn, model_of
from engine.start_timers import arm_start_timer
from engine.surroundings import surroundings
from storage.tables import Decision, Definition, Form, Subscription
from storage.transactions import Work

__all__ = ["add_form", "deploy", "drawn", "model_of", "withdraw"]


def deploy(
    work: Work,
    xml: bytes,
    *,
    key: str | None = None,
    forms: Iterable[tuple[str, Mapping[str, Any]]] = (),
    decisions: Iterable[tuple[str, bytes]] = (),
    by: UUID | None = None,
    origin: str = "office",
    now: datetime,
) -> Definition:
    """Add a version of the definition, with forms (key, form-js schema) and decision tables (id, DMN) beside it.

    Its start events and start timers take the place of the older versions'. Raises DefinitionInvalid.
    """
    for form_key, schema in forms:
        add_form(work, form_key, schema, now)
    for decision_id, dmn in decisions:
        version = (work.decisions.newest_version(decision_id) or 0) + 1
        work.decisions.add(Decision(key=decision_id, version=version, xml=dmn, deployed_at=now))
    work.flush()
    read = read_definition(xml, key, surroundings(work))
    definition = work.definitions.add(_row(work, read, by, origin, now))
    work.flush()
    _replace_start_events(work, definition, now)
    return definition


def withdraw(work: Work, key: str, now: datetime) -> None:
    """No new cases of any version; its start events and start timers end. Raises NotFound."""
    versions = work.definitions.versions(key)
    if not versions:
        raise NotFound(f"Không có quy trình {key}", f"no definition {key}")
    for version in versions:
        if version.withdrawn_at is None:
            version.withdrawn_at = now
    work.subscriptions.remove_start_events(key)
    work.timers.end_start_timers(key, now)


def _row(work: Work, read: Drawn, by: UUID | None, origin: str, now: datetime) -> Definition:
    return Definition(
        id=uuid4(),
        key=read.key,
        version=work.definitions.next_version(read.key),
        name=read.name,
        xml=read.xml,
        processes=[{"id": one.id, "name": one.name, "executable": one.is_executable} for one in read.processes],
        findings=[
            {
                "severity": finding.severity,
                "element": finding.element,
                "line": finding.line,
                "message": finding.message,
                "remedy": finding.remedy,
                "message_en": finding.message_en,
                "remedy_en": finding.remedy_en,
            }
            for finding in read.findings
        ],
        origin=origin,
        deployed_at=now,
        deployed_by=by,
    )


def add_form(work: Work, key: str, schema: Mapping[str, Any], now: datetime) -> Form:
    """A new version of the form, or the newest one when it is the same."""
    newest = work.forms.newest(key)
    if newest is not None and newest.schema == schema:
        return newest
    version = 1 if newest is None else newest.version + 1
    name = str(schema.get("name") or schema.get("title") or key)
    return work.forms.add(Form(id=uuid4(), key=key, version=version, name=name, schema=dict(schema), deployed_at=now))


def _replace_start_events(work: Work, definition: Definition, now: datetime) -> None:
    work.subscriptions.remove_start_events(definition.key)
    work.timers.end_start_timers(definition.key, now)
    model = model_of(work, definition.id)
    for process in definition.processes:
        if process["executable"]:
            for event in model.start_events(process["id"]):
                _wait_for(work, definition, event, now)


def _wait_for(work: Work, definition: Definition, event: StartEvent, now: datetime) -> None:
    if event.kind in ("message", "signal") and event.name:
        work.subscriptions.add(
            Subscription(
                definition_id=definition.id,
                element_id=event.element_id,
                kind=event.kind,
                name=event.name,
                created_at=now,
            )
        )
    elif event.kind == "timer" and event.expression:
        arm_start_timer(work, definition, event.element_id, event.expression, now)
