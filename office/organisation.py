"""Who a person is today: posts, what they stand in for, and the units they lead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from domain.errors import NotFound
from domain.people import Post as HeldPost
from domain.people import User, candidate_key
from office.directory import Directory, directory
from storage.tables import Person, Post, Substitution
from storage.transactions import Work

LEADS = frozenset({"head", "leader"})
NOT_HANDED_ON = frozenset({"designer", "administrator"})
"""Roles nobody takes over by standing in: they concern the system, not the work."""


def user_of(work: Work, person_id: UUID, today: date) -> User:
    """The person with their keys on `today`, in four statements. Raises NotFound also for a person not active."""
    person = work.people.find(person_id)
    if person is None or not person.active:
        raise NotFound("Không tìm thấy tài khoản này", f"no active person {person_id}")
    return users_of(work, [person], today)[0]


def users_of(work: Work, people: Sequence[Person], today: date) -> list[User]:
    """These people with their keys on `today`, in their order; three statements, however many they are."""
    substitutions = work.substitutions.by_substitutes([person.id for person in people], today)
    holders = {person.id for person in people} | {each.person_id for each in substitutions}
    posts, units = work.posts.of(holders, today), directory(work, today)
    stood_in = {person.id: [each for each in substitutions if each.substitute_id == person.id] for person in people}
    return [user_from(person, posts, stood_in[person.id], units) for person in people]


def user_from(person: Person, posts: Sequence[Post], substitutions: Sequence[Substitution], units: Directory) -> User:
    """The user these rows make; `posts` are the person's and those of everybody they stand in for."""
    own = [post for post in posts if post.person_id == person.id]
    whole = [each.person_id for each in substitutions if each.definition_key is None]
    led = {post.unit_id for post in posts if post.role in LEADS and post.person_id in {person.id, *whole}}
    limited: dict[str, dict[str, UUID]] = {}
    for each in substitutions:
        if each.definition_key is not None:
            limited.setdefault(each.definition_key, {}).update(_keys_of([each.person_id], posts, units))
    return User(
        person_id=person.id,
        login=person.login,
        name=person.name,
        posts=tuple(HeldPost(post.unit_id, post.role, post.title) for post in own),
        keys=frozenset(key for post in own for key in _keys(post, units)),
        stood_in_keys=_keys_of(whole, posts, units),
        headed_units=units.below(led | units.predecessors(led)),
        language=person.language,
        limited_stood_in=limited,
        preceded_units=units.predecessors(post.unit_id for post in own),
    )


def clerk_unit(work: Work, units: Directory, today: date) -> UUID | None:
    """The unit whose clerks number the department's papers: the nearest to the department that has one."""
    department = units.department
    below = units.below([department.id]) if department else frozenset()
    holding = [unit_id for unit_id in work.posts.units_with("clerk", today) if unit_id in below]
    order = {"department": 0, "division": 1}
    return min(holding, key=lambda each: (order.get(units.get(each).kind, 2), units.get(each).code), default=None)


def _keys_of(absent: Iterable[UUID], posts: Sequence[Post], units: Directory) -> dict[str, UUID]:
    return {
        key: person_id
        for person_id in absent
        for post in posts
        if post.person_id == person_id and post.role not in NOT_HANDED_ON
        for key in _keys(post, units)
    }


def _keys(post: Post, units: Directory) -> Iterable[str]:
    return (candidate_key(unit_id, post.role) for unit_id in {post.unit_id, *units.predecessors([post.unit_id])})
