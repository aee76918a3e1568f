"""Bearer tokens."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from storage.repository import Repository
from storage.tables import AccessToken


class AccessTokens(Repository[AccessToken]):
    row = AccessToken

    def by_hash(self, digest: str) -> AccessToken | None:
        return self.session.scalars(select(AccessToken).where(AccessToken.hash == digest)).first()

    def of(self, person_id: UUID) -> Sequence[AccessToken]:
        """A person's tokens, the newest first."""
        query = select(AccessToken).where(AccessToken.person_id == person_id)
        return self.session.scalars(query.order_by(AccessToken.created_at.desc())).all()
