"""The cases one transaction has in its hands.

A case is taken out of the cache, or loaded, once a transaction; every command inside works on the same one. After the
commit it goes back under its new revision; after anything else it is dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast
from uuid import UUID

from engine.models import model_of
from engine.running import Live, hold_instance, running
from engine.spiff.case import Case, StateRow
from storage.tables import Instance
from storage.transactions import Work

REVISIONS_KEPT = 64  # how far behind a case in memory may be and still catch up; removed tokens are known so long


def take(work: Work, instance_id: UUID) -> Live:
    """The live case of the instance. Raises NotFound."""
    cases = running(work).cases
    live = cases.get(instance_id)
    if live is None:
        instance = hold_instance(work, instance_id)
        live = cases[instance_id] = Live(instance, _current(work, instance))
        keep_afterwards(work, live)
    return live


def keep_afterwards(work: Work, live: Live) -> None:
    """Give the case to the cache once the transaction is durable, unless it was dropped meanwhile or has ended."""
    cases = running(work).cases

    def put_back() -> None:
        instance = live.instance
        if cases.get(instance.id) is live and instance.status in ("active", "suspended"):
            work.database.cases.put_back(instance.id, instance.revision, (live.case, instance.head))

    work.after_commit(put_back)


def drop(work: Work, live: Live) -> None:
    """An error came in between: this case is no longer what its rows say."""
    running(work).cases.pop(live.instance.id, None)


def load(work: Work, instance: Instance) -> Case:
    """The case as its rows have it."""
    rows = [StateRow(*row) for row in work.tokens.of(instance.id)]
    return Case.load(model_of(work, instance.definition_id, instance.bindings), instance.head, rows)


@contextmanager
def borrowed(work: Work, instance: Instance) -> Iterator[Case]:
    """The case for reading alone, from the cache when it is there; nothing is saved."""
    cases = work.database.cases
    cached = cases.take_out(instance.id)
    if cached is not None and cached[0] == instance.revision:
        try:
            yield cast(tuple[Case, dict[str, Any]], cached[1])[0]
        finally:
            cases.put_back(instance.id, *cached)
        return
    if cached is not None:
        cases.put_back(instance.id, *cached)
    yield load(work, instance)


def _current(work: Work, instance: Instance) -> Case:
    cached = work.database.cases.take_out(instance.id)
    if cached is None:
        return load(work, instance)
    revision, (case, head) = cached[0], cast(tuple[Case, dict[str, Any]], cached[1])
    if revision == instance.revision:
        return case
    if not instance.revision - REVISIONS_KEPT < revision < instance.revision:
        return load(work, instance)
    newer = [StateRow(*row) for row in work.tokens.newer(instance.id, revision)]
    if not newer and head == instance.head:
        return case  # others have written records alone
    return _caught_up(work, instance, case, newer)


def _caught_up(work: Work, instance: Instance, case: Case, newer: list[StateRow]) -> Case:
    """The case with what others have written since."""
    rows = {row.id: row for row in case.encode()[1]}
    for row in newer:
        rows.pop(row.id, None)
        if row.body is not None:
            rows[row.id] = row
    ordered = sorted(rows.values(), key=lambda row: row.position)
    return Case.load(model_of(work, instance.definition_id, instance.bindings), instance.head, ordered)
