"""Timers: a tick claims what is due and enqueues it; firing is a job like any other, with its retries and incidents."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from engine.cases import taken_out
from engine.moments import moment
from engine.start_timers import fire_start_timer
from storage.database import Database
from storage.tables import Job
from storage.transactions import Work, run_command

FIRE = "timer.fire"
CLAIMED_AT_ONCE = 100
RETRIES = 5


class TimersDue:
    """The due source of timers."""

    def next_at(self, work: Work) -> datetime | None:
        """When the next one is due."""
        return work.timers.next_at()

    def run(self, database: Database, now: datetime) -> int:
        """Enqueue everything that is due; how many."""
        total = 0
        while claimed := run_command(database, lambda work: enqueue_due(work, now)):
            total += claimed
        return total


def enqueue_due(work: Work, now: datetime) -> int:
    """Claim what is due and write a job for each, in one transaction; two ticks at once get different ones."""
    due = work.timers.claim_due(now, CLAIMED_AT_ONCE)
    for timer in due:
        timer.enqueued_at = now
        work.jobs.add(
            Job(
                id=firing_of(timer.id, timer.due_at),
                instance_id=timer.instance_id,
                token_id=timer.token_id,
                timer_id=timer.id,
                element_id=timer.element_id,
                topic=FIRE,
                payload={"due_at": timer.due_at.isoformat()},
                state="ready",
                attempt=0,
                retries=RETRIES,
                created_at=timer.due_at,
            )
        )
    if due:
        work.database.job_added(work)
    return len(due)


def firing_of(timer_id: UUID, due_at: datetime) -> UUID:
    """The id of the job that fires the timer at this instant: a second one cannot be."""
    return uuid5(timer_id, due_at.isoformat())


def fire_timer(work: Work, timer_id: UUID, now: datetime) -> None:
    """Let what waits for the timer go on; one that was cancelled or is armed anew fires nothing."""
    timer = work.timers.locked(timer_id)
    if timer.ended_at is not None or timer.enqueued_at is None:
        return
    if timer.instance_id is None:
        fire_start_timer(work, timer, now)
        return
    assert timer.token_id is not None
    with taken_out(work, timer.instance_id, now) as case:
        case.fire(timer.token_id, moment(work, now))
