"""The rows a session adds, changes and removes for a while, as they were before, and all of it put back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session

from storage.snapshots import Values, plain, typed, typed_values, values_of
from storage.tables import Base
from storage.transactions import Work

Told = dict[str, list[dict[str, Any]]]
"""By table: {"key", "before", "after"}, each a mapping of columns; of a changed row those that changed.

`before` None: the row was added; `after` None: it was removed."""

TABLES: Mapping[str, type[Base]] = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}


class ChangedRows:
    """What a session flushes while it is watched; of a row changed twice the first state counts."""

    def __init__(self) -> None:
        self._before: dict[Base, Values | None] = {}
        self._removed: set[Base] = set()

    def told(self) -> Told:
        """All of it by table; rows that ended as they began are left out."""
        found: Told = {}
        for row, before in self._before.items():
            if before == {} or (before is None and row in self._removed):
                continue
            after = None if row in self._removed else {name: plain(getattr(row, name)) for name in before or ()}
            change = {"key": _key(row), "before": before, "after": after}
            found.setdefault(row.__tablename__, []).append(change)
        return found

    def _see(self, session: Session, _context: Any) -> None:
        for row in session.new:
            self._before.setdefault(row, None)
        for row in session.dirty:
            before = self._before.setdefault(row, {})
            if before is not None:
                self._before[row] = {**_old_values(row), **before}
        for row in session.deleted:
            self._removed.add(row)
            before = self._before.setdefault(row, {})
            if before is not None:
                self._before[row] = {**values_of(row), **before}


@contextmanager
def watching(work: Work) -> Iterator[ChangedRows]:
    """The rows that the block changes through the session; what waited to be flushed before is none of it."""
    work.flush()
    rows = ChangedRows()
    event.listen(work.session, "after_flush", rows._see)
    try:
        yield rows
        work.flush()
    finally:
        event.remove(work.session, "after_flush", rows._see)


def put_back_rows(work: Work, told: Told, *, kept: Collection[str]) -> None:
    """Make the rows what they were. Added ones are taken out, except of the tables `kept`; a column that somebody has
    changed again meanwhile stays as it is. One read a table."""
    for name, changes in told.items():
        due = [change for change in changes if change["before"] is not None or name not in kept]
        present = _present(work, TABLES[name], [change["key"] for change in due])
        for change in due:
            _put_back(work, TABLES[name], change, present.get(tuple(change["key"].values())))


def keys_of_added(told: Told, table: type[Base]) -> Sequence[Mapping[str, Any]]:
    """The keys of the rows of `table` that were added."""
    return [change["key"] for change in told.get(table.__tablename__, ()) if change["before"] is None]


def _put_back(work: Work, table: type[Base], change: Mapping[str, Any], row: Base | None) -> None:
    before, after = change["before"], change["after"]
    if before is None:
        if row is not None:
            work.session.delete(row)
    elif after is None:
        if row is None:
            work.session.add(table(**typed_values(table, before)))
    elif row is not None:
        for name, value in before.items():
            if plain(getattr(row, name)) == after[name]:
                setattr(row, name, typed(table, name, value))


def _present(work: Work, table: type[Base], keys: Sequence[Mapping[str, Any]]) -> dict[tuple[Any, ...], Base]:
    if not keys:
        return {}
    columns = [column for column in table.__table__.columns if column.key in keys[0]]
    among = (column.in_({typed(table, column.key, key[column.key]) for key in keys}) for column in columns)
    return {tuple(_key(row).values()): row for row in work.session.scalars(select(table).where(*among))}


def _key(row: Base) -> Values:
    return {column.key: plain(getattr(row, column.key)) for column in row.__table__.primary_key}


def _old_values(row: Base) -> Values:
    """What stood in the columns that are about to be written."""
    found: Values = {}
    for column in row.__table__.columns:
        old = inspect(row).attrs[column.key].history.deleted
        if old and column.key != "version":
            found[column.key] = plain(old[0])
    return found
