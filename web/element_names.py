"""The names designers gave to the steps that rows of the watching pages are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from engine.models import drawn
from storage.desk import PlanRow
from storage.tables import Incident, Job, Timer
from storage.transactions import Work

AtElement = Timer | Job | Incident
"""In a case, at an element of its drawing."""


def element_names(work: Work, rows: Iterable[AtElement], cases: Mapping[UUID, PlanRow]) -> dict[UUID, str]:
    """By the row's id: the element's name, or its id where the drawing has none."""
    return {row.id: _name(work, row, cases) for row in rows if row.element_id}


def _name(work: Work, row: AtElement, cases: Mapping[UUID, PlanRow]) -> str:
    case = cases.get(row.instance_id) if row.instance_id else None
    element = None if case is None else drawn(work, case.definition_id).elements.get(row.element_id or "")
    return (element.name if element is not None else None) or row.element_id or ""
