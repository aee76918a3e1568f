"""The whole database in one file, and back: a zip of JSON lines, a part a table, the same for SQLite and PostgreSQL."""

from __future__ import annotations

import base64
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Connection, Date, LargeBinary, Table, Uuid, func, select

from domain.errors import Conflict, Invalid
from storage import schema
from storage.database import Database
from storage.tables import metadata
from storage.tables.base import Instant
from storage.transactions import reading

REVISION = "revision"
AT_ONCE = 500


def write_backup(database: Database, place: Path) -> int:
    """Write every row, as one moment saw it; how many. Raises Conflict when the file is there already."""
    if place.exists():
        raise Conflict(f"{place} đã có", f"{place} is there already")
    part = place.with_name(place.name + ".part")
    rows = 0
    with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed, reading(database) as work:
            packed.writestr(REVISION, schema.revision(database) or "")
            for table in metadata.sorted_tables:
                with packed.open(table.name, "w", force_zip64=True) as lines:
                    for row in work.session.connection().execute(select(table)).mappings():
                        lines.write(_line(row))
                        rows += 1
        os.fsync(file.fileno())
    part.rename(place)
    return rows


def read_backup(database: Database, place: Path) -> int:
    """Put every row of the file into an empty database, all or nothing; how many.

    Raises Invalid for a file of another kind or version, Conflict for a database in use.
    """
    try:
        with zipfile.ZipFile(place) as packed:
            return _restore(database, packed)
    except (zipfile.BadZipFile, KeyError, orjson.JSONDecodeError) as error:
        raise Invalid(f"{place} không phải bản sao lưu của Bàn Giao", f"{place} is no backup: {error}") from error


def _restore(database: Database, packed: zipfile.ZipFile) -> int:
    schema.upgrade(database)
    kept, here = packed.read(REVISION).decode(), schema.revision(database)
    if kept != here:
        raise Invalid(
            f"Bản sao lưu thuộc phiên bản {kept or '?'}, cơ sở dữ liệu thuộc {here}",
            f"the backup is of version {kept or '?'}, the database of {here}",
        )
    rows = 0
    with database.engine.execution_options(writes=True).begin() as connection:
        _refuse_used(connection)
        for table in metadata.sorted_tables:
            with packed.open(table.name) as lines:
                for some in _in_portions(_parents_first(table, (_row(table, line) for line in lines))):
                    connection.execute(table.insert(), some)
                    rows += len(some)
    return rows


def _refuse_used(connection: Connection) -> None:
    for table in metadata.sorted_tables:
        if connection.scalar(select(func.count()).select_from(table)):
            raise Conflict(
                "Cơ sở dữ liệu đã có dữ liệu; chỉ khôi phục vào cơ sở dữ liệu trống",
                f"the database is in use ({table.name}); a backup is restored into an empty one",
            )


def _line(row: Mapping[Any, Any]) -> bytes:
    return orjson.dumps({str(name): _plain(value) for name, value in row.items()}) + b"\n"


def _plain(value: Any) -> Any:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _row(table: Table, line: bytes) -> dict[str, Any]:
    kept = orjson.loads(line)
    return {column.name: _typed(column.type, kept[column.name]) for column in table.columns}


def _typed(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, Uuid):
        return UUID(value)
    if isinstance(kind, Instant):
        return datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    return base64.b64decode(value) if isinstance(kind, LargeBinary) else value


def _parents_first(table: Table, rows: Iterator[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Rows that refer to rows of the same table come after those."""
    references = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    if not references:
        return rows
    waiting, ordered, there = list(rows), list[dict[str, Any]](), {None}
    while waiting:
        ready = [row for row in waiting if all(row[name] in there for name in references)]
        if not ready:
            raise Invalid(f"Bảng {table.name} trỏ vòng", f"rows of {table.name} refer to each other in a circle")
        there |= {row["id"] for row in ready}
        ordered += ready
        waiting = [row for row in waiting if row["id"] not in there]
    return ordered


def _in_portions(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    portion: list[dict[str, Any]] = []
    for row in rows:
        portion.append(row)
        if len(portion) == AT_ONCE:
            yield portion
            portion = []
    if portion:
        yield portion
