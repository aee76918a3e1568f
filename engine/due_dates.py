"""When a user task is due, and how that was computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bpmn.expressions.days import as_day
from domain.calendars import WorkingCalendar, local_date


@dataclass(frozen=True, slots=True)
class DueDate:
    """`explanation` is {"rule": "date" | "working_days", "date": ISO, "from": ISO, "days": n}."""

    at: datetime | None = None
    explanation: Mapping[str, Any] | None = None


def due_date(attributes: Mapping[str, Any], calendar: WorkingCalendar, now: datetime) -> DueDate:
    """From `due_date` (the end of that day's work, an instant as it is) or `due_days` working days after today."""
    wanted = attributes.get("due_date")
    if isinstance(wanted, datetime):
        return DueDate(wanted, {"rule": "date", "date": local_date(wanted).isoformat()})
    day = as_day(wanted)
    if day is not None:
        return DueDate(calendar.closes_at(day), {"rule": "date", "date": day.isoformat()})
    days = attributes.get("due_days")
    if days is None:
        return DueDate()
    today = local_date(now)
    day = calendar.due_date(today, int(days))
    explanation = {"rule": "working_days", "from": today.isoformat(), "days": int(days), "date": day.isoformat()}
    return DueDate(calendar.closes_at(day), explanation)


def follow_up_at(attributes: Mapping[str, Any], calendar: WorkingCalendar, now: datetime) -> datetime | None:
    """`follow_up_days` working days after today, at the opening of the office."""
    days = attributes.get("follow_up_days")
    if days is None:
        return None
    return calendar.opens_at(calendar.due_date(local_date(now), int(days)))
