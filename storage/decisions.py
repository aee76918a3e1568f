"""Decision tables deployed beside definitions."""

from __future__ import annotations

from sqlalchemy import func, select

from storage.repository import Repository
from storage.tables import Decision


class Decisions(Repository[Decision]):
    row = Decision

    def newest(self, key: str) -> Decision | None:
        query = select(Decision).where(Decision.key == key).order_by(Decision.version.desc()).limit(1)
        return self.session.scalars(query).first()

    def newest_version(self, key: str) -> int | None:
        """Its number; None when there is no such decision."""
        return self.session.scalar(select(func.max(Decision.version)).where(Decision.key == key))

    def version(self, key: str, version: int) -> Decision | None:
        return self.session.scalars(select(Decision).where(Decision.key == key, Decision.version == version)).first()
