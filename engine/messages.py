"""Messages and signals from outside; those a case throws go the same way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.cases import throw
from engine.spiff.case import Thrown
from storage.transactions import Work


def publish_message(work: Work, name: str, correlation: str | None, variables: Mapping[str, Any], now: datetime) -> int:
    """Deliver to the oldest waiting case with this correlation, else to one start event; how many got it, 0 or 1."""
    return throw(work, None, Thrown("message", name, correlation, variables, ""), now)


def publish_signal(work: Work, name: str, variables: Mapping[str, Any], now: datetime) -> int:
    """Deliver to every case and start event that waits for it; how many received it."""
    return throw(work, None, Thrown("signal", name, None, variables, ""), now)
