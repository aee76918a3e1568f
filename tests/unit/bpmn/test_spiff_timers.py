"""Timers as designers write them: durations and months by the calendar, cycles, cron lines, expressions."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn.spiff.cron import is_cron, next_time
from bpmn.spiff.timers import ZONE, Due, first_due, next_due
from domain.errors import ExpressionInvalid

NOW = datetime(2026, 1, 30, 20, tzinfo=UTC)  # 31 January, 03:00 in Vietnam


def no_expression(source: str) -> Any:
    raise AssertionError(f"{source} was taken for an expression")


def due(text: str) -> Due | None:
    return first_due(text, NOW, no_expression)


def times(text: str, most: int = 10) -> list[datetime]:
    """All times of a cycle, `most` of an endless one."""
    found: list[datetime] = []
    at = due(text)
    while at is not None and len(found) < most:
        found.append(at.at)
        at = next_due(Due.decode(at.encode()))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PT1H", datetime(2026, 1, 30, 21, tzinfo=UTC)),
        ("P3D", datetime(2026, 2, 2, 20, tzinfo=UTC)),
        ("P2W", datetime(2026, 2, 13, 20, tzinfo=UTC)),
        ("PT0.5S", NOW + timedelta(seconds=0.5)),
        ("P1M", datetime(2026, 2, 27, 20, tzinfo=UTC)),  # 31 January + 1 month: 28 February there
        ("P1Y2M", datetime(2027, 3, 30, 20, tzinfo=UTC)),
        ("2026-03-01T00:00:00Z", datetime(2026, 3, 1, tzinfo=UTC)),
        ("2026-03-01T08:00:00+07:00", datetime(2026, 3, 1, 1, tzinfo=UTC)),
        ("2026-03-01T08:00:00", datetime(2026, 3, 1, 1, tzinfo=UTC)),  # without a zone it is ours
        ("2026-03-01", datetime(2026, 3, 1, 10, tzinfo=UTC)),  # a day means 17:00
        ("0 8 * * *", datetime(2026, 1, 31, 1, tzinfo=UTC)),
    ],
)
def test_what_is_written_out_is_read(text: str, expected: datetime) -> None:
    found = due(text)
    assert found is not None
    assert found.at == expected
    assert found.at.tzinfo == UTC


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (date(2026, 3, 1), datetime(2026, 3, 1, 10, tzinfo=UTC)),
        (datetime(2026, 3, 1, 8), datetime(2026, 3, 1, 1, tzinfo=UTC)),
        (timedelta(days=2), NOW + timedelta(days=2)),
        ("P2D", NOW + timedelta(days=2)),
        ("2026-03-01", datetime(2026, 3, 1, 10, tzinfo=UTC)),
    ],
)
def test_an_expression_may_give_a_day_an_instant_a_duration_or_nothing(value: Any, expected: datetime | None) -> None:
    found = first_due("when", NOW, lambda source: value)
    assert (found.at if found else None) == expected


@pytest.mark.parametrize("value", ["soon", 7, [], True])
def test_anything_else_an_expression_gives_is_refused(value: Any) -> None:
    with pytest.raises(ExpressionInvalid):
        first_due("when", NOW, lambda source: value)


def test_a_cycle_comes_as_often_as_it_says() -> None:
    assert times("R3/PT1H") == [NOW + timedelta(hours=n) for n in (1, 2, 3)]
    assert len(times("R/PT1H")) == 10
    assert times("R0/PT1H") == []
    start = datetime(2026, 2, 1, tzinfo=UTC)
    assert times("R2/2026-02-01T00:00:00Z/P1D") == [start, start + timedelta(days=1)]
    assert times("R/PT12H/2026-02-01T00:00:00Z") == [NOW + timedelta(hours=12), NOW + timedelta(hours=24)]


def test_a_cycle_of_months_keeps_its_day() -> None:
    local = [at.astimezone(ZONE) for at in times("R5/P1M")]
    assert [(at.month, at.day) for at in local] == [(2, 28), (3, 31), (4, 30), (5, 31), (6, 30)]


@pytest.mark.parametrize("text", ["R3/P0D", "R/P0M", "2026-13-01", "2026-02-30T00:00:00", "P900Y", "99 * * * *"])
def test_what_looks_like_a_timer_and_is_none_is_refused(text: str) -> None:
    with pytest.raises(ExpressionInvalid):
        due(text)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("30 7 * * MON", datetime(2026, 2, 2, 7, 30, tzinfo=ZONE)),
        ("0 0 1 * *", datetime(2026, 2, 1, tzinfo=ZONE)),
        ("0 0 1 */3 *", datetime(2026, 4, 1, tzinfo=ZONE)),
        ("*/15 3 * * *", datetime(2026, 1, 31, 3, 15, tzinfo=ZONE)),
        ("0 9 29 2 *", datetime(2028, 2, 29, 9, tzinfo=ZONE)),
        ("0 9 15 * SUN", datetime(2026, 2, 1, 9, tzinfo=ZONE)),  # either day suffices
        ("0 9 * * 7", datetime(2026, 2, 1, 9, tzinfo=ZONE)),
        ("0 17 25-28 FEB,MAR *", datetime(2026, 2, 25, 17, tzinfo=ZONE)),
    ],
)
def test_a_cron_line_names_the_next_time_here(line: str, expected: datetime) -> None:
    assert is_cron(line)
    assert next_time(line, NOW, ZONE) == expected


def test_a_cron_line_that_never_comes_is_refused() -> None:
    with pytest.raises(ExpressionInvalid):
        next_time("0 0 31 2 *", NOW, ZONE)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)))
def test_for_every_instant_the_next_time_is_later_and_fits(after: datetime) -> None:
    found = next_time("15 6,18 * * 1-5", after, ZONE)
    local = found.astimezone(ZONE)
    assert after < found <= after + timedelta(days=3, hours=1)
    assert (local.minute, local.hour in (6, 18), local.isoweekday() < 6) == (15, True, True)
