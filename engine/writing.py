"""What a case says has changed, as rows: state by difference, worklist, timers, subscriptions, jobs, history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from domain.errors import Invalid
from engine.failures import open_incidents, settle_incidents
from engine.live import REVISIONS_KEPT
from engine.offers import close_user_tasks, offer_user_task
from engine.running import Live, revise, running
from engine.spiff.case import Changes, Closed, StepChange, Wait
from engine.waits import close_waits, open_jobs, open_subscriptions, open_timers
from storage.transactions import Work

LARGEST_ROW = 16_000_000  # bytes of one token's variables
MOST_WRITTEN = 64_000_000  # bytes of state in one command
STEP_STATES = {"started": "active", "completed": "completed", "cancelled": "cancelled"}


def is_empty(changes: Changes) -> bool:
    return not (
        changes.rows
        or changes.head is not None
        or changes.opened
        or changes.closed
        or changes.steps
        or changes.thrown
        or changes.failures
    )


def write_changes(work: Work, live: Live, changes: Changes, now: datetime) -> None:
    """Write all of it in the running transaction, under one new revision of the instance."""
    refuse_floods(work, changes)
    instance = live.instance
    revise(work, instance)
    image = running(work).image
    if image is not None and image.instance_id == instance.id:
        image.see(work, changes)
    if changes.head is not None:
        instance.head = changes.head
    work.tokens.write(instance.id, instance.revision, ((row.id, row.position, row.body) for row in changes.rows))
    if instance.revision % REVISIONS_KEPT == 0:
        work.tokens.prune(instance.id, instance.revision - REVISIONS_KEPT)
    write_steps(work, live, changes.steps)
    close(work, live, changes.closed, now)
    open_waits(work, live, changes.opened, now)
    settle_incidents(work, live, changes.steps, changes.given_up, now)
    open_incidents(work, live, changes.failures, now)
    if changes.ended:
        end_instance(work, live, now)


def refuse_floods(work: Work, changes: Changes) -> None:
    """Raise Invalid when a token, or all that a command writes, grows beyond what any case needs."""
    sizes = [len(row.body) for row in changes.rows if row.body is not None]
    running(work).written += sum(sizes)
    if max(sizes, default=0) > LARGEST_ROW or running(work).written > MOST_WRITTEN:
        raise Invalid(
            "Dữ liệu của hồ sơ quá lớn, quy trình phải giữ ít hơn trong các biến",
            "the variables of the case are too large; the process has to keep less in them",
        )


def write_steps(work: Work, live: Live, changes: Sequence[StepChange]) -> None:
    """One row a run of a node: its start is written once, its end when it comes."""
    rows: dict[Any, dict[str, Any]] = {}
    for change in changes:
        ended = change.state != "started"
        row = rows.setdefault(change.token_id, _step(live, change))
        row["state"] = STEP_STATES[change.state]
        row["ended_at"] = change.at if ended else None
        doer = live.doers.get(change.token_id)
        if ended and doer is not None:
            row["by"], row["on_behalf_of"] = doer.person_id, doer.on_behalf_of
    work.steps.write(list(rows.values()))


def close(work: Work, live: Live, closed: Sequence[Closed], now: datetime) -> None:
    """Take away what is waited for no longer."""
    close_user_tasks(work, live, [one for one in closed if one.kind == "user_task"], now)
    groups: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for one in closed:
        if one.kind != "user_task":
            groups[one.kind, one.completed].append(one.key)
    for (kind, completed), keys in groups.items():
        close_waits(work, live, kind, keys, completed=completed, now=now)


def open_waits(work: Work, live: Live, opened: Sequence[Wait], now: datetime) -> None:
    """Write what is waited for from now on."""
    for wait in opened:
        if wait.kind == "user_task":
            offer_user_task(work, live, wait, now)
    open_timers(work, live, [wait for wait in opened if wait.kind == "timer"], now)
    open_subscriptions(work, live, [wait for wait in opened if wait.kind in ("message", "signal")], now)
    open_jobs(work, live, [wait for wait in opened if wait.kind == "job"], now)


def end_instance(work: Work, live: Live, now: datetime) -> None:
    """The last token is gone."""
    instance = live.instance
    if instance.status in ("completed", "terminated"):
        return
    instance.status, instance.ended_at = "completed", now
    variables = live.case.variables()
    for listener in work.database.listeners:
        listener.instance_ended(work, instance, variables, now)


def _step(live: Live, change: StepChange) -> dict[str, Any]:
    return {
        "instance_id": live.instance.id,
        "id": change.token_id,
        "position": change.position,
        "element_id": change.element_id,
        "type": change.type,
        "name": change.name or None,
        "scope": change.scope,
        "started_at": change.at,
        "ended_at": None,
        "by": None,
        "on_behalf_of": None,
    }
