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
    (with everything below them) this person is head or leader of."""

    person_id: UUID
    login: str
    name: str
    posts: tuple[Post, ...] = ()
    keys: frozenset[str] = frozenset()
    stood_in_keys: Mapping[str, UUID] = field(default_factory=dict)
    headed_units: frozenset[UUID] = frozenset()
    language: str = "vi"

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(post.role for post in self.posts)

    @property
    def unit_ids(self) -> frozenset[UUID]:
        return frozenset(post.unit_id for post in self.posts)

    def is_administrator(self) -> bool:
        return "administrator" in self.roles

    def is_designer(self) -> bool:
        return "designer" in self.roles
