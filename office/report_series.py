"""The reports a plan asks for: kept as series, with the periods of the year and their days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import get_args
from uuid import uuid4

from domain.calendars import WorkingCalendar
from domain.calendars import days as days_between
from domain.periods import Every, Period, merged
from domain.plans import ReportingRule, Timing
from domain.schedules import PlannedOccurrence, schedule
from plans.timing import read_timing
from storage.tables import Plan, ReportPeriod, ReportSeries
from storage.transactions import Work

KINDS: tuple[Every, ...] = get_args(Every)


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
        for period, due in periods_of(rule, plan.year, calendar).items():
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


def periods_of(rule: ReportingRule, year: int, calendar: WorkingCalendar) -> dict[Period, date]:
    """The report's periods of the year with their due days: by the day the rule prints, else the 20th."""
    kinds: list[Every] = [kind for kind in KINDS if kind in rule.periods]
    printed = read_timing(rule.due or "", year).timings
    days = tuple(day for timing in printed for day in timing.due if day.of not in ("weekday", "date"))
    timings = [Timing("recurring", every=kind, due=days) for kind in kinds if kind != "week"]
    timings += [Timing("recurring", every="week") for kind in kinds if kind == "week"]
    timings += [timing for timing in printed if timing.kind == "deadline"]
    planned = schedule(timings, year, calendar, is_report=True) if kinds else ()
    return {period: _due(period, planned) for period in merged(kinds, year)}


def _due(period: Period, planned: Sequence[PlannedOccurrence]) -> date:
    """The due day planned for the period; of several dates in it, each an occurrence named by its day, the last."""
    by_name = {each.period: each.due_date or period.last for each in planned}
    days = (day.isoformat() for day in days_between(period.first, period.last))
    return by_name.get(period.name) or max(by_name[day] for day in days if day in by_name)
