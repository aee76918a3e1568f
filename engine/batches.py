"""Many commands of one kind under one row: a transaction each, with progress, stop, resume and a report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from domain.errors import BangiaoError
from engine.jobs import Handler, Job
from storage.database import Database
from storage.tables import Batch, BatchItem
from storage.tables import Job as JobRow
from storage.transactions import Work, reading, run_command

TOPIC = "batch"

Command = Callable[[Work, BatchItem, datetime], None]
"""What is done for one item, inside its transaction. A BangiaoError it raises becomes the item's report."""


@dataclass(frozen=True, slots=True)
class Item:
    """What one command is about."""

    noun_id: UUID
    payload: Mapping[str, Any] | None = None


def create_batch(
    work: Work,
    kind: str,
    title: str,
    items: Sequence[Item],
    *,
    subject_id: UUID | None = None,
    by: UUID | None = None,
    now: datetime,
) -> Batch:
    """Write the batch and its items, and a job that runs it in the background."""
    batch = work.batches.add(
        Batch(
            id=uuid4(),
            kind=kind,
            title=title,
            subject_id=subject_id,
            state="running",
            total=len(items),
            done=0,
            failed=0,
            created_at=now,
            created_by=by,
        )
    )
    work.flush()  # its items refer to it
    work.batches.add_items(
        [
            BatchItem(
                batch_id=batch.id,
                position=position,
                noun_id=item.noun_id,
                payload=None if item.payload is None else dict(item.payload),
                state="ready",
            )
            for position, item in enumerate(items)
        ]
    )
    _enqueue(work, batch, now)
    return batch


def stop_batch(work: Work, batch_id: UUID) -> Batch:
    """Begin no further item; those done stay done. Raises NotFound."""
    batch = work.batches.locked(batch_id)
    if batch.state == "running":
        batch.state = "stopped"
    return batch


def resume_batch(work: Work, batch_id: UUID, now: datetime, *, failed_too: bool = False) -> Batch:
    """Go on with what is left, with `failed_too` also with what failed. Raises NotFound."""
    batch = work.batches.locked(batch_id)
    if failed_too:
        work.batches.rearm_failed(batch_id)
        work.batches.count(batch_id)
    if batch.state != "running" and work.batches.next_position(batch_id) is not None:
        batch.state, batch.ended_at = "running", None
        _enqueue(work, batch, now)
    return batch


def run_batch(database: Database, batch_id: UUID, command: Command, now: Callable[[], datetime]) -> None:
    """Do the items left, one transaction each, until all are done or somebody stops the batch.

    Two runs at once share the items. An item is done together with its command, so a crash repeats none.
    """
    while (position := _next(database, batch_id)) is not None:
        try:
            run_command(database, partial(_do_item, batch_id=batch_id, position=position, command=command, now=now()))
        except BangiaoError as error:
            run_command(database, partial(_fail_item, batch_id=batch_id, position=position, message=error.words))
    run_command(database, lambda work: _finish(work, batch_id, now()))


def batch_handler(database: Database, commands: Mapping[str, Command], now: Callable[[], datetime]) -> Handler:
    """The handler of the topic `batch`: runs a batch by the command of its kind."""

    def run(job: Job) -> None:
        run_batch(database, UUID(job.payload["batch_id"]), commands[job.payload["kind"]], now)

    return run


def _enqueue(work: Work, batch: Batch, now: datetime) -> None:
    work.jobs.add(
        JobRow(
            id=uuid4(),
            batch_id=batch.id,
            topic=TOPIC,
            payload={"batch_id": str(batch.id), "kind": batch.kind},
            state="ready",
            attempt=0,
            retries=5,
            created_at=now,
        )
    )
    work.database.job_added(work)


def _next(database: Database, batch_id: UUID) -> int | None:
    with reading(database) as work:
        if work.batches.get(batch_id).state != "running":
            return None
        return work.batches.next_position(batch_id)


def _do_item(work: Work, batch_id: UUID, position: int, command: Command, now: datetime) -> None:
    item = work.batches.locked_item(batch_id, position)
    if item.state != "ready":
        return
    command(work, item, now)
    item.state = "done"
    work.flush()
    work.batches.count(batch_id)


def _fail_item(work: Work, batch_id: UUID, position: int, message: str) -> None:
    item = work.batches.locked_item(batch_id, position)
    if item.state == "ready":
        item.state, item.error = "failed", message
        work.flush()
        work.batches.count(batch_id)


def _finish(work: Work, batch_id: UUID, now: datetime) -> None:
    batch = work.batches.locked(batch_id)
    if batch.state == "running" and work.batches.next_position(batch_id) is None:
        work.batches.count(batch_id)
        batch.state, batch.ended_at = "finished", now
