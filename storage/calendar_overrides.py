"""Days off and worked by decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from storage.repository import Repository
from storage.tables import CalendarOverride


class CalendarOverrides(Repository[CalendarOverride]):
    row = CalendarOverride

    def of_year(self, year: int) -> Sequence[CalendarOverride]:
        query = select(CalendarOverride).where(
            CalendarOverride.day >= date(year, 1, 1), CalendarOverride.day <= date(year, 12, 31)
        )
        return self.session.scalars(query.order_by(CalendarOverride.day)).all()
