"""Proves that everything kept about the cases agrees: state, worklist, timers, subscriptions, jobs, incidents, records.

The state is the truth of what is waited for; the other rows are derived from it. So a repair drops the cached case and
closes rows the state knows nothing of; what is missing from the rows it reports, since only the case can make it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from domain.errors import BangiaoError
from engine.live import load
from engine.records import verify_chain
from engine.running import hold_instance
from engine.spiff.case import Case
from engine.waits import row_id
from storage.database import Database
from storage.tables import Instance
from storage.transactions import Work, reading, run_command

Repair = Callable[[Work, datetime], None]


@dataclass(frozen=True, slots=True)
class Difference:
    """Two tellings of one thing that disagree; `repair` mends it where that is safe."""

    instance_id: UUID
    what: str  # state | user_task | timer | subscription | job | incident | record
    message: str
    repair: Repair | None = None

    def __str__(self) -> str:
        return f"{self.instance_id} {self.what}: {self.message}"


def reconcile(work: Work) -> list[Difference]:
    """Every difference there is; none when all agrees."""
    return [difference for instance_id in work.instances.open() for difference in differences(work, instance_id)]


def repair(database: Database, now: datetime) -> tuple[list[Difference], list[Difference]]:
    """Mend what is safe to mend, a transaction a case: what was mended, and what is left for a person."""
    with reading(database) as work:
        found = reconcile(work)
    mended: list[Difference] = []
    for instance_id in dict.fromkeys(difference.instance_id for difference in found):
        database.cases.drop(instance_id)
        mended += run_command(database, partial(_mend, instance_id=instance_id, now=now))
    with reading(database) as work:
        return mended, reconcile(work)


def differences(work: Work, instance_id: UUID) -> Iterator[Difference]:
    """Those of one case, as this transaction sees it."""
    instance = work.instances.get(instance_id)
    for chain_break in verify_chain(work, instance):
        yield Difference(instance_id, "record", f"record {chain_break.position}: {chain_break.message}")
    try:
        case = load(work, instance)
    except (BangiaoError, ValueError, KeyError, TypeError) as error:
        yield Difference(instance_id, "state", f"cannot be read: {error!r}")
        return
    tokens = {row.id for row in case.encode()[1]}
    if case.ended or not tokens:
        yield Difference(instance_id, "state", f"nothing is left of it, the instance is {instance.status}")
        return
    lost = work.steps.active(instance_id).keys() - tokens
    for id in lost:
        yield Difference(instance_id, "state", f"token {id} is under way in the history, the state has none")
    yield from _user_tasks(work, instance, case, lost)
    yield from _others(work, instance, case, lost)
    yield from _claimed_timers(work, instance)
    yield from _incidents(work, instance)


def _user_tasks(work: Work, instance: Instance, case: Case, lost: Set[UUID]) -> Iterator[Difference]:
    waited = {wait.token_id for wait in case.waits() if wait.kind == "user_task"}
    open_rows = {task.id for task in work.user_tasks.of_instance(instance.id, only_open=True)}
    for id in waited - open_rows:
        yield Difference(instance.id, "user_task", f"the case waits for task {id}, nobody is offered it")
    for id in open_rows - waited:
        mend = None if id in lost else _cancel_task(id)
        yield Difference(instance.id, "user_task", f"task {id} is offered, the case does not wait for it", mend)


def _others(work: Work, instance: Instance, case: Case, lost: Set[UUID]) -> Iterator[Difference]:
    """Timers, subscriptions and jobs; a row of a token that was lost is left, it may be all that is known of it."""
    waited: dict[str, set[UUID]] = {"timer": set(), "subscription": set(), "job": set()}
    for wait in case.waits():
        kind = "subscription" if wait.kind in ("message", "signal") else wait.kind
        if kind in waited:
            waited[kind].add(row_id(instance.id, wait.key))
    there = {
        "timer": {timer.id: timer.token_id for timer in work.timers.of_instance(instance.id)},
        "subscription": {one.id: one.token_id for one in work.subscriptions.of_instance(instance.id)},
        "job": {job.id: job.token_id for job in work.jobs.of_instance(instance.id) if job.timer_id is None},
    }
    for what, ids in waited.items():
        for id in ids - there[what].keys():
            yield Difference(instance.id, what, f"the case waits for {id}, there is no such row")
        for id in there[what].keys() - ids:
            mend = None if there[what][id] in lost else _close_row(what, id)
            yield Difference(instance.id, what, f"{id} is there, the case does not wait for it", mend)


def _claimed_timers(work: Work, instance: Instance) -> Iterator[Difference]:
    """A timer that was enqueued has its job; the two are written in one transaction."""
    jobs = Counter(job.timer_id for job in work.jobs.of_instance(instance.id) if job.timer_id is not None)
    for timer in work.timers.of_instance(instance.id):
        if timer.enqueued_at is not None and not jobs[timer.id]:
            yield Difference(
                instance.id, "timer", f"timer {timer.id} was enqueued, no job is there for it", _rearm(timer.id)
            )


def _incidents(work: Work, instance: Instance) -> Iterator[Difference]:
    open_rows = len(work.incidents.open_of_instance(instance.id))
    if open_rows != instance.open_incidents:
        message = f"the instance counts {instance.open_incidents} open incidents, there are {open_rows}"
        yield Difference(instance.id, "incident", message, _recount(instance.id))


def _mend(work: Work, instance_id: UUID, now: datetime) -> list[Difference]:
    hold_instance(work, instance_id)
    found = [difference for difference in differences(work, instance_id) if difference.repair is not None]
    for difference in found:
        assert difference.repair is not None
        difference.repair(work, now)
    return found


def _cancel_task(id: UUID) -> Repair:
    def mend(work: Work, now: datetime) -> None:
        task = work.user_tasks.get(id)
        task.state, task.closed_at = "cancelled", now
        for listener in work.database.listeners:
            listener.task_closed(work, task, {}, now)

    return mend


def _close_row(what: str, id: UUID) -> Repair:
    def mend(work: Work, now: datetime) -> None:
        if what == "timer":
            work.timers.end([id], "cancelled", now)
        elif what == "subscription":
            work.subscriptions.remove([id])
        else:
            work.jobs.cancel([id], now)

    return mend


def _rearm(timer_id: UUID) -> Repair:
    def mend(work: Work, now: datetime) -> None:
        work.timers.get(timer_id).enqueued_at = None

    return mend


def _recount(instance_id: UUID) -> Repair:
    def mend(work: Work, now: datetime) -> None:
        work.instances.get(instance_id).open_incidents = len(work.incidents.open_of_instance(instance_id))

    return mend
