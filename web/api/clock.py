"""The virtual clock, moved by administrators where there is one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import marshmallow as ma
from flask import Response, abort
from marshmallow import validate

from web.api.answers import once
from web.api.blueprint import Blueprint
from web.api.bodies import Body
from web.api.schemas import ClockShape
from web.system import current_system

pages = Blueprint("clock")
FARTHEST_SECONDS = 10 * 366 * 86_400  # ten years at once


class Advance(Body):
    advance_seconds = ma.fields.Float(required=True, validate=validate.Range(0, FARTHEST_SECONDS))


@pages.call("POST", "", body=Advance, gives=ClockShape)
def advance(body: dict[str, Any]) -> Response:
    """Move the clock on; everything due has fired, in order, when this answers. 404 under the wall clock."""
    system = current_system()
    if system.settings.clock != "virtual":
        abort(404)

    def deed() -> dict[str, Any]:
        done = system.advance(timedelta(seconds=body["advance_seconds"]))
        return {"now": system.now(), "done": done}

    return once(deed)
