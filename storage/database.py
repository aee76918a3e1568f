"""One database: its connections, what SQLite and PostgreSQL need to behave alike, and what lives beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import Connection

from storage.cases import CaseCache
from storage.listeners import Listener

LOCK_WAIT_SECONDS = 20


class Database:
    """A database by its SQLAlchemy URL (`sqlite:///path` or `postgresql+psycopg://…`).

    `listeners` are told of the engine's changes inside the transaction that makes them; `cases` keeps live cases.
    """

    def __init__(self, url: str, *, listeners: Sequence[Listener] = (), cached_cases: int = 256) -> None:
        self.url = url
        self.listeners = tuple(listeners)
        self.cases = CaseCache(cached_cases)
        self.engine = _sqlite(url) if self.is_sqlite else _postgresql(url)

    @property
    def is_sqlite(self) -> bool:
        return make_url(self.url).get_backend_name() == "sqlite"

    def close(self) -> None:
        self.cases.clear()
        self.engine.dispose()


def _sqlite(url: str) -> Engine:
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": LOCK_WAIT_SECONDS, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")  # NORMAL loses the last commits when the power goes
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql(url: str) -> Engine:
    return create_engine(
        url,
        isolation_level="REPEATABLE READ",
        pool_pre_ping=True,
        connect_args={"options": f"-c lock_timeout={LOCK_WAIT_SECONDS}s -c timezone=UTC"},
    )
