"""People and how they sign in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, or_, select

from storage.repository import Repository
from storage.tables import Person, Post, SignInFailure


class People(Repository[Person]):
    row = Person

    def all(self) -> Sequence[Person]:
        return self.session.scalars(select(Person).order_by(Person.login)).all()

    def by_login(self, login: str) -> Person | None:
        return self.session.scalars(select(Person).where(Person.login == login)).first()

    def by_email(self, email: str) -> Person | None:
        return self.session.scalars(select(Person).where(func.lower(Person.email) == email.lower())).first()

    def named(self, ids: Iterable[UUID]) -> dict[UUID, str]:
        """Names by id, for showing; one query."""
        wanted = list(set(ids))
        if not wanted:
            return {}
        query = select(Person.id, Person.name).where(Person.id.in_(wanted))
        return {row.id: row.name for row in self.session.execute(query)}

    def logins(self, ids: Iterable[UUID]) -> dict[UUID, str]:
        """Logins by id, for programs; one query."""
        wanted = list(set(ids))
        if not wanted:
            return {}
        query = select(Person.id, Person.login).where(Person.id.in_(wanted))
        return {row.id: row.login for row in self.session.execute(query)}

    def page(self, *, after: str | None = None, limit: int = 200) -> Sequence[Person]:
        """People by login; `after` is the last login of the page before."""
        query = select(Person) if after is None else select(Person).where(Person.login > after)
        return self.session.scalars(query.order_by(Person.login).limit(limit)).all()

    def of_unit(self, unit_id: UUID) -> Sequence[Person]:
        """People who ever held a post in the unit, by login."""
        query = select(Person).where(Person.id.in_(select(Post.person_id).where(Post.unit_id == unit_id)))
        return self.session.scalars(query.order_by(Person.login)).all()

    def search(self, folded: str, limit: int = 20) -> Sequence[Person]:
        """Active people whose folded name or login holds `folded`."""
        pattern = f"%{folded}%"
        found = or_(Person.name_folded.like(pattern), Person.login.like(pattern))
        query = select(Person).where(Person.active, found).order_by(Person.name_folded).limit(limit)
        return self.session.scalars(query).all()

    def failures_since(self, since: datetime, *, login: str | None = None, address: str | None = None) -> int:
        """How often sign-in failed for a login or from an address after `since`."""
        query = select(func.count()).select_from(SignInFailure).where(SignInFailure.at > since)
        if login is not None:
            query = query.where(SignInFailure.login == login)
        if address is not None:
            query = query.where(SignInFailure.address == address)
        return self.session.scalar(query) or 0

    def add_failure(self, failure: SignInFailure) -> SignInFailure:
        self.session.add(failure)
        return failure

    def forget_failures(self, *, login: str | None = None, before: datetime | None = None) -> None:
        """Delete failures of a login, or all older than `before`."""
        query = delete(SignInFailure)
        if login is not None:
            query = query.where(SignInFailure.login == login)
        if before is not None:
            query = query.where(SignInFailure.at < before)
        self.session.execute(query)
