"""Cron lines: minute hour day-of-month month day-of-week, in local time.

As in every cron: with both days given, either suffices. Sunday is 0 and 7; names are English (MON, JAN).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache

from domain.errors import ExpressionInvalid

MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
BOUNDS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
PART = re.compile(r"(\*|[A-Z]{3}|\d+)(?:-([A-Z]{3}|\d+))?(?:/(\d+))?")
FURTHEST = timedelta(days=366 * 9)  # 29 February comes at least every eight years


def is_cron(text: str) -> bool:
    """Whether `text` has the shape of a cron line."""
    fields = text.upper().split()
    return len(fields) == 5 and all(PART.fullmatch(part) for field in fields for part in field.split(","))


def next_time(text: str, after: datetime, zone: tzinfo) -> datetime:
    """The first instant later than `after` that the line names, in UTC. Raises ExpressionInvalid when there is none."""
    minutes, hours, days, months, weekdays = fields_of(text)
    either = not text.split()[2].startswith("*") and not text.split()[4].startswith("*")
    local = (after.astimezone(zone) + timedelta(minutes=1)).replace(second=0, microsecond=0)
    last = local + FURTHEST
    while local < last:
        fits = (local.day in days, (local.isoweekday() % 7) in weekdays)
        if local.month not in months or not (any(fits) if either else all(fits)):
            local = (local + timedelta(days=1)).replace(hour=0, minute=0)
        elif local.hour not in hours:
            local = (local + timedelta(hours=1)).replace(minute=0)
        elif local.minute not in minutes:
            local += timedelta(minutes=1)
        else:
            return local.astimezone(UTC)
    raise ExpressionInvalid(f"Lịch “{text}” không bao giờ đến", f"the cron line {text} never comes")


@lru_cache(maxsize=256)
def fields_of(text: str) -> tuple[frozenset[int], ...]:
    """The values each field allows. Raises ExpressionInvalid."""
    return tuple(values_of(field, index, text) for index, field in enumerate(text.upper().split()))


def values_of(field: str, index: int, text: str) -> frozenset[int]:
    """The values one field allows."""
    low, high = BOUNDS[index]
    values: set[int] = set()
    for part in field.split(","):
        match = PART.fullmatch(part)
        assert match is not None
        first = low if match[1] == "*" else number_of(match[1], index)
        last = high if match[1] == "*" or (match[3] and not match[2]) else number_of(match[2] or match[1], index)
        step = int(match[3] or 1)
        if not low <= first <= last <= high or step < 1:
            raise ExpressionInvalid(f"Lịch “{text}” có chỗ ngoài phạm vi", f"the cron line {text} is out of range")
        values.update(range(first, last + 1, step))
    return frozenset(value % 7 for value in values) if index == 4 else frozenset(values)


def number_of(word: str, index: int) -> int:
    """A number or an English name of a month or day."""
    if word.isdigit():
        return int(word)
    names = MONTHS if index == 3 else DAYS
    if index < 3 or word not in names:
        raise ExpressionInvalid(f"Lịch không hiểu “{word}”", f"{word} is no part of a cron line")
    return names.index(word) + (1 if index == 3 else 0)
