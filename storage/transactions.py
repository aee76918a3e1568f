"""Commands and reads: one transaction each, opened and ended here and nowhere else."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from types import TracebackType
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from domain.errors import Busy
from storage.database import Database

T = TypeVar("T")

REPLAYED_SQLSTATES = frozenset({"40001", "40P01", "55P03"})  # serialization failure, deadlock, lock not available


class Work:
    """One transaction: a session, and what has to happen when it ends."""

    def __init__(self, database: Database, *, writes: bool = True) -> None:
        self.database = database
        self.session = Session(
            database.engine.execution_options(writes=writes), expire_on_commit=False, autoflush=False
        )
        self._after_commit: list[Callable[[], None]] = []
        self._after_rollback: list[Callable[[], None]] = []

    def after_commit(self, action: Callable[[], None]) -> None:
        """Do `action` once the transaction is durable: a wake-up, a case given back to the cache."""
        self._after_commit.append(action)

    def after_rollback(self, action: Callable[[], None]) -> None:
        self._after_rollback.append(action)

    def flush(self) -> None:
        """Send what has changed, so that later queries of this transaction see it."""
        self.session.flush()

    def __enter__(self) -> Work:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        try:
            if kind is None:
                self.session.commit()
            else:
                self.session.rollback()
        except BaseException:
            self.session.rollback()
            self._end(self._after_rollback)
            raise
        finally:
            self.session.close()
        self._end(self._after_commit if kind is None else self._after_rollback)

    @staticmethod
    def _end(actions: list[Callable[[], None]]) -> None:
        for action in actions:
            action()


def run_command(database: Database, command: Callable[[Work], T], *, attempts: int = 5) -> T:
    """Run `command` in one transaction; when somebody was first, roll back and run it again.

    A command has therefore no effect outside `work`. Raises Busy after `attempts`.
    """
    for attempt in range(attempts):
        try:
            with Work(database) as work:
                return command(work)
        except (StaleDataError, IntegrityError, DBAPIError) as error:
            if not _somebody_was_first(error):
                raise
            time.sleep(random.uniform(0, 0.02 * 2**attempt))  # spreads out those who met
    raise Busy(
        "Nhiều người đang cùng sửa việc này, thử lại sau giây lát",
        "too many people changed this at once; try again in a moment",
    )


def reading(database: Database) -> Work:
    """A transaction for reading only: `with reading(database) as work`. Plain BEGIN, no replay."""
    return Work(database, writes=False)


def _somebody_was_first(error: Exception) -> bool:
    if isinstance(error, (StaleDataError, IntegrityError)):
        return True  # a unique key taken by another command: its replay sees the row and says so
    if isinstance(error, OperationalError) and "database is locked" in str(error.orig):
        return True
    return getattr(getattr(error, "orig", None), "sqlstate", None) in REPLAYED_SQLSTATES
