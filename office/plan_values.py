"""Between a plan's stored rows and the values of `domain.plans` they came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from domain.plans import Activity as ReadActivity
from domain.plans import DueDay, Offset, RoleNote, Timing
from domain.text import fold_words
from plans.units import role_notes
from storage.tables import Activity


def timing_from(entry: Mapping[str, Any]) -> Timing:
    """A stored timing (plan-format.md) as a value."""
    values = dict(entry)
    if values.get("before"):
        values["before"] = date.fromisoformat(values["before"])
    if values.get("due"):
        values["due"] = tuple(DueDay(**day) for day in values["due"])
    if values.get("offset"):
        values["offset"] = Offset(**values["offset"])
    return Timing(**values)


def timings_of(activity: Activity) -> tuple[Timing, ...]:
    return tuple(timing_from(entry) for entry in activity.timing)


def as_read(activity: Activity) -> ReadActivity:
    """The row as the reader would give it, for proposals."""
    return ReadActivity(
        task=activity.task,
        number=activity.number,
        section=activity.section,
        products=tuple(activity.products),
        lead_raw=activity.lead_raw,
        lead=tuple(activity.lead),
        coordinating_raw=activity.coordinating_raw,
        coordinating=tuple(activity.coordinating),
        roles=roles_of(activity),
        timing_raw=activity.timing_raw,
        timing=timings_of(activity),
    )


def roles_of(activity: Activity) -> tuple[RoleNote, ...]:
    """What the printed cells say of units besides leading and coordinating ("tổng hợp, theo dõi")."""
    lead = role_notes(activity.lead_raw, activity.lead)
    return (*lead, *role_notes(activity.coordinating_raw, activity.coordinating))


def is_report(task: str, products: Iterable[str]) -> bool:
    """Whether the row's product is a report of a period."""
    return fold_words(task).startswith("bao cao") or any(fold_words(each).startswith("bao cao") for each in products)
