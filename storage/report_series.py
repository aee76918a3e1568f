"""Reports plans ask for."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import ReportSeries


class ReportSeriesRows(Repository[ReportSeries]):
    row = ReportSeries
