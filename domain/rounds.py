"""Work that comes round: its periods of the year, and in each the due days its rule, or a date beside it, gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from domain.calendars import WorkingCalendar
from domain.due_days import due_by, stated_day
from domain.periods import MONTHS, Every, Period, label, merged, year_of
from domain.planned import PlannedOccurrence, by_end, dated, one_after_another, provisional
from domain.plans import DueDay, Timing
from domain.words import Words, written

REPORT_DUE_DAY = 20
"""A report goes up by the 20th of its period's last month (the date the yearly reform reports have to meet)."""
LEAST_WORKING_DAYS = 5
"""Work due early in its period opens before it, so that there are so many working days to do it."""
_BY_MONTHS: dict[int, Every] = {1: "month", 3: "quarter", 6: "half_year", 12: "year"}


def rounds(
    timing: Sequence[Timing], year: int, calendar: WorkingCalendar, *, is_report: bool
) -> tuple[PlannedOccurrence, ...]:
    """The occurrences of a row with recurring times, by due day; dates beside them say when a period is due."""
    rule = _rule(timing, year, calendar)
    if not rule.kinds:
        return one_after_another(rule.beside) if rule.beside else _by_regulation(timing, year, calendar)
    found: dict[str, PlannedOccurrence] = {}
    for period in merged(rule.kinds, year):
        for each in _period(period, rule, calendar, is_report=is_report):
            found.setdefault(each.period, each)
    for each in rule.beside:
        found[each.period] = each
    return tuple(sorted(found.values(), key=lambda each: each.due_date or date.max))


@dataclass(slots=True)
class _Rule:
    """What the times of a row say together: kinds of periods, their due days, words nobody can compute.

    `within` are the dates that belong to a period, by its name; `beside` those with an occurrence of their own.
    """

    kinds: list[Every] = field(default_factory=list)
    due: defaultdict[Every, list[DueDay]] = field(default_factory=lambda: defaultdict(list))
    unread: dict[Every, str] = field(default_factory=dict)
    within: defaultdict[str, list[PlannedOccurrence]] = field(default_factory=lambda: defaultdict(list))
    beside: list[PlannedOccurrence] = field(default_factory=list)


def _rule(timing: Iterable[Timing], year: int, calendar: WorkingCalendar) -> _Rule:
    rule = _Rule()
    dates: list[Timing] = []
    for each in timing:
        if each.kind in ("deadline", "month", "quarter"):
            dates.append(each)
        if each.kind != "recurring" or (every := _every(each)) is None:
            continue
        rule.kinds.append(every)
        rule.due[every].extend(day for day in each.due if day not in rule.due[every])
        if each.unread:
            rule.unread[every] = each.unread
    spans = merged(rule.kinds, year)
    for each in dates:
        period = _holder(each, dated(each, year, calendar), spans, rule)
        (rule.beside if period is None else rule.within[period.name]).append(dated(each, year, calendar))
    return rule


def _holder(timing: Timing, planned: PlannedOccurrence, spans: Sequence[Period], rule: _Rule) -> Period | None:
    """The shortest period without a due day of its own that a date lies in.

    Work that only comes round every year is due on any date beside it; else a quarter is a period of its own.
    """
    if set(rule.kinds) == {"year"}:
        return None if rule.due["year"] else spans[0]
    if timing.kind == "quarter" or planned.due_date is None:
        return None
    stated = timing.before or planned.due_date
    holding = [each for each in spans if each.first <= stated <= each.last and not rule.due[each.every]]
    return min(holding, key=lambda each: each.last - each.first, default=None)


def _period(period: Period, rule: _Rule, calendar: WorkingCalendar, *, is_report: bool) -> Iterable[PlannedOccurrence]:
    days = rule.due[period.every]
    if days:
        return _numbered([_due(period, day, calendar, is_report=is_report) for day in days], period, days, calendar)
    within = [_inside(each, period, is_report=is_report) for each in rule.within[period.name]]
    if within:
        return [replace(within[0], period=period.name)] if len(within) == 1 else one_after_another(within)
    planned = _usual(period, calendar, is_report=is_report)
    unread = rule.unread.get(period.every)
    if unread is None:
        return [planned]
    reason = (
        Words(
            f"Chưa hiểu “{unread}” là ngày nào của kỳ, tạm tính như không ghi ngày. ",
            f"Which day of the period “{unread}” is was not understood; reckoned as if no day were given. ",
        )
        + planned.explanation
    )
    return [replace(planned, explanation=reason)]


