"""Jobs: work that happens outside any transaction. Claimed under a lease, done by a handler, its result recorded.

The row is the truth. `attempt` counts the claims and fences off a worker that comes back after its lease: it may have
done the work, but it records nothing. A job whose result is recorded already (its case was suspended meanwhile) is not
done again.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

from domain.errors import BangiaoError, BpmnError, Conflict, Invalid
from domain.words import Words
from engine.cases import taken_out
from engine.failures import add_incident
from engine.moments import moment
from engine.running import hold_instance
from engine.timers import FIRE, fire_timer
from storage.database import Database
from storage.tables import Incident
from storage.tables import Job as JobRow
from storage.transactions import Work, run_command

LEASE = timedelta(minutes=1)  # a living worker renews it; a dead one keeps its job no longer
FIRST_BACK_OFF = timedelta(seconds=10)
LONGEST_BACK_OFF = timedelta(hours=1)
LONGEST_DETAIL = 20_000  # letters of a traceback


@dataclass(frozen=True, slots=True)
class Job:
    """What a handler is told. `id` is the idempotency key: the same job may be handed out again after a crash."""

    id: UUID
    instance_id: UUID | None
    topic: str
    payload: Mapping[str, Any]
    attempt: int
    element_id: str | None


Handler = Callable[[Job], Mapping[str, Any] | None]
Clock = Callable[[], datetime]


class LeaseLost(Conflict):
    """Another worker has taken the job over; what this one did counts no more."""


def claim_job(work: Work, worker: str, wall: datetime) -> Job | None:
    """The next job to be done now, leased to `worker`; `wall` is the wall clock. None when there is none."""
    row = work.jobs.claim_ready(wall)
    if row is None:
        row = work.jobs.claim_abandoned(wall)
        if row is not None and row.result is None and not _has_another_try(work, row, wall):
            return None
    if row is None:
        return None
    row.state, row.attempt = "running", row.attempt + 1
    row.locked_by, row.locked_until = worker, wall + LEASE
    return Job(row.id, row.instance_id, row.topic, row.payload, row.attempt, row.element_id)


def run_job(database: Database, handlers: Mapping[str, Handler], job: Job, *, clock: Clock, wall: Clock) -> None:
    """Do a claimed job and record what came of it; `clock` is the business's time, `wall` the wall clock's."""
    try:
        _do(database, handlers, job, clock)
    except LeaseLost:
        return
    except Exception as error:  # noqa: BLE001 - the one place where whatever went wrong becomes an incident
        run_command(database, partial(fail_job, job=job, error=error, now=clock(), wall=wall()))


def finish_job(work: Work, job: Job, result: Mapping[str, Any], now: datetime) -> None:
    """The work is done: the case goes on with its result. Raises LeaseLost."""
    row = _leased(work, job)
    if row.instance_id is not None and row.token_id is not None:
        if hold_instance(work, row.instance_id).status == "suspended":
            row.state, row.result = "ready", dict(result)  # taken up again when the case is resumed
            return
        with taken_out(work, row.instance_id, now) as case:
            case.finish_job(row.token_id, result, moment(work, now))
    _end(row, now)
    row.result = dict(result)


def finish_job_with_error(work: Work, job: Job, code: str, now: datetime) -> bool:
    """The handler raised a business error: a boundary event goes on with it; False when none catches it."""
    row = _leased(work, job)
    if row.instance_id is None or row.token_id is None:
        return False
    with taken_out(work, row.instance_id, now) as case:
        if not case.fail_job(row.token_id, code, moment(work, now)):
            return False
    _end(row, now)
    row.error = code
    return True


def fail_job(work: Work, job: Job, error: Exception, now: datetime, wall: datetime) -> None:
    """The attempt failed: another one after a while, or an incident after the last, or when trying again is no use."""
    row = work.jobs.locked(job.id)
    if row.state != "running" or row.attempt != job.attempt:
        return
    words = error.words if isinstance(error, BangiaoError) else Words(str(error))
    row.error = words = words or Words(type(error).__name__)
    row.retries -= 1
    if row.retries > 0 and not isinstance(error, (NoHandler, BpmnError)):
        row.state, row.due_at = "ready", wall + back_off(row.attempt)
        return
    kind = "bpmn_error" if isinstance(error, BpmnError) else ""
    give_up(work, row, words, "".join(traceback.format_exception(error)), now, kind=kind)


def give_up(work: Work, row: JobRow, message: str, detail: str, now: datetime, *, kind: str = "") -> None:
    """No more tries: an incident, for a person to mend the cause and retry.

    What concerns no case, timer or batch shares one with whatever else of its topic fails meanwhile.
    """
    row.state, row.locked_until = "failed", None
    id = uuid4()
    if stands_alone(row):
        earlier = work.incidents.of_topic(row.topic)
        if any(each.resolved_at is None for each in earlier):
            return
        id = uuid5(NAMESPACE_OID, f"{row.topic} {len(earlier)}")  # of two at once one is first; the other looks again
    add_incident(
        work,
        None if row.instance_id is None else hold_instance(work, row.instance_id),
        Incident(
            id=id,
            instance_id=row.instance_id,
            job_id=row.id,
            timer_id=row.timer_id,
            token_id=row.token_id,
            element_id=row.element_id,
            kind=kind or ("timer" if row.topic == FIRE else "job"),
            message=message,
            detail=detail[-LONGEST_DETAIL:],
            created_at=now,
        ),
    )


def rearm_job(work: Work, job_id: UUID, *, retries: int = 3) -> None:
    """Let a failed job be tried again at once, and those that share its incident."""
    row = work.jobs.locked(job_id)
    for each in [row, *_sharing(work, row)]:
        if each.state == "failed":
            each.state, each.retries, each.due_at, each.error = "ready", retries, None, None
    work.database.job_added(work)


def drop_shared(work: Work, job_id: UUID, now: datetime) -> None:
    """Give up for good the failed jobs whose shared incident is settled without another try."""
    row = work.jobs.locked(job_id)
    work.jobs.cancel([each.id for each in _sharing(work, row)], now)


def stands_alone(row: JobRow) -> bool:
    """Whether the job concerns no case, timer or batch."""
    return row.instance_id is None and row.timer_id is None and row.batch_id is None


def extend_lease(work: Work, job: Job, wall: datetime) -> None:
    """The worker is still at it."""
    work.jobs.extend(job.id, job.attempt, wall + LEASE)


def back_off(attempt: int) -> timedelta:
    """How long to wait after the failed `attempt`: ten seconds, then three times as long each time, an hour at most."""
    return min(LONGEST_BACK_OFF, FIRST_BACK_OFF * int(3 ** min(attempt - 1, 8)))


def _do(database: Database, handlers: Mapping[str, Handler], job: Job, clock: Clock) -> None:
    if job.topic == FIRE:
        run_command(database, lambda work: _fire(work, job, clock()))
        return
    recorded = run_command(database, lambda work: _leased(work, job).result)
    if recorded is not None:
        run_command(database, lambda work: finish_job(work, job, recorded, clock()))
        return
    handler = handlers.get(job.topic)
    if handler is None:
        raise NoHandler(
            f"Chưa có chương trình xử lý cho “{job.topic or '(trống)'}”", f"no handler for the topic {job.topic!r}"
        )
    try:
        result = handler(job) or {}
    except BpmnError as error:
        code = error.code
        if not run_command(database, lambda work: finish_job_with_error(work, job, code, clock())):
            raise
        return
    run_command(database, lambda work: finish_job(work, job, result, clock()))


class NoHandler(Invalid):
    """Nobody here knows what to do for this topic; trying again does not help."""


def _fire(work: Work, job: Job, now: datetime) -> None:
    row = _leased(work, job)
    assert row.timer_id is not None
    fire_timer(work, row.timer_id, now)
    _end(row, now)


def _leased(work: Work, job: Job) -> JobRow:
    row = work.jobs.locked(job.id)
    if row.state != "running" or row.attempt != job.attempt:
        raise LeaseLost("Việc này đã giao cho chương trình khác", f"job {job.id} was taken over or cancelled")
    return row


def _end(row: JobRow, now: datetime) -> None:
    row.state, row.ended_at, row.locked_until = "done", now, None


def _sharing(work: Work, row: JobRow) -> Sequence[JobRow]:
    """The failed jobs whose incident this one stands for."""
    return work.jobs.failed_of_topic(row.topic) if stands_alone(row) else ()


def _has_another_try(work: Work, row: JobRow, wall: datetime) -> bool:
    """A worker that died at it costs a try: what kills every worker must not go on for ever."""
    row.retries -= 1
    if row.retries > 0:
        return True
    give_up(
        work,
        row,
        Words("Chương trình xử lý dừng giữa chừng nhiều lần", "the worker died at it several times"),
        f"the worker {row.locked_by} never came back; its lease ran out at {row.locked_until}",
        work.clocks.now() or wall,
    )
    return False
