"""What a case waits for besides people, as rows: timers, messages and signals, jobs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from engine.running import Live
from engine.spiff.case import Wait
from storage.transactions import Work

DEFAULT_RETRIES = 3


def row_id(instance_id: UUID, key: str) -> UUID:
    """The id of a wait's row: the same wait always has the same."""
    return uuid5(instance_id, key)


def open_timers(work: Work, live: Live, waits: Sequence[Wait], now: datetime) -> None:
    """Write when they are due; one without an instant never fires."""
    rows = [_row(live, wait, now) | {"due_at": wait.due_at} for wait in waits if wait.due_at is not None]
    work.timers.write([{**row, "enqueued_at": None, "ended_at": None, "outcome": None} for row in rows])


def open_subscriptions(work: Work, live: Live, waits: Sequence[Wait], now: datetime) -> None:
    """Write what they wait for."""
    work.subscriptions.write(
        [
            _row(live, wait, now) | {"kind": wait.kind, "name": wait.name, "correlation": wait.correlation}
            for wait in waits
        ]
    )


def open_jobs(work: Work, live: Live, waits: Sequence[Wait], now: datetime) -> None:
    """Write the work and wake the workers when it is durable."""
    rows = [_row(live, wait, now) | _work_of(wait) for wait in waits]
    work.jobs.write(rows)
    if rows:
        work.database.job_added(work)


def close_waits(work: Work, live: Live, kind: str, keys: Collection[str], *, completed: bool, now: datetime) -> None:
    """What came or is waited for no longer; a completed job says so itself."""
    ids = [row_id(live.instance.id, key) for key in keys]
    if kind == "timer":
        work.timers.end(ids, "fired" if completed else "cancelled", now)
    elif kind in ("message", "signal"):
        work.subscriptions.remove(ids)
    elif kind == "job" and not completed:
        work.jobs.cancel(ids, now)


def _row(live: Live, wait: Wait, now: datetime) -> dict[str, Any]:
    return {
        "id": row_id(live.instance.id, wait.key),
        "instance_id": live.instance.id,
        "token_id": wait.token_id,
        "element_id": wait.element_id,
        "created_at": now,
    }


def _work_of(wait: Wait) -> dict[str, Any]:
    attributes = wait.attributes
    retries = attributes.get("retries")
    return {
        "topic": str(attributes.get("topic") or ""),
        "payload": dict(attributes.get("payload") or {}),
        "state": "ready",
        "attempt": 0,
        "retries": DEFAULT_RETRIES if retries in (None, "") else max(1, int(retries)),
        "due_at": None,
        "result": None,
        "error": None,
        "ended_at": None,
    }
