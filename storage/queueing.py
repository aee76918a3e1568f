"""Standing in line for a case, so that a replayed command is not beaten again and again.

On PostgreSQL a transaction sees the rows as they were at its first statement: waiting for a row inside it is in vain,
the row it then gets is no longer the one it saw. So a replay waits *before* its transaction begins, under an advisory
lock of its connection. SQLite needs none of it: its writers come one by one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from storage.database import ISOLATION, Database


@contextmanager
def in_line(database: Database, instance_ids: Collection[UUID]) -> Iterator[Connection | None]:
    """A connection that nobody else in line for these instances holds; None when there is nothing to wait for."""
    if database.is_sqlite or not instance_ids:
        yield None
        return
    with database.engine.connect() as connection:
        try:
            _outside_transactions(connection, *(func.pg_advisory_lock(_number(id)) for id in sorted(instance_ids)))
            yield connection
        finally:
            try:
                _outside_transactions(connection, func.pg_advisory_unlock_all())
            except SQLAlchemyError:
                connection.invalidate()  # a closed connection holds no lock
                raise


def _outside_transactions(connection: Connection, *calls: ColumnElement[Any]) -> None:
    connection.execution_options(isolation_level="AUTOCOMMIT")
    for call in calls:
        connection.execute(select(call))
    connection.rollback()
    connection.execution_options(isolation_level=ISOLATION)


def _number(instance_id: UUID) -> int:
    return int.from_bytes(instance_id.bytes[:8], signed=True)
