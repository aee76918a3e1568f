"""Reports plans ask for, and their periods."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from storage.repository import Repository
from storage.tables import ReportPeriod, ReportSeries


class ReportSeriesRows(Repository[ReportSeries]):
    row = ReportSeries

    def of_plan(self, plan_id: UUID) -> Sequence[ReportSeries]:
        query = select(ReportSeries).where(ReportSeries.plan_id == plan_id)
        return self.session.scalars(query.order_by(ReportSeries.name, ReportSeries.id)).all()

    def periods_of(self, series_id: UUID) -> Sequence[ReportPeriod]:
        query = select(ReportPeriod).where(ReportPeriod.series_id == series_id)
        return self.session.scalars(query.order_by(ReportPeriod.to_date, ReportPeriod.from_date)).all()

    def periods_of_plan(self, plan_id: UUID) -> Sequence[ReportPeriod]:
        """The periods of all the plan's series."""
        query = select(ReportPeriod).join(ReportSeries, ReportSeries.id == ReportPeriod.series_id)
        return self.session.scalars(query.where(ReportSeries.plan_id == plan_id)).all()

    def add_period(self, period: ReportPeriod) -> ReportPeriod:
        self.session.add(period)
        return period
