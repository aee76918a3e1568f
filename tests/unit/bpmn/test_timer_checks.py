"""A timer is checked as the engine will read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bpmn.checks import check_file

DRAWING = (Path(__file__).parents[2] / "bpmn" / "error_timer_unreadable.bpmn").read_text()


def findings_of(text: str) -> list[str]:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return [each.severity for each in check_file(DRAWING.replace("ba ngày", escaped).encode())]


@pytest.mark.parametrize(
    "text",
    ["P3D", "PT1H30M", "P1M", "R3/PT1H", "R/P1D", "R/2026-01-01T00:00:00Z/P1M", "2026-03-01", "R0/PT1H",
     "2026-03-01T08:00:00+07:00", "2026-03-01T01:00:00Z", "0 8 * * 1-5", "*/15 * * * *", "due_date",
     "before(due_date, 3)", "'PT1H' if urgent else None", "=due_date", "${due_date}"],
)  # fmt: skip
def test_what_the_engine_reads_is_no_error(text: str) -> None:
    assert "error" not in findings_of(text)


@pytest.mark.parametrize(
    "text",
    ["PT", "P3X", "R3/PX", "3D", "R3/", "R/PT0S", "2026-13-01", "2026-02-30T08:00:00Z", "61 8 * * *", "99 99 99 99 99",
     "sau 3 ngày", "before(due_date", "wait(3)", "P99999Y", "P1D;P2D"],
)  # fmt: skip
def test_what_it_would_stumble_on_is_an_error(text: str) -> None:
    assert findings_of(text)[0] == "error"


def test_a_time_without_zone_is_read_as_ours_and_said_so() -> None:
    assert findings_of("2026-03-01T08:00:00") == ["advice"]
