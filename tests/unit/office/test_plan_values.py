"""What is stored of a row gives the values it was read to."""

from __future__ import annotations

import json

from hypothesis import given

from domain.plans import RoleNote, Timing
from office.plan_values import roles_of, timing_from
from plans.output import timing_as_dict
from storage.tables import Activity
from tests.unit.plans.plan_values import timings


@given(timings)
def test_a_stored_time_is_the_time_that_was_read(timing: Timing) -> None:
    assert timing_from(json.loads(json.dumps(timing_as_dict(timing)))) == timing


def test_roles_are_read_from_the_printed_cells() -> None:
    row = Activity(
        lead_raw="Phòng TCCB (tổng hợp)",
        lead=["Phòng Tổ chức cán bộ"],
        coordinating_raw="Văn phòng Sở theo dõi, đôn đốc; các chi cục",
        coordinating=["Văn phòng Sở", "Các chi cục"],
    )
    assert roles_of(row) == (
        RoleNote("Phòng Tổ chức cán bộ", "tổng hợp"),
        RoleNote("Văn phòng Sở", "theo dõi, đôn đốc"),
    )
