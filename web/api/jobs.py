"""Work for workers."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import validate

from storage.transactions import reading
from web.api.answers import IdPageQuery, page
from web.api.blueprint import Blueprint
from web.api.bodies import Text
from web.api.schemas import JobShape, list_of
from web.api.values import job_values
from web.system import current_system

pages = Blueprint("jobs")
STATES = ("ready", "running", "done", "failed", "cancelled")


class JobsQuery(IdPageQuery):
    state = Text(validate=validate.OneOf(STATES))


@pages.call("GET", "", query=JobsQuery, gives=list_of(JobShape))
def index(query: dict[str, Any]) -> Response:
    """The newest first."""
    with reading(current_system().database) as work:
        rows = work.jobs.page(state=query.get("state"), after=query.get("after"), limit=query["limit"] + 1)
    return page(rows, query["limit"], job_values, lambda row: row.id)
