"""The reports a plan asks for: kept as series, with the periods of the year and their days."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import get_args
from uuid import uuid4

from domain.calendars import WorkingCalendar
from domain.periods import Every, merged
from domain.plans import ReportingRule
from domain.schedules import REPORT_DUE_DAY
from domain.text import fold_words
from storage.tables import Plan, ReportPeriod, ReportSeries
from storage.transactions import Work

KINDS: tuple[Every, ...] = get_args(Every)
DAY = re.compile(r"\bngay (\d{1,2}) (?:cua )?thang cuoi\b")


def keep_report_series(work: Work, plan: Plan, rules: Iterable[ReportingRule], calendar: WorkingCalendar) -> None:
    """Write a series a rule, and a row a period with the days its figures run from and to and its due day."""
    made: list[tuple[ReportSeries, ReportingRule]] = []
    for rule in rules:
        series = work.report_series.add(
            ReportSeries(
                id=uuid4(),
                plan_id=plan.id,
                name=rule.name,
                rule={
                    "periods": list(rule.periods),
                    "period_rule": rule.period_rule,
                    "due": rule.due,
                    "reporters": list(rule.reporters),
                    "to": rule.to,
                    "consolidator": rule.consolidator,
                    "channel": rule.channel,
                    "forms": list(rule.forms),
                },
            )
        )
        made.append((series, rule))
    work.flush()  # periods refer to their series
    for series, rule in made:
        for period in merged((kind for kind in KINDS if kind in rule.periods), plan.year):
            due = calendar.last_by(period.last.replace(day=due_day(rule.due)))
            work.report_series.add_period(
                ReportPeriod(
                    id=uuid4(),
                    series_id=series.id,
                    period=period.name,
                    from_date=period.data_from,
                    to_date=period.data_to,
                    due_date=due,
                )
            )


def due_day(due: str | None) -> int:
    """The day of the period's last month a rule names, else the 20th."""
    named = DAY.search(fold_words(due or ""))
    day = int(named.group(1)) if named else REPORT_DUE_DAY
    return day if 1 <= day <= 28 else REPORT_DUE_DAY
