"""Roles held in units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from storage.repository import Repository
from storage.tables import Person, Post


class Posts(Repository[Post]):
    row = Post

    def of(self, person_ids: Iterable[UUID], day: date) -> Sequence[Post]:
        """Posts these people hold on `day`."""
        query = select(Post).where(Post.person_id.in_(list(person_ids)), *_valid(day))
        return self.session.scalars(query.order_by(Post.id)).all()

    def all_of(self, person_id: UUID) -> Sequence[Post]:
        """Every post of a person, past ones too."""
        return self.session.scalars(select(Post).where(Post.person_id == person_id).order_by(Post.id)).all()

    def holders(self, unit_id: UUID, role: str, day: date) -> Sequence[Person]:
        """Active people who hold `role` in the unit on `day`, by login."""
        query = select(Person).join(Post, Post.person_id == Person.id)
        query = query.where(Post.unit_id == unit_id, Post.role == role, Person.active, *_valid(day))
        return self.session.scalars(query.order_by(Person.login)).all()

    def with_people(self, day: date) -> Sequence[tuple[Post, Person]]:
        """Every post held on `day` beside its active person."""
        query = select(Post, Person).join(Person, Post.person_id == Person.id).where(Person.active, *_valid(day))
        return [(post, person) for post, person in self.session.execute(query.order_by(Person.login))]

    def units_with(self, role: str, day: date) -> Sequence[UUID]:
        """Units in which somebody holds `role` on `day`."""
        query = select(Post.unit_id).where(Post.role == role, *_valid(day)).distinct()
        return self.session.scalars(query).all()


def _valid(day: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (
        or_(Post.valid_from.is_(None), Post.valid_from <= day),
        or_(Post.valid_to.is_(None), Post.valid_to >= day),
    )
