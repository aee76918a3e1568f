"""How a person stands to a case: through its open tasks, through their units, through what they did in it."""

from __future__ import annotations

from uuid import UUID

from domain.people import User
from domain.rights import Relation, relations_to_units
from engine.standing import standing
from storage.involvement import has_acted_in_case, open_tasks_in_case, units_in_case
from storage.transactions import Work


def relations_to_instance(work: Work, user: User, instance_id: UUID) -> frozenset[Relation]:
    """Relations of `user` to the case, for `domain.rights.may`. Raises NotFound."""
    work.instances.get(instance_id)
    found: set[Relation] = set(relations_to_units(user, units_in_case(work, instance_id)))
    for task in open_tasks_in_case(work, instance_id):
        found |= standing(user, task)
    if has_acted_in_case(work, instance_id, user.person_id):
        found.add("involved")
    return frozenset(found)
