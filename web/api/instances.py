"""Instances: started, looked into, suspended, resumed, terminated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import marshmallow as ma
from flask import Response
from marshmallow import validate

from domain.errors import Invalid
from domain.people import User
from domain.rights import may
from engine.explain import explain_instance, waiting_for_as_values
from engine.history import history
from engine.instances import (
    instance_variables,
    resume_instance,
    start_instance,
    suspend_instance,
    terminate_instance,
)
from engine.migration import migrate_instance, try_migration
from engine.moving import move_token
from storage.case_lists import cases_page
from storage.tables import Definition, Instance
from storage.transactions import Work, reading
from web.api.answers import IdPageQuery, answer, commanded, page
from web.api.blueprint import Blueprint
from web.api.bodies import Body, Reason, Text, Variables
from web.api.schemas import ExplanationShape, InstanceShape, MigratedShape, StepShape, VariablesShape, list_of
from web.api.values import instance_values, logins_of, step_values
from web.case_page import place_words
from web.language import current_language
from web.session import current_now, current_user
from web.system import current_system

pages = Blueprint("instances")
STATUSES = ("active", "suspended", "completed", "terminated", "incident")


class Start(Body):
    definition = Text(required=True)
    version = ma.fields.Integer(strict=True, allow_none=True, validate=validate.Range(1, 1_000_000))
    process = Text(allow_none=True)
    business_key = Text(allow_none=True)
    title = Text(allow_none=True)
    variables = Variables(allow_none=True)


class Migration(Body):
    version = ma.fields.Integer(strict=True, required=True, validate=validate.Range(1, 1_000_000))
    elements = ma.fields.Dict(
        keys=Text(), values=Text(), allow_none=True, metadata={"description": "elements with another id: {old: new}"}
    )
    dry_run = ma.fields.Boolean(allow_none=True)
    reason = Text(allow_none=True)


class Move(Body):
    from_element = Text(required=True)
    to_element = Text(required=True)
    reason = Text(allow_none=True)


class InstancesQuery(IdPageQuery):
    definition = Text()
    status = Text(validate=validate.OneOf(STATUSES))
    business_key = Text()


@pages.call("POST", "", body=Start, gives=InstanceShape, status=201)
def create(body: dict[str, Any]) -> Response:
    """Start a case of the newest (or that) version; it has run to its first waits when this answers."""
    user, now = current_user(), current_now()

    def command(work: Work) -> dict[str, Any]:
        made = start_instance(
            work,
            body["definition"],
            body.get("variables", {}),
            version=body.get("version"),
            process_id=body.get("process"),
            business_key=body.get("business_key"),
            title=body.get("title", ""),
            user=user,
            now=now,
        )
        return _values(work, made)

    return commanded(command, 201)


@pages.call("GET", "", query=InstancesQuery, gives=list_of(InstanceShape))
def index(query: dict[str, Any]) -> Response:
    """The cases the caller may see, the newest first."""
    user = current_user()
    with reading(current_system().database) as work:
        rows = cases_page(
            work,
            definition_key=query.get("definition"),
            status=query.get("status"),
            business_key=query.get("business_key"),
            taking_part=_part_of(user),
            after=query.get("after"),
            limit=query["limit"] + 1,
        )
        logins = logins_of(work, {instance.started_by for instance, _ in rows})
    return page(rows, query["limit"], lambda row: instance_values(*row, logins), lambda row: row[0].id)


@pages.call("GET", "/<uuid:instance_id>", gives=InstanceShape)
def show(instance_id: UUID) -> Response:
    """One case."""
    with reading(current_system().database) as work:
        return answer(_values(work, work.instances.get(instance_id)))


@pages.call("GET", "/<uuid:instance_id>/variables", gives=VariablesShape)
def variables(instance_id: UUID) -> Response:
    """The variables of the case as it stands."""
    with reading(current_system().database) as work:
        return answer({"variables": dict(instance_variables(work, instance_id))})


@pages.call("GET", "/<uuid:instance_id>/history", query=IdPageQuery, gives=list_of(StepShape))
def steps(query: dict[str, Any], instance_id: UUID) -> Response:
    """One item per finished run of a node, in the order they ended."""
    with reading(current_system().database) as work:
        rows = history(work, instance_id, after=query.get("after"), limit=query["limit"] + 1)
        logins = logins_of(work, {each for row in rows for each in (row.by, row.on_behalf_of)})
    return page(rows, query["limit"], lambda row: step_values(row, logins), lambda row: row.id)


@pages.call("GET", "/<uuid:instance_id>/explanation", gives=ExplanationShape)
def explanation(instance_id: UUID) -> Response:
    """What the case waits for, since when, on whom, and what would move it."""
    language = current_language()
    with reading(current_system().database) as work:
        said = explain_instance(work, instance_id, place_words, current_now())
    sentence = said.sentence.english if language == "en" else said.sentence.vietnamese
    return answer({"sentence": sentence, "waiting_for": waiting_for_as_values(said.waiting_for, language)})


@pages.call("POST", "/<uuid:instance_id>/suspend", body=Reason, gives=InstanceShape)
def suspend(body: dict[str, Any], instance_id: UUID) -> Response:
    """Nothing in it moves until it is resumed."""
    return _change(suspend_instance, instance_id, body)


@pages.call("POST", "/<uuid:instance_id>/resume", body=Reason, gives=InstanceShape)
def resume(body: dict[str, Any], instance_id: UUID) -> Response:
    """Let it move again."""
    return _change(resume_instance, instance_id, body)


@pages.call("POST", "/<uuid:instance_id>/terminate", body=Reason, gives=InstanceShape)
def terminate(body: dict[str, Any], instance_id: UUID) -> Response:
    """Cancel everything that is open in it; again changes nothing."""
    return _change(terminate_instance, instance_id, body)


@pages.call("POST", "/<uuid:instance_id>/migrate", body=Migration, gives=MigratedShape)
def migrate(body: dict[str, Any], instance_id: UUID) -> Response:
    """Let the case go on in another version; with `dry_run` only say whether it would."""
    user, now, elements = current_user(), current_now(), body.get("elements", {})

    def command(work: Work) -> dict[str, Any]:
        target = _version(work, work.instances.get(instance_id), body["version"])
        if body.get("dry_run"):
            fit = try_migration(work, instance_id, target.id, now, elements)
            return _values(work, work.instances.get(instance_id)) | {"fits": fit.fits, "message": fit.message}
        moved = migrate_instance(
            work, instance_id, target.id, user, now, elements=elements, reason=body.get("reason", "")
        )
        return _values(work, moved) | {"fits": True, "message": ""}

    return commanded(command)


@pages.call("POST", "/<uuid:instance_id>/move", body=Move, gives=InstanceShape)
def move(body: dict[str, Any], instance_id: UUID) -> Response:
    """Take the token at one element away and let it go on at another of the same scope."""
    user, now, reason = current_user(), current_now(), body.get("reason", "")
    return commanded(
        lambda work: _values(
            work, move_token(work, instance_id, body["from_element"], body["to_element"], user, now, reason=reason)
        )
    )


def _version(work: Work, instance: Instance, version: int) -> Definition:
    key = work.definitions.get(instance.definition_id).key
    found = work.definitions.version(key, version)
    if found is None:
        raise Invalid(f"Quy trình {key} không có bản {version}", f"{key} has no version {version}")
    return found


def _change(command: Callable[..., Instance], instance_id: UUID, body: dict[str, Any]) -> Response:
    user, now, reason = current_user(), current_now(), body.get("reason", "")
    return commanded(lambda work: _values(work, command(work, instance_id, user, now, reason=reason)))


def _values(work: Work, instance: Instance) -> dict[str, Any]:
    definition = work.definitions.get(instance.definition_id)
    return instance_values(instance, definition, logins_of(work, {instance.started_by}))


def _part_of(user: User) -> tuple[list[UUID], UUID] | None:
    """Whose cases `user` sees: None means everybody's."""
    if may(user, "see_all_cases"):
        return None
    return sorted(user.all_unit_ids | user.headed_units), user.person_id
