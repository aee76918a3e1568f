"""Where the cases of a definition stand: how many at each step and since when, as a drawing and in words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.calendars import local_date
from engine.models import drawn
from storage.tables import Definition
from storage.transactions import Work
from storage.watching import standings
from web.session import current_calendar, today

SHOWN_TYPES = frozenset(
    {
        "userTask",
        "manualTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "businessRuleTask",
        "scriptTask",
        "callActivity",
        "intermediateCatchEvent",
        "eventBasedGateway",
    }
)


@dataclass(frozen=True, slots=True)
class StandingRow:
    """Cases at one step; `heat` from 1 to 4 is its share of the fullest, `days` the working days of the longest."""

    name: str
    cases: int
    days: int
    heat: int


@dataclass(frozen=True, slots=True)
class Flow:
    """One version with its open cases; for the drawing `active` are element ids, the fullest first, and `counts` is
    JSON {element id: cases}."""

    definition: Definition
    cases: int
    rows: tuple[StandingRow, ...]
    active: str
    counts: str


def flow_of(work: Work, versions: Sequence[tuple[Definition, int]], wanted: UUID | None) -> Flow | None:
    """The version asked for, else the one with the most cases; None when no case is open."""
    chosen = next((pair for pair in versions if pair[0].id == wanted), versions[0] if versions else None)
    if chosen is None:
        return None
    definition, cases = chosen
    elements = drawn(work, definition.id).elements
    found = [
        (elements[each.element_id], each)
        for each in standings(work, definition.id)
        if each.element_id in elements and elements[each.element_id].type in SHOWN_TYPES
    ]
    most = max((each.cases for _element, each in found), default=1)
    calendar, day = current_calendar(), today()
    rows = tuple(
        StandingRow(
            element.name or element.id,
            each.cases,
            calendar.working_days_between(local_date(each.since), day),
            max(1, 4 * each.cases // most),
        )
        for element, each in found
    )
    active = ",".join(each.element_id for _element, each in found)
    return Flow(definition, cases, rows, active, json.dumps({each.element_id: each.cases for _element, each in found}))
