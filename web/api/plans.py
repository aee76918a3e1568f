"""Plans: a document becomes a draft, which people review and then start."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import marshmallow as ma
from flask import Response, request
from marshmallow import validate
from werkzeug.exceptions import UnsupportedMediaType

from domain.errors import Invalid, NotFound
from office.plans import create_draft
from office.readiness import ready_to_start
from office.review import ACCEPTABLE, accept_rest, bind, keep_as_is
from office.starting import start_plan
from office.time_choices import choose_time
from plans.reader import read_plan
from storage.tables import Activity, Batch, Plan
from storage.transactions import Work, reading
from web.api.answers import IdPageQuery, answer, commanded, page
from web.api.blueprint import Blueprint
from web.api.bodies import Body, Text
from web.api.schemas import PlanShape, StartedShape, WholePlanShape, list_of
from web.language import current_language
from web.session import current_now, current_user, today
from web.system import current_system

pages = Blueprint("plans")
DOCUMENT = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {"document": {"type": "string", "format": "binary"}},
                    "required": ["document"],
                }
            }
        },
    }
}


class Acceptance(Body):
    """What is waved through; without kinds all of it."""

    kinds = ma.fields.List(Text(validate=validate.OneOf(ACCEPTABLE)), allow_none=True)


class Naming(Body):
    """What a printed name stands for: one unit or one group."""

    name = Text(required=True)
    unit = ma.fields.UUID(allow_none=True)
    group = ma.fields.UUID(allow_none=True)


class Settlement(Body):
    """A doubt waved through by its place among the row's, or a reading of the row's time."""

    doubt = ma.fields.Integer(allow_none=True)
    reading = Text(allow_none=True)


class PlansQuery(IdPageQuery):
    state = Text(validate=validate.OneOf(("draft", "starting", "active", "closed", "applied")))


@pages.call("GET", "", query=PlansQuery, gives=list_of(PlanShape))
def index(query: dict[str, Any]) -> Response:
    """Plans, the newest year first."""
    with reading(current_system().database) as work:
        rows = list(work.plans.all(state=query.get("state")))
    beyond = next((number for number, row in enumerate(rows, 1) if row.id == query.get("after")), 0)
    return page(rows[beyond : beyond + query["limit"] + 1], query["limit"], plan_values, lambda row: row.id)


@pages.call("POST", "", gives=WholePlanShape, status=201, doc=DOCUMENT)
def create() -> Response:
    """Read a plan document (.docx, .xlsx, .pdf, .txt) into a draft."""
    content, name = _document()
    read, user, now = read_plan(content, name), current_user(), current_now()
    return commanded(lambda work: _whole(work, create_draft(work, content, name, user, now, reading=read)), 201)


@pages.call("GET", "/<uuid:plan_id>", gives=WholePlanShape)
def show(plan_id: UUID) -> Response:
    """A plan with its rows, and what keeps it from starting."""
    with reading(current_system().database) as work:
        return answer(_whole(work, work.plans.get(plan_id)))


@pages.call("POST", "/<uuid:plan_id>/accept", body=Acceptance, gives=WholePlanShape)
def accept(body: dict[str, Any], plan_id: UUID) -> Response:
    """Wave through, in the caller's name, what was mended while reading and what was read beside the rows."""
    user, now, kinds = current_user(), current_now(), body.get("kinds", ACCEPTABLE)
    return commanded(lambda work: _after(work, plan_id, accept_rest(work, plan_id, user, now, kinds)))


@pages.call("POST", "/<uuid:plan_id>/names", body=Naming, gives=WholePlanShape)
def name(body: dict[str, Any], plan_id: UUID) -> Response:
    """Say once what a printed name stands for; it is remembered for every plan."""
    user, now, printed = current_user(), current_now(), body["name"]
    chosen = {"unit_id": body.get("unit"), "group_id": body.get("group")}
    return commanded(lambda work: _after(work, plan_id, bind(work, plan_id, printed, user, now, **chosen)))


