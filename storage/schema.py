"""The schema: brought up to date, and compared with what the code expects.

A new step of its history is written with `python -m storage.schema "what changes"` after editing `storage/tables/`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, inspect, select
from sqlalchemy.engine import Connection

from storage.database import Database
from storage.tables import metadata

MIGRATIONS = Path(__file__).parent / "migrations"
_UPGRADE_LOCK = 0x42616E6769616F  # one upgrade at a time, on PostgreSQL


def upgrade(database: Database, to: str = "head") -> None:
    """Bring the schema to the newest version, or `to` an earlier one; several processes may try at once."""
    with _changing(database) as connection:
        command.upgrade(_config(connection), to)


def is_current(database: Database) -> bool:
    """Whether the schema stands at the newest version."""
    current = revision(database)
    return current is not None and current == ScriptDirectory(str(MIGRATIONS)).get_current_head()


def revision(database: Database) -> str | None:
    """The version the schema stands at; None without one."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_empty(database: Database) -> bool:
    """Whether nothing was ever created here."""
    with database.engine.connect() as connection:
        return not inspect(connection).get_table_names()


def differences(database: Database) -> list[Any]:
    """What Alembic would still change to reach the tables of `storage.tables`."""
    with database.engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))


def write_migration(message: str) -> None:
    """Write the file that leads from the newest version to `storage.tables`, for a person to read and correct."""
    database = Database("sqlite://")
    try:
        with _changing(database) as connection:
            config = _config(connection)
            command.upgrade(config, "head")
            number = f"{len(list((MIGRATIONS / 'versions').glob('[0-9]*.py'))) + 1:04}"
            command.revision(config, message, autogenerate=True, rev_id=number)
    finally:
        database.close()


@contextmanager
def _changing(database: Database) -> Iterator[Connection]:
    options: dict[str, Any] = {"writes": True} if database.is_sqlite else {"isolation_level": "READ COMMITTED"}
    with database.engine.execution_options(**options).begin() as connection:
        if not database.is_sqlite:
            connection.execute(select(func.pg_advisory_xact_lock(_UPGRADE_LOCK)))
        yield connection


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


if __name__ == "__main__":
    write_migration(sys.argv[1])
