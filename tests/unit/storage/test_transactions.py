"""Commands: one transaction, replayed when somebody was first; reads change nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm.exc import StaleDataError

from domain.errors import Busy, NotFound
from storage.database import Database
from storage.tables import Batch, Clock, Definition, Form, Instance
from storage.transactions import Work, reading, run_command

AtOnce = Callable[[Sequence[Callable[[], Any]]], list[Any]]
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def clock(work: Work) -> Clock:
    return work.clocks.get(1)


def test_a_command_is_committed_at_its_end(database: Database) -> None:
    run_command(database, lambda work: work.clocks.add(Clock(id=1, now=NOW)))
    with reading(database) as work:
        assert clock(work).now == NOW


def test_a_refused_command_leaves_nothing(database: Database) -> None:
    def refuse(work: Work) -> None:
        work.clocks.add(Clock(id=1, now=NOW))
        work.flush()
        raise NotFound("không có", "none")

    with pytest.raises(NotFound):
        run_command(database, refuse)
    with reading(database) as work:
        assert work.clocks.find(1) is None


def test_what_waits_for_the_commit_happens_after_it_and_not_after_a_refusal(database: Database) -> None:
    seen: list[bool] = []

    def written() -> None:
        with reading(database) as other:
            seen.append(other.clocks.find(1) is not None)

    def command(work: Work) -> None:
        work.after_commit(written)
        work.clocks.add(Clock(id=1, now=NOW))

    run_command(database, command)
    assert seen == [True]

    def refused(work: Work) -> None:
        work.after_commit(written)
        raise NotFound("không có", "none")

    with pytest.raises(NotFound):
        run_command(database, refused)
    assert seen == [True]


def test_a_command_met_by_another_is_run_again(database: Database) -> None:
    tries: list[int] = []

    def command(work: Work) -> str:
        tries.append(1)
        if len(tries) < 3:
            raise StaleDataError
        return "done"

    assert run_command(database, command) == "done"
    assert len(tries) == 3


def test_after_five_tries_it_is_busy(database: Database) -> None:
    tries: list[int] = []

    def command(work: Work) -> None:
        tries.append(1)
        raise StaleDataError

    with pytest.raises(Busy):
        run_command(database, command)
    assert len(tries) == 5


def test_a_broken_constraint_that_stays_is_raised_as_itself(database: Database) -> None:
    def command(work: Work) -> None:
        work.forms.add(Form(key="a", version=1, name="", schema={}, deployed_at=NOW))

    run_command(database, command)
    with pytest.raises(IntegrityError):
        run_command(database, command)


def test_any_other_failure_is_not_tried_again(database: Database) -> None:
    tries: list[int] = []

    def command(work: Work) -> None:
        tries.append(1)
        work.clocks.add(Clock(id=1, now="no time"))  # type: ignore[arg-type]
        work.flush()

    with pytest.raises(StatementError):
        run_command(database, command)
    assert len(tries) == 1


def test_reading_sees_one_moment_and_writes_nothing(database: Database) -> None:
    run_command(database, lambda work: work.clocks.add(Clock(id=1, now=NOW)))
    with reading(database) as work:
        clock(work).now = NOW.replace(year=2030)
    with reading(database) as work:
        assert clock(work).now == NOW


def test_reading_does_not_wait_for_a_writer(database: Database) -> None:
    run_command(database, lambda work: work.clocks.add(Clock(id=1, now=NOW)))

    def command(work: Work) -> None:
        clock(work).now = NOW.replace(year=2027)
        work.flush()
        with reading(database) as other:
            assert clock(other).now == NOW

    run_command(database, command)


def test_counting_by_twenty_threads_loses_none(database: Database, at_once: AtOnce) -> None:
    batch_id = uuid4()
    row = Batch(id=batch_id, kind="count", title="", total=20, created_at=NOW)
    run_command(database, lambda work: work.batches.add(row))

    def count() -> None:
        for _ in range(20):
            try:
                run_command(database, add_one)
            except Busy:
                continue
            return
        raise AssertionError("never had its turn")

    def add_one(work: Work) -> None:
        work.batches.get(batch_id).done += 1

    at_once([count] * 20)
    with reading(database) as work:
        assert work.batches.get(batch_id).done == 20


def test_of_two_at_once_on_one_instance_the_second_sees_the_first(database: Database, at_once: AtOnce) -> None:
    """The replay stands in line for the case it met somebody on."""
    instance_id = run_command(database, make_instance)

    def add_one(work: Work) -> None:
        instance = work.instances.get(instance_id)
        work.met.add(instance_id)
        instance.revision += 1
        instance.record_count += 1

    at_once([lambda: run_command(database, add_one)] * 12)
    with reading(database) as work:
        assert work.instances.get(instance_id).record_count == 12


def make_instance(work: Work) -> object:
    definition = work.definitions.add(
        Definition(id=uuid4(), key="k", version=1, name="", xml=b"", processes=[], findings=[], deployed_at=NOW)
    )
    work.flush()
    instance = Instance(
        id=uuid4(), definition_id=definition.id, process_id="p", revision=1, head={}, bindings={}, started_at=NOW
    )
    work.instances.add(instance)
    return instance.id
