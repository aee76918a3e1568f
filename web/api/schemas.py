"""The shapes of answers, for openapi.json; `values.py` makes them."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from marshmallow import fields, validate


def instant(**more: Any) -> fields.DateTime:
    return fields.DateTime(**more)


def maybe(kind: type[fields.Field[Any]], **more: Any) -> fields.Field[Any]:
    """A field that may be null."""
    return kind(allow_none=True, **more)


class Process(ma.Schema):
    id = fields.String(required=True)
    executable = fields.Boolean(required=True)


class FindingShape(ma.Schema):
    class Meta:
        title = "Finding"

    severity = fields.String(required=True, validate=validate.OneOf(("error", "repaired", "advice")))
    element = maybe(fields.String, required=True)
    line = maybe(fields.Integer, required=True)
    message = fields.String(required=True)
    remedy = fields.String(required=True)


class Problem(ma.Schema):
    """RFC 9457."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True, metadata={"description": "a sentence in the caller's language"})
    fields_ = fields.Dict(
        keys=fields.String(), values=fields.String(), data_key="fields", metadata={"description": "a sentence a field"}
    )
    findings = fields.List(fields.Nested(FindingShape), metadata={"description": "of a drawing that was refused"})
    line = fields.Integer(metadata={"description": "of an expression that was refused"})
    reference = fields.String(metadata={"description": "to be told to an administrator, of a fault of ours (500)"})


class DefinitionShape(ma.Schema):
    key = fields.String(required=True)
    version = fields.Integer(required=True)
    name = fields.String(required=True)
    processes = fields.List(fields.Nested(Process), required=True)
    findings = fields.List(fields.Nested(FindingShape), required=True)
    origin = fields.String(required=True)
    deployed_at = instant(required=True)
    withdrawn_at = maybe(fields.DateTime, required=True)


class InstanceShape(ma.Schema):
    id = fields.UUID(required=True)
    status = fields.String(
        required=True,
        validate=validate.OneOf(("active", "suspended", "completed", "terminated", "incident")),
    )
    definition = fields.String(required=True)
    version = fields.Integer(required=True)
    process = fields.String(required=True)
    title = fields.String(required=True)
    business_key = maybe(fields.String, required=True)
    started_at = instant(required=True)
    started_by = maybe(fields.String, required=True)
    ended_at = maybe(fields.DateTime, required=True)
    open_incidents = fields.Integer(required=True)


class MigratedShape(InstanceShape):
    fits = fields.Boolean(required=True)
    message = fields.String(required=True)


class VariablesShape(ma.Schema):
    variables = fields.Dict(keys=fields.String(), required=True)


class StepShape(ma.Schema):
    element_id = fields.String(required=True)
    name = maybe(fields.String, required=True)
    type = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(("completed", "cancelled")))
    scope = maybe(fields.String, required=True)
    started_at = instant(required=True)
    ended_at = maybe(fields.DateTime, required=True)
    by = maybe(fields.String, required=True)
    on_behalf_of = maybe(fields.String, required=True)


class WaitShape(ma.Schema):
    kind = fields.String(required=True)
    element_id = fields.String(required=True)
    since = instant(required=True)
    due_at = maybe(fields.DateTime, required=True)
    who = maybe(fields.String, required=True)
    remedies = fields.List(fields.String(), required=True)


class ExplanationShape(ma.Schema):
    sentence = fields.String(required=True)
    waiting_for = fields.List(fields.Nested(WaitShape), required=True)


class CandidateShape(ma.Schema):
    unit = maybe(fields.UUID, required=True)
    role = maybe(fields.String, required=True)


class TaskShape(ma.Schema):
    id = fields.UUID(required=True)
    element_id = fields.String(required=True)
    name = fields.String(required=True)
    instance_id = fields.UUID(required=True)
    state = fields.String(required=True, validate=validate.OneOf(("created", "claimed", "completed", "cancelled")))
    assignee = maybe(fields.String, required=True)
    candidates = fields.List(fields.Nested(CandidateShape), required=True)
    due_at = maybe(fields.DateTime, required=True)
    follow_up_at = maybe(fields.DateTime, required=True)
    priority = fields.Integer(required=True)
    purpose = maybe(fields.String, required=True)
    form = fields.Raw(required=True, metadata={"description": "the form's key; its schema where one task is asked for"})
    created_at = instant(required=True)
    closed_at = maybe(fields.DateTime, required=True)
    closed_by = maybe(fields.String, required=True)
    on_behalf_of = maybe(fields.String, required=True)


class WholeTaskShape(TaskShape):
    variables = fields.Dict(keys=fields.String(), required=True)
    plan = maybe(fields.Dict, required=True, metadata={"description": "the plan's row the case carries out"})


class ReceivedShape(ma.Schema):
    received = fields.Integer(required=True)


