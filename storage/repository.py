"""What every repository can do with rows of its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, ClassVar, Generic, TypeVar

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from domain.errors import NotFound
from storage.tables import Base

R = TypeVar("R", bound=Base)
NAMES = {
    "access_token": ("mã truy cập", "access token"),
    "activity": ("dòng kế hoạch", "row of a plan"),
    "batch": ("đợt", "batch"),
    "contribution": ("ý kiến", "contribution"),
    "definition": ("quy trình", "definition"),
    "document": ("văn bản", "document"),
    "incident": ("điểm kẹt", "incident"),
    "instance": ("hồ sơ", "case"),
    "person": ("người", "person"),
    "plan": ("kế hoạch", "plan"),
    "unit": ("đơn vị", "unit"),
    "user_task": ("việc", "task"),
}
"""What people call the rows of a table: in Vietnamese and in English."""


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
            raise self._missing(key)
        return found

    def locked(self, key: Any) -> R:
        """The row as it is now, nobody else's until the transaction ends; raises NotFound."""
        if self.at_hand(key) in self.session.dirty:
            self.session.flush()  # what this transaction has changed itself is not to be read over
        found: R | None = self.session.get(self.row, key, with_for_update=True, populate_existing=True)
        if found is None:
            raise self._missing(key)
        return found

    def at_hand(self, key: Any) -> R | None:
        """The row if this transaction has read or made it already; nothing is asked of the database."""
        identity = self.row.__mapper__.identity_key_from_primary_key(key if isinstance(key, tuple) else (key,))
        found: R | None = self.session.identity_map.get(identity)
        if found is not None:
            return found
        made = (row for row in self.session.new if isinstance(row, self.row))
        return next((row for row in made if self.row.__mapper__.identity_key_from_instance(row) == identity), None)

    def _missing(self, key: Any) -> NotFound:
        vietnamese, english = NAMES.get(self.row.__tablename__, ("mục", self.row.__tablename__.replace("_", " ")))
        return NotFound(f"Không có {vietnamese} với mã {key}", f"there is no {english} {key}")

    def add(self, row: R) -> R:
        self.session.add(row)
        return row

    def delete(self, row: R) -> None:
        self.session.delete(row)

    def _write(self, rows: Sequence[Mapping[str, Any]], changing: tuple[str, ...]) -> None:
        """Insert the rows in one statement; of those that are there, change these columns."""
        if rows:
            dialect, table = self.session.connection().dialect.name, self.row.__table__
            self.session.execute(_upsert(dialect, table, changing), list(rows))


@cache
def _upsert(dialect: str, table: Any, changing: tuple[str, ...]) -> Any:
    insert: Any = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    return insert.on_conflict_do_update(
        index_elements=list(table.primary_key), set_={name: insert.excluded[name] for name in changing}
    )
