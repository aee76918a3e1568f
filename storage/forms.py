"""Forms, by key and version."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import func, select, tuple_

from storage.repository import Repository
from storage.tables import Form


class Forms(Repository[Form]):
    row = Form

    def newest(self, key: str) -> Form | None:
        query = select(Form).where(Form.key == key).order_by(Form.version.desc()).limit(1)
        return self.session.scalars(query).first()

    def newest_version(self, key: str) -> int | None:
        """Its number; None when there is no such form."""
        return self.session.scalar(select(func.max(Form.version)).where(Form.key == key))

    def version(self, key: str, version: int) -> Form | None:
        return self.session.scalars(select(Form).where(Form.key == key, Form.version == version)).first()

    def versions(self, wanted: Collection[tuple[str, int]]) -> Sequence[Form]:
        """The forms of these keys and versions, by key."""
        query = select(Form).where(tuple_(Form.key, Form.version).in_(wanted)).order_by(Form.key, Form.version)
        return self.session.scalars(query).all()
