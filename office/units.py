"""Units come, are renamed and merge; old papers keep the old names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID, uuid4

from domain.errors import Conflict, Invalid
from domain.text import fold_words, tidy
from storage.tables import Unit, UnitAlias, UnitName
from storage.transactions import Work

KINDS = ("department", "division", "subordinate", "external")


def add_unit(
    work: Work,
    code: str,
    name: str,
    *,
    short_name: str = "",
    kind: str = "division",
    parent_id: UUID | None = None,
    valid_from: date | None = None,
    has_accounts: bool = True,
    aliases: Iterable[str] = (),
) -> Unit:
    """A new unit under its first name. Raises Invalid for an unknown kind, Conflict for a code in use."""
    if kind not in KINDS:
        raise Invalid(f"Loại đơn vị “{kind}” không có", f"no unit kind {kind}")
    if work.units.by_code(code) is not None:
        raise Conflict(f"Mã đơn vị “{code}” đã có", f"unit code {code} is taken")
    unit = work.units.add(
        Unit(id=uuid4(), code=code, kind=kind, parent_id=parent_id, valid_from=valid_from, has_accounts=has_accounts)
    )
    work.flush()  # its name and aliases refer to it
    name = tidy(name)
    work.units.add_name(UnitName(unit_id=unit.id, name=name, short_name=short_name or name, valid_from=valid_from))
    for alias in aliases:
        learn_alias(work, alias, unit_id=unit.id)
    work.flush()
    return unit


def rename_unit(work: Work, unit_id: UUID, name: str, on: date, *, short_name: str = "") -> None:
    """From `on` the unit is called `name`; papers before keep the old name."""
    unit = work.units.get(unit_id)
    for old in work.units.names_of(unit.id):
        if old.valid_to is None or old.valid_to >= on:
            old.valid_to = on - timedelta(days=1)
    name = tidy(name)
    work.units.add_name(UnitName(unit_id=unit.id, name=name, short_name=short_name or name, valid_from=on))
    work.flush()


def merge_units(work: Work, unit_ids: Iterable[UUID], into: UUID, on: date) -> None:
    """From `on` the work of these units is done by `into`; posts in them end the day before."""
    successor = work.units.get(into)
    for unit_id in unit_ids:
        unit = work.units.get(unit_id)
        if unit.id == successor.id or _follows(work, successor, unit.id):
            raise Invalid("Đơn vị không thể nhập vào chính nó", "a unit cannot be merged into itself")
        unit.successor_id = successor.id
        unit.valid_to = on - timedelta(days=1)
    work.flush()


def learn_alias(work: Work, text: str, *, unit_id: UUID | None = None, group_id: UUID | None = None) -> None:
    """Remember that papers write a unit or a group as `text`; a later lesson replaces an earlier one."""
    folded = fold_words(text)
    if not folded:
        raise Invalid("Tên gọi để trống", "an empty alias")
    known = work.units.alias(folded)
    if known is None:
        work.units.add_alias(UnitAlias(unit_id=unit_id, group_id=group_id, text=tidy(text), folded=folded))
    else:
        known.unit_id, known.group_id, known.text = unit_id, group_id, tidy(text)
    work.flush()


def _follows(work: Work, unit: Unit, wanted: UUID) -> bool:
    seen = {unit.id}
    while unit.successor_id is not None and unit.successor_id not in seen:
        seen.add(unit.successor_id)
        unit = work.units.get(unit.successor_id)
    return wanted in seen
