"""Who does what in a row: one unit leads, the others coordinate, and what had to be decided to get there is noted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from domain.errors import Conflict
from domain.text import capitalise
from office.directory import UnitEntry
from office.plan_values import roles_of
from office.units_binding import Binder
from storage.tables import Activity


@dataclass(frozen=True, slots=True)
class Share:
    """A unit's part: lead or coordinating; `note` is its role as printed, and why it has another part than printed."""

    unit_id: UUID
    part: str
    note: str = ""


def parts_of(activity: Activity, names: Binder, office_id: UUID) -> tuple[Share, ...]:
    """The shares of the row's units today, the lead's first; `office_id` is the department's office.

    Raises Conflict without a lead.
    """
    leads = [(name, names.units_of(names.bind(name))) for name in activity.lead]
    found = [(name, units) for name, units in leads if units]
    if not found:
        raise Conflict("Chưa rõ đơn vị chủ trì", "nobody leads this row")
    lead, others = _lead(found, office_id)
    coordinating = [unit for name in activity.coordinating for unit in names.units_of(names.bind(name))]
    department = names.units.department
    roles = _roles(activity, names)
    shares = {lead.unit_id: lead}
    for unit, note in (*others, *((unit, "") for unit in coordinating)):
        if unit.id not in shares and (department is None or unit.id != department.id):
            shares[unit.id] = Share(unit.id, "coordinating", note)
    return tuple(_with_role(share, roles.get(share.unit_id, ())) for share in shares.values())


def _roles(activity: Activity, names: Binder) -> dict[UUID, list[str]]:
    """The role notes printed in the row, by unit; a group's go to each of its members."""
    found: dict[UUID, list[str]] = {}
    for note in roles_of(activity):
        for unit in names.units_of(names.bind(note.unit)):
            found.setdefault(unit.id, []).append(note.role)
    return found


def _with_role(share: Share, roles: Iterable[str]) -> Share:
    words = capitalise("; ".join(dict.fromkeys(roles)))
    return replace(share, note=". ".join(part for part in (words, share.note) if part))


def _lead(found: list[tuple[str, tuple[UnitEntry, ...]]], office_id: UUID) -> tuple[Share, list[tuple[UnitEntry, str]]]:
    """The first named unit leads; of a group named alone its members coordinate and the office leads."""
    others: list[tuple[UnitEntry, str]] = []
    single = next((units[0] for _, units in found if len(units) == 1), None)
    for name, units in found:
        note = "Đồng chủ trì theo kế hoạch" if len(units) == 1 else f"Chủ trì theo kế hoạch là nhóm “{name}”"
        others += [(unit, note) for unit in units if single is None or unit.id != single.id]
    if single is not None:
        note = "Chủ trì chính; các đơn vị khác cùng chủ trì chuyển thành phối hợp" if others else ""
        return Share(single.id, "lead", note), others
    return Share(office_id, "lead", f"Điều phối nhóm “{found[0][0]}”"), others
