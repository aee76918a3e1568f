"""The eight statuses and how lateness is computed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendars import WorkingCalendar
from domain.errors import Conflict
from domain.hand_overs import (
    MOVES,
    STATUS_LABELS,
    STATUSES,
    can_move,
    contribution_state,
    days_late,
    moved,
    time_class,
)

CALENDAR = WorkingCalendar()
FRIDAY = date(2026, 3, 20)
NOW = datetime(2026, 3, 20, 3, 0, tzinfo=UTC)


def test_there_are_eight_statuses_with_names_and_moves() -> None:
    assert len(STATUSES) == 8
    assert set(STATUS_LABELS) == set(MOVES) == set(STATUSES)


@given(st.sampled_from(STATUSES), st.sampled_from(STATUSES))
def test_a_move_that_is_not_allowed_is_refused_with_both_names(old: str, new: str) -> None:
    if can_move(old, new):
        assert moved(old, new) == new  # type: ignore[arg-type]
    else:
        with pytest.raises(Conflict, match=STATUS_LABELS[new]):  # type: ignore[index]
            moved(old, new)  # type: ignore[arg-type]


def test_what_was_recalled_never_comes_back_and_what_is_done_only_to_be_redone() -> None:
    assert MOVES["recalled"] == frozenset()
    assert MOVES["done"] == {"redo"}


def test_the_due_day_itself_is_in_time_and_its_last_three_working_days_are_soon() -> None:
    assert time_class(FRIDAY, date(2026, 3, 16), CALENDAR) == "in_time"
    assert time_class(FRIDAY, date(2026, 3, 17), CALENDAR) == "soon"
    assert time_class(FRIDAY, FRIDAY, CALENDAR) == "soon"
    assert time_class(FRIDAY, date(2026, 3, 21), CALENDAR) == "overdue"
    assert time_class(None, FRIDAY, CALENDAR) == "no_deadline"
    assert time_class(FRIDAY, date(2026, 5, 1), CALENDAR, done_on=FRIDAY) == "done_in_time"
    assert time_class(FRIDAY, date(2026, 5, 1), CALENDAR, done_on=date(2026, 3, 23)) == "done_late"


def test_days_late_are_working_days() -> None:
    assert days_late(FRIDAY, date(2026, 3, 23), CALENDAR) == 1
    assert days_late(FRIDAY, FRIDAY, CALENDAR) == 0
    assert days_late(None, FRIDAY, CALENDAR) == 0


def test_a_contribution_is_what_its_times_say() -> None:
    due, before, after = NOW, NOW - timedelta(days=1), NOW + timedelta(days=1)
    times = {"due_at": due, "opened_at": None, "answered_at": None, "silent_at": None}
    assert contribution_state(before, **times) == "sent"
    assert contribution_state(before, **times | {"opened_at": before}) == "opened"
    assert contribution_state(after, **times) == "late"
    assert contribution_state(after, **times | {"answered_at": before}) == "answered"
    assert contribution_state(after, **times | {"silent_at": after}) == "silent"
    assert contribution_state(after, **times | {"silent_at": due, "answered_at": after}) == "answered_late"
