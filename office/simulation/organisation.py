"""An invented office for a plan: every unit the document names, with people who sign in nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

from domain.plans import PlanReading
from domain.text import fold_words
from office.people import add_person, give_post
from office.unit_groups import add_group
from office.unit_names import is_group_name, kind_by_name, kinds_in_group
from office.units import add_unit, learn_alias
from storage.transactions import Work

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương", "Lý")
MIDDLE = ("Văn", "Thị", "Minh", "Quang", "Thanh", "Đức", "Hải", "Ngọc")
GIVEN = (
    "An",
    "Bình",
    "Chi",
    "Dũng",
    "Giang",
    "Hà",
    "Khôi",
    "Lan",
    "Minh",
    "Nam",
    "Oanh",
    "Phúc",
    "Quân",
    "Sơn",
    "Thảo",
)
OFFICE = "Văn phòng Sở"
INVENTED_DIVISIONS = ("Phòng Chuyên môn I", "Phòng Chuyên môn II", "Phòng Chuyên môn III", "Phòng Chuyên môn IV")
INVENTED_SUBORDINATES = ("Chi cục Yên Hà I", "Chi cục Yên Hà II", "Trung tâm Yên Hà")
LEAST_DIVISIONS, LEAST_SUBORDINATES = 5, 3
STAFF = (("head", 1), ("official", 2))


@dataclass(frozen=True, slots=True)
class Invented:
    """What was made: the department, its office, and who administers."""

    department_id: UUID
    office_id: UUID
    administrator_id: UUID
    units: int


def invent_organisation(work: Work, reading: PlanReading, random: Random, now: datetime) -> Invented:
    """Make the units and groups the plan names, people in each, and members enough for its groups."""
    names = _named(reading)
    department_name = reading.plan.issuer or "Sở Yên Hà"
    department = add_unit(work, "SO", department_name, kind="department")
    leads = {fold_words(name) for row in reading.activities for name in row.lead}
    made: dict[str, list[UUID]] = {"division": [], "subordinate": [], "external": []}
    folded = {fold_words(department_name)}
    wanted = [OFFICE, *(name for name in names if not _is_group(name))]
    for kind, least, spare in (
        ("division", LEAST_DIVISIONS, INVENTED_DIVISIONS),
        ("subordinate", LEAST_SUBORDINATES, INVENTED_SUBORDINATES),
    ):
        have = sum(_kind(name, leads) == kind for name in wanted)
        wanted += spare[: max(0, least - have)]
    for name in wanted:
        if fold_words(name) in folded:
            continue
        folded.add(fold_words(name))
        kind = _kind(name, leads)
        is_asked_by_letter = kind == "external" and fold_words(name) not in leads
        unit = add_unit(
            work,
            f"{kind[0].upper()}{len(made[kind]) + 1:02d}",
            name,
            kind=kind,
            parent_id=None if kind == "external" else department.id,
            has_accounts=not is_asked_by_letter,
        )
        made[kind].append(unit.id)
        if not is_asked_by_letter:
            for role, count in STAFF:
                for _ in range(count):
                    _employ(work, random, unit.id, role, now)
    for number, name in enumerate((name for name in names if _is_group(name)), start=1):
        group = add_group(work, f"G{number:02d}", name, {"kinds": list(kinds_in_group(name))})
        learn_alias(work, name, group_id=group.id)
    office_id = made["division"][0]
    for role in ("leader", "leader"):
        _employ(work, random, department.id, role, now)
    _employ(work, random, office_id, "clerk", now)
    administrator_id = _employ(work, random, office_id, "administrator", now)
    return Invented(department.id, office_id, administrator_id, 1 + sum(map(len, made.values())))


def _named(reading: PlanReading) -> list[str]:
    """Every unit and group the rows name, once, in document order."""
    found: dict[str, str] = {}
    for row in reading.activities:
        for name in (*row.lead, *row.coordinating):
            found.setdefault(fold_words(name), name)
    return list(found.values())


def _is_group(name: str) -> bool:
    """A group of the department's own units; one of outsiders is a body that is asked as one."""
    return is_group_name(name) and bool(kinds_in_group(name))


def _kind(name: str, leads: Iterable[str]) -> str:
    return "external" if is_group_name(name) else kind_by_name(name)


def _employ(work: Work, random: Random, unit_id: UUID, role: str, now: datetime) -> UUID:
    name = " ".join(random.choice(part) for part in (FAMILY, MIDDLE, GIVEN))
    person = add_person(work, f"mo-phong-{random.randrange(16**8):08x}", name, now)
    give_post(work, person.id, unit_id, role)
    return person.id
