"""Groups such as *every division of the department*, expanded to their members on a day.

A rule is {"kinds": [kind, …]} (of units below the department), perhaps {"except": [code, …]}, or {"units": [code, …]}.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from domain.errors import Conflict, Invalid
from domain.text import tidy
from office.directory import Directory, UnitEntry
from storage.tables import UnitGroup
from storage.transactions import Work


def add_group(work: Work, code: str, name: str, rule: Mapping[str, Any]) -> UnitGroup:
    """A new group. Raises Invalid for a rule of another shape, Conflict for a code in use."""
    if not rule or not set(rule) <= {"kinds", "except", "units", "kind"}:
        raise Invalid(
            "Quy tắc nhóm gồm loại đơn vị (kinds) hoặc danh sách mã (units)", "a group's rule has kinds or units"
        )
    if work.unit_groups.by_code(code) is not None:
        raise Conflict(f"Mã nhóm “{code}” đã có", f"group code {code} is taken")
    group = work.unit_groups.add(UnitGroup(id=uuid4(), code=code, name=tidy(name), rule=dict(rule)))
    work.flush()
    return group


def members(group: UnitGroup, units: Directory) -> tuple[UnitEntry, ...]:
    """The group's units that exist on the directory's day, by code."""
    listed = frozenset(group.rule.get("units", ()))
    if listed:
        return tuple(unit for unit in units.valid if unit.code in listed)
    kinds = frozenset(group.rule.get("kinds") or ([group.rule["kind"]] if "kind" in group.rule else ()))
    left_out = frozenset(group.rule.get("except", ()))
    department = units.department
    below = units.below([department.id]) if department else frozenset()
    return tuple(unit for unit in units.valid if unit.kind in kinds and unit.id in below and unit.code not in left_out)
