"""The units of an office as of a day: names, parents, successors, what lies below what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from domain.errors import NotFound
from storage.tables import Unit, UnitName
from storage.transactions import Work


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A unit as it is called on the directory's day; kind: department, division, subordinate or external."""

    id: UUID
    code: str
    kind: str
    name: str
    short_name: str
    parent_id: UUID | None
    successor_id: UUID | None
    has_accounts: bool
    valid: bool


@dataclass(frozen=True)
class Directory:
    """All units by id, named as on one day."""

    entries: Mapping[UUID, UnitEntry]

    def __iter__(self) -> Iterator[UnitEntry]:
        return iter(self.entries.values())

    def get(self, unit_id: UUID) -> UnitEntry:
        """Raises NotFound."""
        found = self.entries.get(unit_id)
        if found is None:
            raise NotFound("Không tìm thấy đơn vị", f"no unit {unit_id}")
        return found

    def name(self, unit_id: UUID | None) -> str:
        """The unit's name, "" for no unit or an unknown one."""
        found = self.entries.get(unit_id) if unit_id else None
        return found.name if found else ""

    def short_name(self, unit_id: UUID | None) -> str:
        found = self.entries.get(unit_id) if unit_id else None
        return found.short_name if found else ""

    def by_code(self, code: str) -> UnitEntry | None:
        return self._by_code.get(code)

    @property
    def valid(self) -> tuple[UnitEntry, ...]:
        """Units that exist on the day, by code."""
        return tuple(entry for entry in self if entry.valid)

    @cached_property
    def department(self) -> UnitEntry | None:
        """The office's own department: the valid one that has accounts and no parent."""
        own = [e for e in self.valid if e.kind == "department" and e.has_accounts]
        return min(own, key=lambda entry: (entry.parent_id is not None, entry.code), default=None)

    def below(self, unit_ids: Iterable[UUID]) -> frozenset[UUID]:
        """These units and everything below them."""
        found: set[UUID] = set()
        pending = list(unit_ids)
        while pending:
            unit_id = pending.pop()
            if unit_id not in found:
                found.add(unit_id)
                pending += self._children.get(unit_id, ())
        return frozenset(found)

    def predecessors(self, unit_ids: Iterable[UUID]) -> frozenset[UUID]:
        """Units that went up into these, directly or by several steps, without these themselves."""
        start = frozenset(unit_ids)
        found: set[UUID] = set()
        pending = list(start)
        while pending:
            for unit_id in self._preceded_by.get(pending.pop(), ()):
                if unit_id not in found:
                    found.add(unit_id)
                    pending.append(unit_id)
        return frozenset(found - start)

    def present(self, unit_id: UUID) -> UUID:
        """The unit that does this one's work today: itself, or its last successor."""
        seen = {unit_id}
        while (entry := self.entries.get(unit_id)) and entry.successor_id and entry.successor_id not in seen:
            unit_id = entry.successor_id
            seen.add(unit_id)
        return unit_id

    @cached_property
    def _by_code(self) -> dict[str, UnitEntry]:
        return {entry.code: entry for entry in self}

    @cached_property
    def _children(self) -> dict[UUID, list[UUID]]:
        return _grouped((entry.parent_id, entry.id) for entry in self)

    @cached_property
    def _preceded_by(self) -> dict[UUID, list[UUID]]:
        return _grouped((entry.successor_id, entry.id) for entry in self)


def directory(work: Work, day: date) -> Directory:
    """The directory as of `day`, one query."""
    rows: dict[UUID, tuple[Unit, list[UnitName]]] = {}
    for unit, name in work.units.with_names():
        names = rows.setdefault(unit.id, (unit, []))[1]
        if name is not None:
            names.append(name)
    return Directory({unit.id: _entry(unit, names, day) for unit, names in rows.values()})


def _entry(unit: Unit, names: list[UnitName], day: date) -> UnitEntry:
    name = _name_on(names, day)
    return UnitEntry(
        id=unit.id,
        code=unit.code,
        kind=unit.kind,
        name=name.name if name else unit.code,
        short_name=name.short_name if name else unit.code,
        parent_id=unit.parent_id,
        successor_id=unit.successor_id,
        has_accounts=unit.has_accounts,
        valid=_holds(unit.valid_from, unit.valid_to, day),
    )


def _name_on(names: list[UnitName], day: date) -> UnitName | None:
    """The name valid on `day`, else the newest one."""
    holding = [name for name in names if _holds(name.valid_from, name.valid_to, day)]
    return max(holding or names, key=lambda name: name.valid_from or date.min, default=None)


def _holds(first: date | None, last: date | None, day: date) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


def _grouped(pairs: Iterable[tuple[UUID | None, UUID]]) -> dict[UUID, list[UUID]]:
    grouped: dict[UUID, list[UUID]] = {}
    for key, value in pairs:
        if key is not None:
            grouped.setdefault(key, []).append(value)
    return grouped
