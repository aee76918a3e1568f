"""What expressions may ask about units: the functions beside the calendar's.

A unit is given by its id or code and answered by its id, since roles in units are what work is offered to: `leader` of
`parent(lead)` is a unit and a role, not a person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from domain.errors import ExpressionInvalid
from domain.people import ROLES
from office.directory import Directory, UnitEntry, directory
from office.unit_groups import members
from storage.transactions import Work

Unit = str | None


def unit_functions(work: Work, today: date) -> Mapping[str, Callable[..., Any]]:
    """The functions by name. Nothing is read before the first is called; then one statement for all of them."""
    asked = UnitsAsked(work, today)
    return {
        "unit": asked.unit,
        "parent": asked.parent,
        "is_part_of": asked.is_part_of,
        "units_below": asked.units_below,
        "unit_with": asked.unit_with,
        "members": asked.members,
    }


class UnitsAsked:
    """The units as one transaction sees them; a unit that has gone into another stands for its successor."""

    def __init__(self, work: Work, today: date) -> None:
        self._work = work
        self._today = today
        self._holders: dict[str, frozenset[UUID]] = {}
        self._members: dict[str, list[str]] = {}

    @cached_property
    def _units(self) -> Directory:
        return directory(self._work, self._today)

    def unit(self, which: Unit) -> Mapping[str, Any] | None:
        """Its facts: id, code, kind, name, short_name, parent (an id or None), has_accounts."""
        entry = self._entry(which)
        if entry is None:
            return None
        return {
            "id": str(entry.id),
            "code": entry.code,
            "kind": entry.kind,
            "name": entry.name,
            "short_name": entry.short_name,
            "parent": None if entry.parent_id is None else str(entry.parent_id),
            "has_accounts": entry.has_accounts,
        }

    def parent(self, which: Unit) -> str | None:
        """The unit it belongs to; None at the top."""
        above = self._above(self._entry(which))
        return None if above is None else str(above.id)

    def is_part_of(self, which: Unit, other: Unit) -> bool:
        """Whether it is the other unit or lies below it, however deep."""
        unit, top = self._entry(which), self._entry(other)
        return unit is not None and top is not None and unit.id in self._units.below([top.id])

    def units_below(self, which: Unit) -> list[str]:
        """The units directly below it, by code."""
        top = self._entry(which)
        return [] if top is None else [str(unit.id) for unit in self._units.valid if unit.parent_id == top.id]

    def unit_with(self, role: str, which: Unit) -> str | None:
        """The unit, or the nearest above it, in which somebody holds `role` today; None when there is none."""
        if role not in ROLES:
            raise ExpressionInvalid(f"Không có vai trò “{role}”", f"there is no role {role!r}")
        if role not in self._holders:
            self._holders[role] = frozenset(self._work.posts.units_with(role, self._today))
        unit, seen = self._entry(which), set[UUID]()
        while unit is not None and unit.id not in seen:
            if unit.id in self._holders[role]:
                return str(unit.id)
            seen.add(unit.id)
            unit = self._above(unit)
        return None

    def members(self, code: str) -> list[str]:
        """The units of a group today, by code."""
        if code not in self._members:
            group = self._work.unit_groups.by_code(code) if isinstance(code, str) else None
            if group is None:
                raise ExpressionInvalid(f"Không có nhóm đơn vị “{code}”", f"there is no unit group {code!r}")
            self._members[code] = [str(unit.id) for unit in members(group, self._units)]
        return self._members[code]

    def _entry(self, which: Unit) -> UnitEntry | None:
        """The unit meant, or what it has gone into; None for none. Raises ExpressionInvalid."""
        if which is None or which == "":
            return None
        found = self._units.by_code(which) if isinstance(which, str) else None
        id = found.id if found is not None else _id(which)
        entry = self._units.entries.get(self._units.present(id)) if id is not None else None
        if entry is None:
            raise ExpressionInvalid(f"Không có đơn vị “{which}”", f"there is no unit {which!r}")
        return entry

    def _above(self, entry: UnitEntry | None) -> UnitEntry | None:
        """The unit above, as of today."""
        if entry is None or entry.parent_id is None:
            return None
        return self._units.entries.get(self._units.present(entry.parent_id))


def _id(text: object) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
