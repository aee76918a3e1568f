"""One database: its connections, what SQLite and PostgreSQL need to behave alike, and what lives beside it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import Connection

from domain.calendars import WorkingCalendar
from storage.cases import CaseCache
from storage.listeners import Listener

if TYPE_CHECKING:
    from storage.transactions import Work

LOCK_WAIT_SECONDS = 20
LOOK_AGAIN_SECONDS = 0.02
ISOLATION = "REPEATABLE READ"  # of PostgreSQL; SQLite's writers come one by one
CONNECTIONS_KEPT = 10
CONNECTIONS_MORE = 40  # for a moment, when everybody comes at once


def weekends_only(work: Work) -> WorkingCalendar:
    """A calendar without holidays, for a database nobody gave another one."""
    return WorkingCalendar()


def no_functions(work: Work, day: date) -> Mapping[str, Callable[..., Any]]:
    """Expressions know no office, in a database nobody gave one."""
    return {}


def wake_nobody(work: Work) -> None:
    """No queue is listening; workers find the jobs when they look."""


class Database:
    """A database by its SQLAlchemy URL (`sqlite:///path` or `postgresql+psycopg://…`).

    `listeners` are told of the engine's changes inside the transaction that makes them; `cases` keeps live cases;
    `calendar` gives the working days in force, as the transaction sees them, `functions` what expressions may ask
    of the office on a day; with `sends_mail` people are told by mail too; `job_added` is called inside the transaction
    that writes jobs, once, for a queue to wake its workers after the commit.
    """

    def __init__(
        self,
        url: str,
        *,
        listeners: Sequence[Listener] = (),
        cached_cases: int = 256,
        calendar: Callable[[Work], WorkingCalendar] = weekends_only,
        functions: Callable[[Work, date], Mapping[str, Callable[..., Any]]] = no_functions,
        sends_mail: bool = False,
    ) -> None:
        self.url = url
        self.listeners = tuple(listeners)
        self.cases = CaseCache(cached_cases)
        self.calendar = calendar
        self.functions = functions
        self.sends_mail = sends_mail
        self.job_added: Callable[[Work], None] = wake_nobody
        self.engine = _sqlite(url) if self.is_sqlite else _postgresql(url)

    @property
    def is_sqlite(self) -> bool:
        return make_url(self.url).get_backend_name() == "sqlite"

    def close(self) -> None:
        self.cases.clear()
        self.engine.dispose()


_POOL: dict[str, Any] = {"pool_size": CONNECTIONS_KEPT, "max_overflow": CONNECTIONS_MORE}


def _sqlite(url: str) -> Engine:
    path = make_url(url).database
    in_file = bool(path) and path != ":memory:"
    if path and in_file:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    arguments = {"timeout": LOCK_WAIT_SECONDS, "check_same_thread": False}
    engine = create_engine(url, connect_args=arguments, **(_POOL if in_file else {}))

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        cursor = connection.cursor()
        _use_wal(cursor)
        cursor.execute("PRAGMA synchronous=FULL")  # NORMAL loses the last commits when the power goes
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _use_wal(cursor: sqlite3.Cursor) -> None:
    """Readers beside a writer. The file remembers it; of several who open a new file at once SQLite lets one say so
    and tells the others at once that it is locked, without the usual waiting."""
    for _ in range(int(LOCK_WAIT_SECONDS / LOOK_AGAIN_SECONDS)):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(LOOK_AGAIN_SECONDS)
        else:
            return
    raise sqlite3.OperationalError("database is locked: somebody keeps it from write-ahead logging")


def _postgresql(url: str) -> Engine:
    return create_engine(
        url,
        isolation_level=ISOLATION,
        pool_pre_ping=True,
        **_POOL,
        connect_args={"options": f"-c lock_timeout={LOCK_WAIT_SECONDS}s -c timezone=UTC"},
    )
