"""What every repository can do with rows of its kind."""

from __future__ import annotations

from typing import Any, ClassVar, Generic, TypeVar

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

    def add(self, row: R) -> R:
        self.session.add(row)
        return row

    def delete(self, row: R) -> None:
        self.session.delete(row)
