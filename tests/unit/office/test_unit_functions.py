"""What expressions may ask about the office's units."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event

from bpmn.expressions import OFFICE, evaluate
from domain.errors import ExpressionInvalid
from office.unit_functions import unit_functions
from storage.tables import Unit
from storage.transactions import Work, reading, run_command
from tests.unit.office.conftest import TODAY, Office


def value(office: Office, source: str, today: date = TODAY, **variables: Any) -> Any:
    with reading(office.database) as work:
        return evaluate(source, variables, unit_functions(work, today))


def a_division(office: Office) -> tuple[UUID, UUID]:
    """A division of the sample department, and the department."""
    with reading(office.database) as work:
        division = next(unit for unit in work.units.all() if unit.kind == "division" and unit.parent_id)
        assert division.parent_id is not None
        return division.id, division.parent_id


def test_they_are_the_functions_a_drawing_may_name(office: Office) -> None:
    with reading(office.database) as work:
        assert set(unit_functions(work, TODAY)) == OFFICE


def test_a_unit_is_asked_by_its_id_or_code(office: Office) -> None:
    division, department = a_division(office)
    facts = value(office, "unit(lead)", lead=str(division))
    assert (facts["id"], facts["kind"], facts["parent"]) == (str(division), "division", str(department))
    assert value(office, "unit(code)['name']", code=facts["code"]) == facts["name"]
    assert value(office, "unit(null)") is None


def test_a_condition_can_ask_what_kind_of_unit_leads(office: Office) -> None:
    division, _ = a_division(office)
    assert value(office, "unit(lead)['kind'] in ['division', 'subordinate']", lead=str(division)) is True


def test_a_part_lies_below_its_parent_and_not_the_other_way(office: Office) -> None:
    division, department = a_division(office)
    names: Mapping[str, Any] = {"lead": str(division), "top": str(department)}
    assert value(office, "parent(lead) == top", **names) is True
    assert value(office, "is_part_of(lead, top) and is_part_of(lead, lead)", **names) is True
    assert value(office, "is_part_of(top, lead)", **names) is False
    assert value(office, "lead in units_below(top)", **names) is True
    assert value(office, "parent(parent(parent(parent(parent(top)))))", **names) is None


def test_work_can_go_up_to_the_nearest_unit_with_such_a_role(office: Office) -> None:
    division, department = a_division(office)
    assert value(office, "unit_with('leader', lead)", lead=str(division)) == str(department)
    assert value(office, "unit_with('leader', lead)", lead=None) is None


def test_a_merged_unit_stands_for_its_successor(office: Office) -> None:
    division, department = a_division(office)

    def merge(work: Work) -> None:
        work.units.add(
            Unit(code="CU", kind="division", parent_id=department, successor_id=division, valid_to=date(2025, 6, 30))
        )

    run_command(office.database, merge)
    assert value(office, "unit('CU')['id']") == str(division)


def test_a_group_gives_one_item_a_unit(office: Office) -> None:
    with reading(office.database) as work:
        codes = [group.code for group in work.unit_groups.all()]
    found = value(office, "members(code)", code=codes[0])
    assert found
    assert all(str(UUID(each)) == each for each in found)


@pytest.mark.parametrize("source", ["unit('KHÔNG CÓ')", "unit(7)", "members('KHÔNG CÓ')", "unit_with('vua', 'x')"])
def test_what_is_not_there_is_refused_by_name(office: Office, source: str) -> None:
    with pytest.raises(ExpressionInvalid) as refusal:
        value(office, source)
    assert refusal.value.english != str(refusal.value)


def test_nothing_is_read_until_somebody_asks_and_then_once(office: Office) -> None:
    division, _ = a_division(office)
    statements: list[str] = []

    def note(*arguments: Any) -> None:
        statements.append(arguments[2])

    with reading(office.database) as work:
        there = unit_functions(work, TODAY)
        event.listen(office.database.engine, "before_cursor_execute", note)
        try:
            evaluate("1 + 1", {}, there)
            assert statements == []
            evaluate(" and ".join(["is_part_of(lead, parent(lead))"] * 5), {"lead": str(division)}, there)
        finally:
            event.remove(office.database.engine, "before_cursor_execute", note)
    assert [each[:6] for each in statements if each != "BEGIN"] == ["SELECT"]