@pages.call("POST", "/<uuid:plan_id>/activities/<uuid:activity_id>/settle", body=Settlement, gives=WholePlanShape)
def settle(body: dict[str, Any], plan_id: UUID, activity_id: UUID) -> Response:
    """Settle one doubt of a row in the caller's name: by its place, or by choosing a reading of its time."""
    user, now = current_user(), current_now()
    place, chosen = body.get("doubt"), body.get("reading")
    if (place is None) == (chosen is None):
        raise Invalid("Cần một trong hai: “doubt” hoặc “reading”", "either “doubt” or “reading” is needed")

    def command(work: Work) -> dict[str, Any]:
        row = work.activities.get(activity_id)
        if row.plan_id != plan_id:
            raise NotFound("Không có dòng này trong kế hoạch", "the plan has no such row")
        if chosen is not None:
            choose_time(work, row.id, chosen, row.version, user, now)
        else:
            keep_as_is(work, row.id, place if place is not None else -1, row.version, user, now)
        return _after(work, plan_id)

    return commanded(command)


@pages.call("POST", "/<uuid:plan_id>/start", body=Body, gives=StartedShape, status=202)
def start(_body: dict[str, Any], plan_id: UUID) -> Response:
    """Begin to start the plan's rows in the background; GET the plan to see how far it is."""
    user, now = current_user(), current_now()

    def command(work: Work) -> dict[str, Any]:
        batch = start_plan(work, plan_id, user, now)
        return plan_values(work.plans.get(plan_id)) | {"batch": batch_values(batch)}

    return commanded(command, 202)


def batch_values(batch: Batch) -> dict[str, Any]:
    return {
        "id": batch.id,
        "state": batch.state,
        "total": batch.total,
        "done": batch.done,
        "failed": batch.failed,
    }


def plan_values(plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.id,
        "title": plan.title,
        "issuer": plan.issuer,
        "number": plan.number,
        "issued_on": plan.issued_on,
        "year": plan.year,
        "state": plan.state,
        "created_at": plan.created_at,
        "started_at": plan.started_at,
        "closed_at": plan.closed_at,
    }


def activity_values(activity: Activity) -> dict[str, Any]:
    return {
        "id": activity.id,
        "number": activity.number,
        "section": activity.section,
        "task": activity.task,
        "products": activity.products,
        "lead": activity.lead,
        "lead_unit": activity.lead_unit_id,
        "coordinating": activity.coordinating,
        "timing_raw": activity.timing_raw,
        "due_date": activity.due_date,
        "definition": activity.definition_key,
        "state": activity.state,
        "doubts": activity.doubts,
    }


def _whole(work: Work, plan: Plan) -> dict[str, Any]:
    reasons = ready_to_start(work, plan, today()) if plan.state == "draft" else []
    english = current_language() == "en"
    rows = work.activities.of_plan(plan.id)
    return {
        **plan_values(plan),
        "activities": [activity_values(each) for each in rows],
        "not_ready": [reason.english if english else reason.text for reason in reasons],
        "batches": [batch_values(each) for each in work.batches.of_subject(plan.id)],
    }


def _after(work: Work, plan_id: UUID, _done: object = None) -> dict[str, Any]:
    """The plan as it stands after the command."""
    work.flush()
    return _whole(work, work.plans.get(plan_id))


def _document() -> tuple[bytes, str]:
    """The document sent and its name. Raises UnsupportedMediaType, Invalid."""
    if request.mimetype != "multipart/form-data":
        raise UnsupportedMediaType
    sent = request.files.get("document") or next(iter(request.files.values()), None)
    if sent is None or not sent.filename:
        raise Invalid("Thiếu phần “document” chứa tệp kế hoạch", "the part “document” with the plan is missing")
    content = sent.read()
    sent.seek(0)
    return content, sent.filename