def _inside(planned: PlannedOccurrence, period: Period, *, is_report: bool) -> PlannedOccurrence:
    """A date that belongs to `period`: it opens as other work of the period does."""
    due = planned.due_date or period.last
    counts = is_report and period.every != "week" and due > period.data_to
    opens_on = min(period.reporting_from if counts else period.first, due)
    reason = _of(period) + ": " + (_figures(period) if counts else "") + planned.explanation
    return replace(planned, opens_on=opens_on, explanation=reason)


def _due(period: Period, day: DueDay, calendar: WorkingCalendar, *, is_report: bool) -> PlannedOccurrence:
    due, how = due_by(day, period, calendar)
    counts = is_report and period.every != "week" and due > period.data_to
    reason = _of(period) + ": " + (_figures(period) if counts else "") + how
    if counts:
        opens_on = period.reporting_from
    elif period.every == "week":
        opens_on = min(period.first, due)
    else:
        opens_on = min(period.first, calendar.before(due, LEAST_WORKING_DAYS))
    return PlannedOccurrence(period.name, opens_on, due, reason + provisional(due, calendar))


def _numbered(
    found: list[PlannedOccurrence], period: Period, days: Sequence[DueDay], calendar: WorkingCalendar
) -> Iterable[PlannedOccurrence]:
    """Several in one period are named by their days."""
    if len(found) == 1:
        return found
    named = {stated_day(day, period, calendar).isoformat(): each for day, each in zip(days, found, strict=True)}
    return one_after_another([replace(each, period=name) for name, each in named.items()])


def _usual(period: Period, calendar: WorkingCalendar, *, is_report: bool) -> PlannedOccurrence:
    """Without a day in the plan: a report by the 20th of the period's last month, other work by its end."""
    if not is_report or period.every == "week":
        return by_end(period, calendar, _of(period))
    due = calendar.last_by(period.last.replace(day=REPORT_DUE_DAY))
    rule = Words(
        f"báo cáo chậm nhất ngày {REPORT_DUE_DAY} tháng cuối kỳ, hạn ",
        f"to be reported by day {REPORT_DUE_DAY} of the period's last month, due ",
    )
    reason = _of(period) + ": " + _figures(period) + rule + written(due)
    return PlannedOccurrence(period.name, min(period.reporting_from, due), due, reason + provisional(due, calendar))


def _of(period: Period) -> Words:
    name = label(period.name)
    return Words(f"Kỳ {name}", name.capitalised().english)


def _figures(period: Period) -> Words:
    first, last = written(period.data_from), written(period.data_to)
    return Words(f"số liệu từ {first} đến {last}, ", f"figures from {first.english} to {last.english}, ")


def _by_regulation(timing: Iterable[Timing], year: int, calendar: WorkingCalendar) -> tuple[PlannedOccurrence, ...]:
    days = [day for each in timing for day in each.due]
    period = year_of(year)
    reason = Words(
        "Định kỳ theo quy định, kế hoạch không ghi kỳ nào: tạm tính một lần trong năm, ",
        "Periodic by regulation, and the plan names no period: reckoned once in the year, ",
    )
    if days:
        due, how = due_by(days[0], period, calendar)
    else:
        due = calendar.end_of_year(year)
        how = Words("hạn ", "due ") + written(due)
    reason += how
    return (PlannedOccurrence(str(year), period.first, due, reason + provisional(due, calendar)),)


def _every(timing: Timing) -> Every | None:
    """The kind of period; three months at a time are a quarter, six half a year, twelve a year."""
    if timing.every is None or timing.every == "per_regulation":
        return None
    if timing.every == "week":
        return "week"
    return _BY_MONTHS.get(MONTHS[timing.every] * (timing.interval or 1), timing.every)
