"""User tasks: listed, read with form and variables, claimed, released, assigned, delegated, completed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import marshmallow as ma
from flask import Response
from marshmallow import validate

from bpmn.forms import Form, as_it_stands
from domain.errors import FormInvalid, Invalid, NotAllowed, NotFound
from domain.people import User
from domain.rights import may
from engine.instances import task_variables
from engine.taking_back import take_back_user_task
from engine.user_tasks import (
    assign_user_task,
    claim_user_task,
    complete_user_task,
    delegate_user_task,
    release_user_task,
)
from office.involvement import relations_to_instance
from storage.desk import PlanRow, plan_rows
from storage.tables import Person, UserTask
from storage.task_lists import narrowed_to, tasks_page
from storage.transactions import Work, reading
from storage.worklists import Place, mine, worklist
from web.api.answers import IdPageQuery, answer, commanded, page
from web.api.blueprint import Blueprint
from web.api.bodies import Body, Reason, Text, Variables
from web.api.schemas import TaskShape, WholeTaskShape, list_of
from web.api.values import logins_of, task_people, task_values
from web.session import current_now, current_user
from web.system import current_system
from web.task_page import form_of, form_variables

pages = Blueprint("tasks")
OPEN = ("created", "claimed")
STATES = (*OPEN, "completed", "cancelled")
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


class TasksQuery(IdPageQuery):
    mine = ma.fields.Boolean(load_default=False)
    instance = ma.fields.UUID()
    unit = Text(metadata={"description": "a unit's id or code"})
    state = Text(validate=validate.OneOf(STATES))


class ToPerson(Body):
    person = Text(required=True, metadata={"description": "a login or a person's id"})
    reason = Text(allow_none=True)


class Completion(Body):
    variables = Variables(allow_none=True)
    text = Text(allow_none=True, metadata={"description": "a note for the record"})


@pages.call("GET", "", query=TasksQuery, gives=list_of(TaskShape))
def index(query: dict[str, Any]) -> Response:
    """Tasks: one's own work by due day with `mine`, otherwise the oldest first."""
    user = current_user()
    with reading(current_system().database) as work:
        rows = _listed(work, user, query)
        logins = logins_of(work, task_people(rows))
    return page(rows, query["limit"], lambda row: task_values(row, logins), lambda row: row.id)


@pages.call("GET", "/<uuid:task_id>", gives=WholeTaskShape)
def show(task_id: UUID) -> Response:
    """One task with its form, its variables and the plan's row it belongs to."""
    with reading(current_system().database) as work:
        task = work.user_tasks.get(task_id)
        values = task_values(task, logins_of(work, task_people([task])))
        values["form"] = _schema(work, task)
        values["variables"] = dict(task_variables(work, task_id)) if task.closed_at is None else {}
        values["plan"] = _plan(plan_rows(work, [task.instance_id])[task.instance_id])
    return answer(values)


@pages.call("POST", "/<uuid:task_id>/claim", body=Body, gives=TaskShape)
def claim(_body: dict[str, Any], task_id: UUID) -> Response:
    """Take an offered task as one's own."""
    return _act(lambda work, user, now: claim_user_task(work, task_id, user, now))


@pages.call("POST", "/<uuid:task_id>/release", body=Body, gives=TaskShape)
def release(_body: dict[str, Any], task_id: UUID) -> Response:
    """Offer the task again to everybody of its role."""
    return _act(lambda work, user, now: release_user_task(work, task_id, user, now))


@pages.call("POST", "/<uuid:task_id>/assign", body=ToPerson, gives=TaskShape)
def assign(body: dict[str, Any], task_id: UUID) -> Response:
    """Give the task to a person."""

    def deed(work: Work, user: User, now: datetime) -> UserTask:
        person = _person(work, body["person"])
        return assign_user_task(work, task_id, person.id, user, now, reason=body.get("reason", ""))

    return _act(deed)


@pages.call("POST", "/<uuid:task_id>/delegate", body=ToPerson, gives=TaskShape)
def delegate(body: dict[str, Any], task_id: UUID) -> Response:
    """Hand one's task to another person."""

    def deed(work: Work, user: User, now: datetime) -> UserTask:
        person = _person(work, body["person"])
        return delegate_user_task(work, task_id, person.id, user, now, reason=body.get("reason", ""))

    return _act(deed)


