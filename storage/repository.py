"""What every repository can do with rows of its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from domain.errors import NotFound
from storage.tables import Base

R = TypeVar("R", bound=Base)


class Repository(Generic[R]):
    """The rows of one table. Queries are methods of the subclasses, named in the words of the trade."""

    row: ClassVar[type[Any]]

    def __init__(self, session: Session) -> None:
        self.session = session

    def find(self, key: Any) -> R | None:
        """The row with this primary key, or None."""
        return self.session.get(self.row, key)

    def get(self, key: Any) -> R:
        """The row with this primary key; raises NotFound."""
        found = self.find(key)
        if found is None:
            raise NotFound("Không tìm thấy mục này", f"no {self.row.__tablename__} {key}")
        return found

    def locked(self, key: Any) -> R:
        """The row as it is now, nobody else's until the transaction ends; raises NotFound."""
        found: R | None = self.session.get(self.row, key, with_for_update=True, populate_existing=True)
        if found is None:
            raise NotFound("Không tìm thấy mục này", f"no {self.row.__tablename__} {key}")
        return found

    def at_hand(self, key: Any) -> R | None:
        """The row if this transaction has read or made it already; nothing is asked of the database."""
        identity = self.row.__mapper__.identity_key_from_primary_key(key if isinstance(key, tuple) else (key,))
        found: R | None = self.session.identity_map.get(identity)
        if found is not None:
            return found
        made = (row for row in self.session.new if isinstance(row, self.row))
        return next((row for row in made if self.row.__mapper__.identity_key_from_instance(row) == identity), None)

    def add(self, row: R) -> R:
        self.session.add(row)
        return row

    def delete(self, row: R) -> None:
        self.session.delete(row)

    def _write(self, rows: Sequence[Mapping[str, Any]], changing: Sequence[str]) -> None:
        """Insert the rows in one statement; of those that are there, change these columns."""
        if not rows:
            return
        table = self.row.__table__
        assert isinstance(table, Table)
        if self.session.connection().dialect.name == "sqlite":
            on_sqlite = sqlite.insert(table)
            new = on_sqlite.excluded
            statement: Any = on_sqlite.on_conflict_do_update(
                index_elements=list(table.primary_key), set_={name: new[name] for name in changing}
            )
        else:
            on_postgresql = postgresql.insert(table)
            other = on_postgresql.excluded
            statement = on_postgresql.on_conflict_do_update(
                index_elements=list(table.primary_key), set_={name: other[name] for name in changing}
            )
        self.session.execute(statement, list(rows))
