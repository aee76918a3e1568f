"""Printed names against the names of units and groups."""

from __future__ import annotations

from datetime import date

from office.sample import sample_department
from office.units_binding import binder
from storage.database import Database
from storage.transactions import reading, run_command
from tests.unit.office.conftest import NOW


def test_a_group_is_suggested_by_the_alias_most_like_the_printed_name(database: Database) -> None:
    run_command(database, lambda work: sample_department(work, NOW))
    with reading(database) as work:
        names = binder(work, date(2026, 1, 5))
        found = names.bind("Các phòng & đơn vị trực thuộc")
        assert found.how == "suggested"
        assert names.name(found) == "Các phòng chuyên môn, đơn vị thuộc Sở"
