"""Timers that still run."""

from __future__ import annotations

from typing import Any

from flask import Response

from storage.transactions import reading
from web.api.answers import IdPageQuery, page
from web.api.blueprint import Blueprint
from web.api.schemas import TimerShape, list_of
from web.api.values import timer_values
from web.system import current_system

pages = Blueprint("timers")


@pages.call("GET", "", query=IdPageQuery, gives=list_of(TimerShape))
def index(query: dict[str, Any]) -> Response:
    """The next first."""
    with reading(current_system().database) as work:
        rows = work.timers.page(after=query.get("after"), limit=query["limit"] + 1)
    return page(rows, query["limit"], timer_values, lambda row: row.id)
