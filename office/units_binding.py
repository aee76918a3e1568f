"""Which units a plan means by the names it prints: exact name, then learnt alias, then a suggestion to be confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from domain.text import fold_words
from office.directory import Directory, UnitEntry, directory
from office.unit_groups import members
from office.unit_names import is_group_name, similarity
from storage.tables import UnitAlias, UnitGroup
from storage.transactions import Work

LIKELY = 0.6
"""From this similarity on a unit is suggested."""


@dataclass(frozen=True, slots=True)
class Binding:
    """What a printed name stands for. `how` is exact, alias, suggested (not yet confirmed) or unknown."""

    text: str
    how: Literal["exact", "alias", "suggested", "unknown"]
    unit_id: UUID | None = None
    group_id: UUID | None = None
    score: float = 0.0

    @property
    def is_sure(self) -> bool:
        return self.how in ("exact", "alias")


class Binder:
    """The office's names, ready to be asked; built once a command with three statements."""

    def __init__(self, units: Directory, groups: Iterable[UnitGroup], aliases: Iterable[UnitAlias]) -> None:
        self.units = units
        self.groups = {group.id: group for group in groups}
        self._aliases = {alias.folded: alias for alias in aliases}
        self._exact: dict[str, UnitEntry] = {}
        for unit in sorted(units, key=lambda each: each.valid):  # units of today win over those that are no more
            self._exact[fold_words(unit.name)] = unit
            self._exact[fold_words(unit.short_name)] = unit

    def bind(self, text: str) -> Binding:
        """What `text` stands for; a unit that is no more is bound to the one that does its work today."""
        folded = fold_words(text)
        if (unit := self._exact.get(folded)) is not None:
            return Binding(text, "exact", unit_id=self.units.present(unit.id), score=1.0)
        for group in self.groups.values():
            if fold_words(group.name) == folded:
                return Binding(text, "exact", group_id=group.id, score=1.0)
        if (alias := self._aliases.get(folded)) is not None:
            unit_id = self.units.present(alias.unit_id) if alias.unit_id else None
            return Binding(text, "alias", unit_id=unit_id, group_id=alias.group_id, score=1.0)
        return self._suggest(text)

    def units_of(self, binding: Binding) -> tuple[UnitEntry, ...]:
        """The units a binding means today: one, a group's members, or none."""
        if binding.unit_id is not None:
            return (self.units.get(binding.unit_id),)
        if binding.group_id is not None:
            return members(self.groups[binding.group_id], self.units)
        return ()

    def name(self, binding: Binding) -> str:
        """What a binding stands for, as the office calls it."""
        if binding.group_id is not None:
            return self.groups[binding.group_id].name
        return self.units.name(binding.unit_id)

    def _suggest(self, text: str) -> Binding:
        if is_group_name(text):
            scored = [(similarity(text, group.name), group.id) for group in self.groups.values()]
            scored += [
                (similarity(text, alias.text), alias.group_id)
                for alias in self._aliases.values()
                if alias.group_id is not None
            ]
            score, group_id = max(scored, default=(0.0, None), key=lambda each: each[0])
            if group_id is not None and score >= LIKELY:
                return Binding(text, "suggested", group_id=group_id, score=score)
            return Binding(text, "unknown")
        candidates = [(similarity(text, unit.name), unit.id) for unit in self.units.valid]
        candidates += [
            (similarity(text, alias.text), self.units.present(alias.unit_id))
            for alias in self._aliases.values()
            if alias.unit_id is not None
        ]
        score, unit_id = max(candidates, default=(0.0, None), key=lambda each: each[0])
        if unit_id is not None and score >= LIKELY:
            return Binding(text, "suggested", unit_id=unit_id, score=score)
        return Binding(text, "unknown")


def binder(work: Work, today: date) -> Binder:
    """The names in force on `today`."""
    return Binder(directory(work, today), work.unit_groups.all(), work.units.aliases())
