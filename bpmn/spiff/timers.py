"""When timers are due: ISO 8601 instants, durations and cycles, cron lines, and expressions that give them.

Calendar arithmetic is Vietnamese: a month after 31 January 20:00 UTC is counted from 1 February 03:00, and a day
without a time means 17:00 there. Instants are UTC.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bpmn.spiff.cron import is_cron, next_time
from domain.errors import ExpressionInvalid

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
END_OF_WORK = time(17)
LONGEST_YEARS = 200
DURATION = re.compile(
    r"(?P<sign>-)?P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
CYCLE = re.compile(r"R(?P<count>\d*)/(?:(?P<start>\d{4}[^/]*)/)?(?P<duration>P[^/]*)(?:/(?P<end>\d{4}[^/]*))?")
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?")


@dataclass(frozen=True, slots=True)
class Duration:
    """Months (and years) by the calendar, the rest by the clock."""

    months: int
    rest: timedelta

    def after(self, moment: datetime) -> datetime:
        """The instant this long after `moment` (UTC); the last day of a shorter month stands for the 31st."""
        if not self.months:
            return moment + self.rest
        local = moment.astimezone(ZONE)
        number = local.year * 12 + local.month - 1 + self.months
        year, month = number // 12, number % 12 + 1
        day = min(local.day, monthrange(year, month)[1])
        return (local.replace(year=year, month=month, day=day) + self.rest).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Due:
    """An instant, and for a cycle how it goes on: `cycle` is a duration or a cron line, `left` counts what follows.

    `start` and `turn` keep a cycle of months on its day: the n-th time is counted from the start.
    """

    at: datetime
    cycle: str | None = None
    left: int | None = None
    start: datetime | None = None
    turn: int = 0
    end: datetime | None = None

    def encode(self) -> dict[str, Any]:
        """As plain values for the saved state."""
        facts = {"at": self.at, "cycle": self.cycle, "left": self.left, "start": self.start, "turn": self.turn}
        return {name: value for name, value in {**facts, "end": self.end}.items() if value is not None}

    @classmethod
    def decode(cls, facts: Mapping[str, Any]) -> Due:
        return cls(**facts)


def first_due(text: str, now: datetime, evaluate: Callable[[str], Any]) -> Due | None:
    """When the timer written as `text` is due first, from `now` (UTC); None: never. Raises ExpressionInvalid."""
    written = text.strip()
    if is_written_out(written):
        return read_timer(written, now)
    return due_of_value(evaluate(text), now)


def due_of_value(value: Any, now: datetime) -> Due | None:
    """The due instant an expression gave: a date, a datetime, a duration, their text, or None for never."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return Due(in_utc(value))
    if isinstance(value, date):
        return Due(datetime.combine(value, END_OF_WORK, ZONE).astimezone(UTC))
    if isinstance(value, timedelta):
        return Due(later(now, value))
    if isinstance(value, str) and is_written_out(value.strip()):
        return read_timer(value.strip(), now)
    raise ExpressionInvalid(
        f"“{value}” không phải là thời điểm, khoảng thời gian hay chu kỳ", f"{value!r} is no instant, duration or cycle"
    )


def later(now: datetime, length: timedelta) -> datetime:
    """`now` and so much longer. Raises ExpressionInvalid beyond 200 years."""
    if abs(length) > timedelta(days=LONGEST_YEARS * 366):
        raise ExpressionInvalid(f"Khoảng thời gian “{length}” quá dài", f"the duration {length} is too long")
    return now + length


def is_written_out(text: str) -> bool:
    """Whether `text` is an instant, a duration, a cycle or a cron line, and no expression."""
    shapes = (CYCLE, INSTANT)
    return any(shape.fullmatch(text) for shape in shapes) or is_cron(text) or is_duration(text)


def is_duration(text: str) -> bool:
    """Whether `text` is an ISO 8601 duration with at least one part."""
    return DURATION.fullmatch(text) is not None and not text.endswith(("P", "T"))


def read_timer(text: str, now: datetime) -> Due | None:
    """The first time of the timer written out in `text`; None: it never comes. Raises ExpressionInvalid."""
    if CYCLE.fullmatch(text):
        return first_of_cycle(text, now)
    if is_cron(text):
        return Due(next_time(text, now, ZONE), cycle=text)
    if INSTANT.fullmatch(text):
        return due_of_value(read_instant(text), now)
    duration = read_duration(text)
    assert duration is not None
    return Due(duration.after(now))


def next_due(due: Due) -> Due | None:
    """The next time of a cycle; None after the last."""
    if due.cycle is None or due.left == 0:
        return None
    left = None if due.left is None else due.left - 1
    if is_cron(due.cycle):
        return Due(next_time(due.cycle, due.at, ZONE), due.cycle, left)
    duration = read_duration(due.cycle)
    assert duration is not None
    assert due.start is not None
    turn = due.turn + 1
    at = Duration(duration.months * turn, duration.rest * turn).after(due.start)
    if due.end is not None and at > due.end:
        return None
    return Due(at, due.cycle, left, due.start, turn, due.end)


def first_of_cycle(text: str, now: datetime) -> Due | None:
    """The first time of `R3/PT1H`, `R/2026-01-01T00:00:00Z/P1M`, `R/PT1H/2026-02-01`. Raises ExpressionInvalid."""
    match = CYCLE.fullmatch(text)
    assert match is not None
    duration = read_duration(match["duration"])
    if duration is None or (not duration.months and duration.rest <= timedelta(0)):
        raise ExpressionInvalid(f"Chu kỳ “{text}” không có độ dài", f"the cycle {text} has no length")
    count = int(match["count"]) if match["count"] else None
    if count == 0:
        return None
    left = None if count is None else count - 1
    end = instant_of(match["end"]) if match["end"] else None
    start, turn = (instant_of(match["start"]), 0) if match["start"] else (now, 1)
    at = Duration(duration.months * turn, duration.rest * turn).after(start)
    if end is not None and at > end:
        return None
    return Due(at, match["duration"], left, start, turn, end)


def read_duration(text: str) -> Duration | None:
    """An ISO 8601 duration; None when `text` is none. Raises ExpressionInvalid beyond 200 years."""
    match = DURATION.fullmatch(text)
    if match is None or not is_duration(text):
        return None
    parts = {name: float(match[name]) for name in ("weeks", "days", "hours", "minutes", "seconds") if match[name]}
    months = int(match["years"] or 0) * 12 + int(match["months"] or 0)
    sign = -1 if match["sign"] else 1
    if months > LONGEST_YEARS * 12 or sum(parts.values()) > LONGEST_YEARS * 366 * 86_400:
        raise ExpressionInvalid(f"Khoảng thời gian “{text}” quá dài", f"the duration {text} is too long")
    return Duration(sign * months, sign * timedelta(**parts))


def read_instant(text: str) -> date | datetime:
    """An ISO date, or a date-time in its zone, in ours when it has none. Raises ExpressionInvalid."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-03-01") else datetime.fromisoformat(text)
    except ValueError as error:
        raise ExpressionInvalid(f"“{text}” không phải là thời điểm", f"{text!r} is no instant") from error


def instant_of(text: str) -> datetime:
    """The instant of an ISO date or date-time, in UTC; a day means its start here."""
    value = read_instant(text)
    return in_utc(value if isinstance(value, datetime) else datetime.combine(value, time(0), ZONE))


def in_utc(moment: datetime) -> datetime:
    """`moment` in UTC; without a zone it is ours."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZONE)).astimezone(UTC)