class IncidentShape(ma.Schema):
    id = fields.UUID(required=True)
    instance_id = maybe(fields.UUID, required=True)
    element_id = maybe(fields.String, required=True)
    job_id = maybe(fields.UUID, required=True)
    kind = fields.String(required=True)
    message = fields.String(required=True)
    created_at = instant(required=True)
    resolved_at = maybe(fields.DateTime, required=True)
    resolved_by = maybe(fields.String, required=True)
    resolution = maybe(fields.String, required=True)


class TimerShape(ma.Schema):
    id = fields.UUID(required=True)
    instance_id = maybe(fields.UUID, required=True)
    element_id = fields.String(required=True)
    due_at = instant(required=True)
    repeats = fields.Boolean(required=True)
    created_at = instant(required=True)


class JobShape(ma.Schema):
    id = fields.UUID(required=True)
    instance_id = maybe(fields.UUID, required=True)
    element_id = maybe(fields.String, required=True)
    topic = fields.String(required=True)
    state = fields.String(required=True)
    attempt = fields.Integer(required=True)
    retries = fields.Integer(required=True)
    due_at = maybe(fields.DateTime, required=True)
    error = maybe(fields.String, required=True)
    created_at = instant(required=True)
    ended_at = maybe(fields.DateTime, required=True)


class UnitShape(ma.Schema):
    id = fields.UUID(required=True)
    code = fields.String(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    short_name = fields.String(required=True)
    parent = maybe(fields.UUID, required=True)
    has_accounts = fields.Boolean(required=True)


class PostShape(ma.Schema):
    unit = fields.UUID(required=True)
    role = fields.String(required=True)
    title = maybe(fields.String, required=True)


class PersonShape(ma.Schema):
    id = fields.UUID(required=True)
    login = fields.String(required=True)
    name = fields.String(required=True)
    active = fields.Boolean(required=True)
    posts = fields.List(fields.Nested(PostShape), required=True)


class RecordShape(ma.Schema):
    id = fields.UUID(required=True)
    instance_id = maybe(fields.UUID, required=True)
    position = fields.Integer(required=True)
    at = instant(required=True)
    by = maybe(fields.String, required=True)
    on_behalf_of = maybe(fields.String, required=True)
    verb = fields.String(required=True)
    noun = fields.String(required=True)
    noun_id = fields.String(required=True)
    before = maybe(fields.Dict, required=True)
    after = maybe(fields.Dict, required=True)
    text = fields.String(required=True)
    hash = fields.String(required=True)
    previous_hash = fields.String(required=True)


class PlanShape(ma.Schema):
    id = fields.UUID(required=True)
    title = fields.String(required=True)
    issuer = fields.String(required=True)
    number = maybe(fields.String, required=True)
    issued_on = maybe(fields.Date, required=True)
    year = fields.Integer(required=True)
    state = fields.String(required=True)
    created_at = instant(required=True)
    started_at = maybe(fields.DateTime, required=True)
    closed_at = maybe(fields.DateTime, required=True)


class ActivityShape(ma.Schema):
    id = fields.UUID(required=True)
    number = maybe(fields.String, required=True)
    section = maybe(fields.String, required=True)
    task = fields.String(required=True)
    products = fields.List(fields.String(), required=True)
    lead = fields.List(fields.String(), required=True)
    lead_unit = maybe(fields.UUID, required=True)
    coordinating = fields.List(fields.String(), required=True)
    timing_raw = fields.String(required=True)
    due_date = maybe(fields.Date, required=True)
    definition = fields.String(required=True)
    state = fields.String(required=True)
    doubts = fields.List(fields.Dict(), required=True)


class BatchShape(ma.Schema):
    id = fields.UUID(required=True)
    state = fields.String(required=True)
    total = fields.Integer(required=True)
    done = fields.Integer(required=True)
    failed = fields.Integer(required=True)


class StartedShape(PlanShape):
    batch = fields.Nested(BatchShape, required=True)


class WholePlanShape(PlanShape):
    activities = fields.List(fields.Nested(ActivityShape), required=True)
    not_ready = fields.List(fields.String(), required=True, metadata={"description": "why it cannot start yet"})
    batches = fields.List(fields.Nested(BatchShape), required=True)


class ClockShape(ma.Schema):
    now = instant(required=True)
    done = fields.Integer(required=True)


def list_of(shape: type[ma.Schema]) -> type[ma.Schema]:
    """{"items": [shape], "next": cursor or null}."""
    name = f"{shape.__name__.removesuffix('Shape')}List"
    made: type[ma.Schema] = ma.Schema.from_dict(
        {"items": fields.List(fields.Nested(shape), required=True), "next": maybe(fields.String, required=True)},
        name=name,
    )
    return made
