"""Days off and worked by decision."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import CalendarOverride


class CalendarOverrides(Repository[CalendarOverride]):
    row = CalendarOverride
