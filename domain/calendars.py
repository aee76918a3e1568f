"""The days people work, and due days counted in them.

A due day is never later than the paper says: "trước ngày X" is the last working day before X, "chậm nhất ngày X" is X
or, when X is a day of rest, the last working day before it; a month or quarter ends with its last working day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.errors import Invalid

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
OPENING = time(7, 30)
CLOSING = time(17, 0)
HALF_DAY_CLOSING = time(11, 30)
LONGEST_REST = 60  # days; a calendar without a working day in two months is a mistake

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The days people work. `weekend` holds ISO weekdays, 1 Monday to 7 Sunday (ISO 8601).

    `worked` are days of rest worked by decision, `halves` days worked in the morning only; both win over `holidays`.
    `provisional_years` are those whose yearly order of the Government is not known yet.
    """

    holidays: frozenset[date] = frozenset()
    weekend: frozenset[int] = frozenset({6, 7})
    worked: frozenset[date] = frozenset()
    halves: frozenset[date] = frozenset()
    provisional_years: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        if day in self.worked or day in self.halves:
            return True
        return day.isoweekday() not in self.weekend and day not in self.holidays

    def is_half_day(self, day: date) -> bool:
        return day in self.halves

    def is_provisional(self, year: int) -> bool:
        return year in self.provisional_years

    def due_date(self, start: date, working_days: int) -> date:
        """The day `working_days` (>= 0) working days after `start`; 0 gives `start` itself."""
        if working_days < 0:
            raise Invalid("Số ngày làm việc không được âm", "the number of working days is negative")
        return self._count(start, working_days, _DAY)

    def after(self, day: date, working_days: int) -> date:
        """The day so many working days after `day`; a negative number counts backwards."""
        return self._count(day, abs(working_days), _DAY if working_days >= 0 else -_DAY)

    def before(self, day: date, working_days: int) -> date:
        """The day so many working days before `day`; 0 gives `day` itself."""
        return self.after(day, -working_days)

    def last_before(self, day: date) -> date:
        """The last working day before `day`: "trước ngày X"."""
        return self.before(day, 1)

    def last_by(self, day: date) -> date:
        """`day`, or the last working day before it when it is a day of rest: "chậm nhất ngày X"."""
        return day if self.is_working(day) else self.before(day, 1)

    def next_from(self, day: date) -> date:
        """`day`, or the first working day after it when it is a day of rest."""
        return day if self.is_working(day) else self.after(day, 1)

    def end_of_month(self, year: int, month: int) -> date:
        """The last working day of the month."""
        first_of_next = date(year + month // 12, month % 12 + 1, 1)
        return self.last_before(first_of_next)

    def end_of_quarter(self, day: date) -> date:
        """The last working day of the quarter `day` lies in."""
        return self.end_of_month(day.year, (day.month - 1) // 3 * 3 + 3)

    def end_of_year(self, year: int) -> date:
        """The last working day of the year."""
        return self.end_of_month(year, 12)

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; negative when `end` lies before."""
        if end < start:
            return -self.working_days_between(end, start)
        return sum(self.is_working(day) for day in days(start + _DAY, end))

    def opens_at(self, day: date) -> datetime:
        """The instant work begins on `day`, in UTC."""
        return datetime.combine(day, OPENING, ZONE).astimezone(UTC)

    def closes_at(self, day: date) -> datetime:
        """The end of `day`'s working hours, in UTC: noon on a half day."""
        closing = HALF_DAY_CLOSING if day in self.halves else CLOSING
        return datetime.combine(day, closing, ZONE).astimezone(UTC)

    def weekdays_off(self, year: int) -> tuple[date, ...]:
        """Days of `year` that are no weekend and yet not worked."""
        return tuple(d for d in days_of(year) if d.isoweekday() not in self.weekend and not self.is_working(d))

    def worked_rest_days(self, year: int) -> tuple[date, ...]:
        """Weekend days of `year` that are worked."""
        return tuple(d for d in days_of(year) if d.isoweekday() in self.weekend and self.is_working(d))

    def _count(self, day: date, working_days: int, step: timedelta) -> date:
        rest = 0
        while working_days > 0:
            day += step
            if self.is_working(day):
                working_days, rest = working_days - 1, 0
                continue
            rest += 1
            if rest > LONGEST_REST:
                raise Invalid("Lịch không có ngày làm việc", "the calendar has no working day for two months")
        return day


def local_date(instant: datetime) -> date:
    """The Vietnamese day an instant falls on."""
    return instant.astimezone(ZONE).date()


def days(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`, both included."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def days_of(year: int) -> Iterator[date]:
    return days(date(year, 1, 1), date(year, 12, 31))
