"""State of instances, one row a node."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from sqlalchemy import Row, delete, select

from storage.repository import Repository
from storage.tables import Token

StoredToken = Row[UUID, int, bytes | None]
TokenValues = tuple[UUID, int, bytes | None]
"""(id, position, body) of a token."""


class Tokens(Repository[Token]):
    row = Token

    def write(self, instance_id: UUID, revision: int, rows: Iterable[tuple[UUID, int, bytes | None]]) -> None:
        """Keep these (id, position, body) under the revision that made them; a body of None marks a removed one."""
        values = [
            {"instance_id": instance_id, "id": id, "revision": revision, "position": position, "body": body}
            for id, position, body in rows
        ]
        self._write(values, ("revision", "position", "body"))

    def of(self, instance_id: UUID) -> Sequence[StoredToken]:
        """All that are there, parents first."""
        query = (
            select(Token.id, Token.position, Token.body)
            .where(Token.instance_id == instance_id, Token.body.is_not(None))
            .order_by(Token.position)
        )
        return self.session.execute(query).all()

    def among(self, instance_id: UUID, ids: Collection[UUID]) -> dict[UUID, tuple[int, bytes | None]]:
        """The (position, body) of these tokens, removed ones too."""
        query = select(Token.id, Token.position, Token.body).where(Token.instance_id == instance_id, Token.id.in_(ids))
        return {id: (position, body) for id, position, body in self.session.execute(query)}

    def of_many(self, instance_ids: Collection[UUID]) -> dict[UUID, list[TokenValues]]:
        """The same by instance, one statement for all; an instance without any is left out."""
        query = (
            select(Token.instance_id, Token.id, Token.position, Token.body)
            .where(Token.instance_id.in_(instance_ids), Token.body.is_not(None))
            .order_by(Token.instance_id, Token.position)
        )
        found: dict[UUID, list[TokenValues]] = {}
        for instance_id, id, position, body in self.session.execute(query):
            found.setdefault(instance_id, []).append((id, position, body))
        return found

    def newer(self, instance_id: UUID, revision: int) -> Sequence[StoredToken]:
        """Those written after this revision, the removed ones too."""
        query = select(Token.id, Token.position, Token.body).where(
            Token.instance_id == instance_id, Token.revision > revision
        )
        return self.session.execute(query).all()

    def prune(self, instance_id: UUID, revision: int) -> None:
        """Drop the marks of those removed before this revision."""
        self.session.execute(
            delete(Token)
            .where(Token.instance_id == instance_id, Token.body.is_(None), Token.revision < revision)
            .execution_options(synchronize_session=False)
        )

    def forget(self, instance_id: UUID) -> None:
        """Drop every row, to be written anew."""
        self.session.execute(delete(Token).where(Token.instance_id == instance_id))
