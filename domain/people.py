"""Who is asking: a person with the posts they hold and those they stand in for, computed once a request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

ROLES = ("official", "head", "leader", "clerk", "designer", "administrator")


def candidate_key(unit_id: UUID, role: str) -> str:
    """The key under which work for `role` in a unit is offered: "<unit id hex>:<role>"."""
    return f"{unit_id.hex}:{role}"


@dataclass(frozen=True, slots=True)
class Post:
    """A role held in a unit, today."""

    unit_id: UUID
    role: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class User:
    """A signed-in person. `keys` are the candidate keys of own posts (and of predecessors of those units);
    `stood_in_keys` maps the keys held for somebody absent to that person's id; `headed_units` are the units
    (with everything below them) this person is head or leader of. `limited_stood_in` holds keys held for somebody
    absent in cases of one definition only, by its key; `preceded_units` went up into units of own posts."""

    person_id: UUID
    login: str
    name: str
    posts: tuple[Post, ...] = ()
    keys: frozenset[str] = frozenset()
    stood_in_keys: Mapping[str, UUID] = field(default_factory=dict)
    headed_units: frozenset[UUID] = frozenset()
    language: str = "vi"
    limited_stood_in: Mapping[str, Mapping[str, UUID]] = field(default_factory=dict)
    preceded_units: frozenset[UUID] = frozenset()

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(post.role for post in self.posts)

    @property
    def unit_ids(self) -> frozenset[UUID]:
        return frozenset(post.unit_id for post in self.posts)

    @property
    def all_unit_ids(self) -> frozenset[UUID]:
        """The units of own posts and their predecessors."""
        return self.unit_ids | self.preceded_units

    def stood_in_for(self, definition_key: str | None = None) -> Mapping[str, UUID]:
        """Keys held for somebody absent, by person: for all work, and for that definition when one is given."""
        if definition_key is None or definition_key not in self.limited_stood_in:
            return self.stood_in_keys
        return {**self.limited_stood_in[definition_key], **self.stood_in_keys}

    def is_administrator(self) -> bool:
        return "administrator" in self.roles

    def is_designer(self) -> bool:
        return "designer" in self.roles
