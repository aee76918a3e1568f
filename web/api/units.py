"""Units as they are today."""

from __future__ import annotations

from typing import Any

from flask import Response

from office.directory import UnitEntry
from web.api.answers import PageQuery, page
from web.api.blueprint import Blueprint
from web.api.schemas import UnitShape, list_of
from web.session import current_units

pages = Blueprint("units")


@pages.call("GET", "", query=PageQuery, gives=list_of(UnitShape))
def index(query: dict[str, Any]) -> Response:
    """Units that exist today, by code."""
    after, limit = query.get("after", ""), query["limit"]
    rows = sorted((unit for unit in current_units().valid if unit.code > after), key=lambda unit: unit.code)
    return page(rows[: limit + 1], limit, unit_values, lambda unit: unit.code)


def unit_values(unit: UnitEntry) -> dict[str, Any]:
    return {
        "id": unit.id,
        "code": unit.code,
        "kind": unit.kind,
        "name": unit.name,
        "short_name": unit.short_name,
        "parent": unit.parent_id,
        "has_accounts": unit.has_accounts,
    }
