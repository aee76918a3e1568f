"""The time: the wall clock's, or a virtual one that is a row in the database and the same for every process."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from domain.errors import Conflict
from storage.database import Database
from storage.transactions import reading, run_command

if TYPE_CHECKING:
    from engine.due import DueSource

MOST_ROUNDS = 1_000  # at one instant: what is due leads to more that is due then
PATIENCE_SECONDS = 60.0  # for what another worker is just doing


def wall_clock() -> datetime:
    """The time of the machine, in UTC; for leases, back-off and sessions, never for business."""
    return datetime.now(UTC)


def now(database: Database) -> datetime:
    """The business's time in UTC: the virtual clock's when there is one, else the wall clock's."""
    with reading(database) as work:
        return work.clocks.now() or wall_clock()


def start_virtual_clock(database: Database, at: datetime) -> datetime:
    """Set the virtual clock unless it runs already; what it shows."""
    run_command(database, lambda work: None if work.clocks.now() else work.clocks.move(at))
    return now(database)


def advance(database: Database, sources: Sequence[DueSource], until: datetime) -> int:
    """Move the virtual clock to `until`, stopping at each due instant to do what is due; how much that was.

    When it returns, everything due up to `until` has happened, in order.
    """
    total = settle(database, sources, now(database))
    while (due := _next_at(database, sources)) is not None and due <= until:
        at = max(due, now(database))
        _move(database, at)
        total += settle(database, sources, at)
    _move(database, until)
    return total


def settle(database: Database, sources: Sequence[DueSource], at: datetime) -> int:
    """Run the sources until nothing more is due at `at`. Raises Conflict when that never ends."""
    total, rounds, idle_since = 0, 0, time.monotonic()
    while (due := _next_at(database, sources)) is not None and due <= at:
        done = sum(source.run(database, at) for source in sources)
        total += done
        if done:
            rounds, idle_since = rounds + 1, time.monotonic()
            if rounds > MOST_ROUNDS:
                raise Conflict(
                    f"Việc đến hạn lúc {at.isoformat()} cứ sinh thêm việc đến hạn cùng lúc",
                    f"what is due at {at.isoformat()} leads to more that is due then, without end",
                )
        else:  # another worker is at it
            if time.monotonic() - idle_since > PATIENCE_SECONDS:
                raise Conflict("Việc đang chạy quá lâu", "a job goes on and on; the clock did not wait for its end")
            time.sleep(0.01)
    return total


def _next_at(database: Database, sources: Sequence[DueSource]) -> datetime | None:
    with reading(database) as work:
        return min((due for source in sources if (due := source.next_at(work)) is not None), default=None)


def _move(database: Database, at: datetime) -> None:
    run_command(database, lambda work: work.clocks.move(at))