@pages.call("POST", "/<uuid:task_id>/complete", body=Completion, gives=TaskShape)
def complete(body: dict[str, Any], task_id: UUID) -> Response:
    """Finish the task; the case has gone on to its next waits when this answers. 409 when it is done already."""

    def deed(work: Work, user: User, now: datetime) -> UserTask:
        task = work.user_tasks.get(task_id)
        variables = body.get("variables", {})
        if task.closed_at is None:
            variables = _checked(work, task, variables)
        return complete_user_task(work, task_id, user, variables, now, text=body.get("text", ""))

    return _act(deed)


@pages.call("POST", "/<uuid:task_id>/take-back", body=Reason, gives=TaskShape)
def take_back(body: dict[str, Any], task_id: UUID) -> Response:
    """Open a task again that was just completed. 409 once somebody has begun what followed, with who or what."""
    return _act(lambda work, user, now: take_back_user_task(work, task_id, user, now, reason=body.get("reason") or ""))


def _act(deed: Callable[[Work, User, datetime], UserTask]) -> Response:
    user, now = current_user(), current_now()

    def command(work: Work) -> dict[str, Any]:
        task = deed(work, user, now)
        return task_values(task, logins_of(work, task_people([task])))

    return commanded(command)


def _listed(work: Work, user: User, query: dict[str, Any]) -> Sequence[UserTask]:
    """One row more than asked for, when there is one. Raises NotFound, NotAllowed for what is not the caller's."""
    instance_id, state, after, limit = query.get("instance"), query.get("state"), query.get("after"), query["limit"] + 1
    unit_id = _unit(work, user, query["unit"]) if "unit" in query else None
    if instance_id is not None and not may(user, "see_case", relations_to_instance(work, user, instance_id)):
        raise NotFound("Không tìm thấy việc này", f"no case {instance_id}")
    everything = instance_id is not None or unit_id is not None or may(user, "see_all_cases")
    if (query["mine"] or not everything) and state not in ("completed", "cancelled"):
        arms = narrowed_to(mine(user), instance_id=instance_id, unit_id=unit_id, state=state)
        last = None if after is None else work.user_tasks.get(after)
        place = None if last is None else Place(last.due_at, last.id)
        return worklist(work, arms, limit=limit, after=place)
    own = user.person_id if query["mine"] or not everything else None
    return tasks_page(
        work, instance_id=instance_id, unit_id=unit_id, state=state, done_by=own, after=after, limit=limit
    )


def _unit(work: Work, user: User, text: str) -> UUID:
    try:
        unit = work.units.find(UUID(text))
    except ValueError:
        unit = work.units.by_code(text)
    if unit is None:
        raise NotFound("Không tìm thấy đơn vị", f"no unit {text}")
    if unit.id not in user.all_unit_ids | user.headed_units and not may(user, "see_all_cases"):
        raise NotAllowed("Chỉ xem được việc của đơn vị mình", "only the work of one's own units may be seen")
    return unit.id


def _person(work: Work, text: str) -> Person:
    try:
        person = work.people.find(UUID(text))
    except ValueError:
        person = work.people.by_login(text)
    if person is None or not person.active:
        raise Invalid(f"Không có người dùng “{text}”", f"no person {text!r}")
    return person


def _schema(work: Work, task: UserTask) -> dict[str, Any] | None:
    if task.form_key is None:
        return None
    found = (
        work.forms.newest(task.form_key)
        if task.form_version is None
        else work.forms.version(task.form_key, task.form_version)
    )
    if found is None:
        return None
    schema = as_it_stands(found.schema, form_variables(work, task))
    return {"key": found.key, "version": found.version, "schema": schema}


def _plan(row: PlanRow) -> dict[str, Any] | None:
    return None if row.plan_id is None else asdict(row)


def _checked(work: Work, task: UserTask, variables: dict[str, Any]) -> dict[str, Any]:
    """The values as the task's form takes them; any values where it has no form. Raises FormInvalid."""
    form: Form | None = form_of(work, task)
    if form is None:
        return variables
    unknown = sorted(set(variables) - {field.key for field in form.fields if field.key})
    if unknown:
        raise FormInvalid(
            dict.fromkeys(unknown, "Biểu mẫu không có trường này"),
            english_fields=dict.fromkeys(unknown, "the form has no such field"),
        )
    return form.validate(variables, form_variables(work, task))
