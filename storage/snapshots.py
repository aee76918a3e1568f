"""Rows as plain JSON values and back, so that a change can be taken back."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Uuid

from storage.tables import Base
from storage.transactions import Work

Values = dict[str, Any]


def values_of(row: Base) -> Values:
    """The row's columns by name, its version left out."""
    names = (column.key for column in row.__table__.columns)
    return {name: plain(getattr(row, name)) for name in names if name != "version"}


def put_back(work: Work, table: type[Base], key: UUID, values: Values | None) -> None:
    """Make the row what `values` say: changed, added again, or taken out when they are None."""
    row = work.session.get(table, key)
    if values is None:
        if row is not None:
            work.session.delete(row)
        return
    if row is None:
        work.session.add(table(**{name: typed(table, name, value) for name, value in values.items()}))
        return
    for name, value in values.items():
        setattr(row, name, typed(table, name, value))


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
    return date.fromisoformat(value) if isinstance(kind, Date) else value
