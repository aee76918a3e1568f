"""Rows as plain JSON values and back, so that a change can be taken back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Uuid, select

from storage.tables import Base
from storage.tables.base import Instant
from storage.transactions import Work

Values = dict[str, Any]


def values_of(row: Base) -> Values:
    """The row's columns by name, its version left out."""
    names = (column.key for column in row.__table__.columns)
    return {name: plain(getattr(row, name)) for name in names if name != "version"}


def values_among(work: Work, table: type[Base], ids: Collection[UUID]) -> list[Values]:
    """The same of those rows of `table` with these ids that are there, read past the session; one statement."""
    columns = [column for column in table.__table__.columns if column.key != "version"]
    rows = work.session.execute(select(*columns).where(table.__table__.columns["id"].in_(ids)))
    return [{name: plain(value) for name, value in row._mapping.items()} for row in rows]


def put_back(work: Work, table: type[Base], key: UUID, values: Values | None) -> None:
    """Make the row what `values` say: changed, added again, or taken out when they are None."""
    row = work.session.get(table, key)
    if values is None:
        if row is not None:
            work.session.delete(row)
        return
    if row is None:
        work.session.add(table(**typed_values(table, values)))
        return
    for name, value in values.items():
        setattr(row, name, typed(table, name, value))


def typed_values(table: type[Base], values: Values) -> Values:
    """Plain values of a row as its columns hold them."""
    return {name: typed(table, name, value) for name, value in values.items()}


def plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def typed(table: type[Base], name: str, value: Any) -> Any:
    """A plain value as the column holds it."""
    kind = table.__table__.columns[name].type
    if value is None:
        return None
    if isinstance(kind, Uuid):
        return UUID(value)
    if isinstance(kind, Instant):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value
