"""Many commands: a transaction each, stopped and resumed, what fails is reported and the others are done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.errors import Conflict
from engine.batches import Item, batch_handler, create_batch, resume_batch, run_batch, stop_batch
from engine.due import JobsDue
from storage.database import Database
from storage.tables import Batch, BatchItem, Clock
from storage.transactions import Work, reading, run_command
from tests.unit.engine.conftest import NOW, Engine

AtOnce = Callable[[Sequence[Callable[[], Any]]], list[Any]]


def make(database: Database, number: int) -> UUID:
    items = [Item(uuid4(), {"n": n}) for n in range(number)]
    return run_command(database, lambda work: create_batch(work, "count", "Đếm", items, now=NOW).id)


def row(database: Database, batch_id: UUID) -> Batch:
    with reading(database) as work:
        return work.batches.get(batch_id)


def write_number(work: Work, item: BatchItem, now: datetime) -> None:
    """Refuses the odd tens, writes a row for the others."""
    assert item.payload is not None
    if item.payload["n"] % 20 == 10:
        raise Conflict("số này không được", "not this one")
    work.clocks.add(Clock(id=item.payload["n"] + 100, now=now))


def run(database: Database, batch_id: UUID) -> None:
    run_batch(database, batch_id, write_number, lambda: NOW)


def written(database: Database) -> list[int]:
    with reading(database) as work:
        return [n for n in range(100) if work.clocks.find(n + 100) is not None]


def test_all_are_done_and_failures_are_reported(database: Database) -> None:
    batch_id = make(database, 25)
    run(database, batch_id)
    batch = row(database, batch_id)
    assert (batch.state, batch.done, batch.failed, batch.ended_at) == ("finished", 24, 1, NOW)
    assert written(database) == [n for n in range(25) if n != 10]
    with reading(database) as work:
        assert [(item.position, item.error) for item in work.batches.items(batch_id, state="failed")] == [
            (10, "số này không được")
        ]


def test_a_stopped_batch_begins_nothing_more_and_goes_on_where_it_stopped(database: Database) -> None:
    batch_id = make(database, 8)

    def stop_at_three(work: Work, item: BatchItem, now: datetime) -> None:
        write_number(work, item, now)
        if item.position == 3:
            stop_batch(work, batch_id)

    run_batch(database, batch_id, stop_at_three, lambda: NOW)
    assert (row(database, batch_id).state, written(database)) == ("stopped", [0, 1, 2, 3])
    run_command(database, lambda work: resume_batch(work, batch_id, NOW))
    run(database, batch_id)
    assert (row(database, batch_id).state, written(database)) == ("finished", list(range(8)))


def test_what_failed_can_be_tried_again(database: Database) -> None:
    batch_id = make(database, 12)
    run(database, batch_id)
    run_command(database, lambda work: resume_batch(work, batch_id, NOW, failed_too=True))
    run_batch(database, batch_id, lambda work, item, now: None, lambda: NOW)
    batch = row(database, batch_id)
    assert (batch.state, batch.done, batch.failed) == ("finished", 12, 0)


def test_two_runs_at_once_share_the_items(database: Database, another: Callable[[], Database], at_once: AtOnce) -> None:
    batch_id = make(database, 30)
    at_once([partial(run, database, batch_id), partial(run, another(), batch_id)])
    batch = row(database, batch_id)
    assert (batch.state, batch.done, batch.failed) == ("finished", 29, 1)
    assert written(database) == [n for n in range(30) if n != 10]


def test_a_batch_runs_in_the_background_as_a_job(engine: Engine) -> None:
    batch_id = make(engine.database, 5)
    handler = batch_handler(engine.database, {"count": write_number}, lambda: NOW)
    assert JobsDue({"batch": handler}).run(engine.database, NOW) == 1
    assert row(engine.database, batch_id).state == "finished"


def test_a_crash_in_between_repeats_no_item(database: Database) -> None:
    batch_id = make(database, 6)

    def crash_at_three(work: Work, item: BatchItem, now: datetime) -> None:
        write_number(work, item, now)
        if item.position == 3:
            raise MemoryError

    with pytest.raises(MemoryError):
        run_batch(database, batch_id, crash_at_three, lambda: NOW)
    assert written(database) == [0, 1, 2]
    run(database, batch_id)
    assert written(database) == list(range(6))
