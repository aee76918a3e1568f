"""Putting running cases on another version of their definition: tried first, done for many, undone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from bpmn.spiff.model import Model
from domain.errors import BangiaoError, Conflict, InstanceClosed
from domain.people import User
from domain.rights import require
from domain.words import Words
from engine.batches import Item, create_batch
from engine.cases import holding
from engine.live import take
from engine.models import current_bindings, model_of
from engine.moments import moment
from engine.records import write_record
from engine.running import revise
from engine.spiff.case import Case, StateRow
from storage.tables import Batch, BatchItem, Instance
from storage.tokens import TokenValues
from storage.transactions import Work

KIND = "migrate"
SAME: Mapping[str, str] = MappingProxyType({})

Elements = Mapping[str, str]
"""The ids of elements that have another one in the new version: {old: new}."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What would become of a case; `message` says why it does not fit, `english` the same in English."""

    instance_id: UUID
    fits: bool
    message: str = ""
    english: str = ""


def try_migration(work: Work, instance_id: UUID, definition_id: UUID, now: datetime, elements: Elements = SAME) -> Fit:
    """Whether the case would go on in that version; nothing is changed. Raises NotFound."""
    work.instances.get(instance_id)
    (fit,) = try_migrations(work, [instance_id], definition_id, now, elements)
    return fit


def try_migrations(
    work: Work, instance_ids: Collection[UUID], definition_id: UUID, now: datetime, elements: Elements = SAME
) -> list[Fit]:
    """The same of many, in as many statements as for one."""
    model = model_of(work, definition_id, current_bindings(work, definition_id))
    tokens = work.tokens.of_many(instance_ids)
    instances = work.instances.among(instance_ids)
    return [_fit(work, instance, model, tokens.get(instance.id, []), now, elements) for instance in instances]


def migrate_instance(
    work: Work,
    instance_id: UUID,
    definition_id: UUID,
    user: User | None,
    now: datetime,
    *,
    elements: Elements = SAME,
    reason: str = "",
) -> Instance:
    """Let the case go on in that version. Open tasks keep the people, due dates and forms they were opened with.

    Raises NotFound, NotAllowed, InstanceClosed, Conflict when the version has no place for where the case stands.
    """
    if user is not None:
        require(user, "migrate")
    return _migrate(work, instance_id, definition_id, user, now, elements, reason)


def start_migration(
    work: Work,
    instance_ids: Sequence[UUID],
    definition_id: UUID,
    user: User,
    now: datetime,
    *,
    title: str = "",
    elements: Elements = SAME,
) -> Batch:
    """Migrate many in the background, a transaction each; those that do not fit are reported and stay as they are.

    Raises NotFound, NotAllowed.
    """
    require(user, "migrate")
    definition = work.definitions.get(definition_id)
    wanted = {"definition_id": str(definition_id), "elements": dict(elements)}
    return create_batch(
        work,
        KIND,
        title
        or Words(
            f"Chuyển sang {definition.name}, bản {definition.version}",
            f"Move to {definition.name}, version {definition.version}",
        ),
        [Item(instance_id, wanted) for instance_id in instance_ids],
        subject_id=definition_id,
        by=user.person_id,
        now=now,
    )


def undo_migration(work: Work, batch_id: UUID, user: User, now: datetime) -> Batch:
    """Put those that a batch has migrated back where they were, as a batch of its own. Raises NotFound, NotAllowed,
    Conflict while the batch still runs."""
    require(user, "migrate")
    batch = work.batches.get(batch_id)
    if batch.kind != KIND or batch.state == "running":
        raise Conflict("Đợt chuyển này chưa kết thúc", "this migration has not ended")
    items = [_back(item) for item in work.batches.items(batch_id, state="done")]
    title = Words("Hoàn tác: ", "Taking back: ") + batch.title
    return create_batch(work, KIND, title, items, subject_id=batch.subject_id, by=user.person_id, now=now)


def migrate_item(work: Work, item: BatchItem, now: datetime) -> None:
    """The command of a batch of this kind; it notes on the item where the case came from."""
    assert item.payload is not None
    batch = work.batches.get(item.batch_id)
    by = None if batch.created_by is None else User(batch.created_by, "", "")
    before = work.instances.get(item.noun_id).definition_id
    target = UUID(item.payload["definition_id"])
    _migrate(work, item.noun_id, target, by, now, item.payload["elements"], batch.title)
    item.payload = {**item.payload, "previous": str(before)}


def _migrate(
    work: Work,
    instance_id: UUID,
    definition_id: UUID,
    user: User | None,
    now: datetime,
    elements: Elements,
    reason: str,
) -> Instance:
    live = take(work, instance_id)
    instance = live.instance
    if instance.status not in ("active", "suspended"):
        raise InstanceClosed("Công việc đã kết thúc", "the instance has ended")
    if instance.definition_id == definition_id:
        return instance
    before, after = work.definitions.get(instance.definition_id), work.definitions.get(definition_id)
    bindings = current_bindings(work, definition_id)
    with holding(work, live, now):
        live.case = live.case.migrated(model_of(work, definition_id, bindings), moment(work, now), elements=elements)
        revise(work, instance)
        instance.definition_id, instance.bindings = definition_id, bindings
        _rename(work, instance_id, elements)
    write_record(
        work,
        instance,
        user,
        "migrate",
        "instance",
        instance_id,
        before=_named(before.key, before.version),
        after=_named(after.key, after.version),
        text=reason,
        now=now,
    )
    return instance


def _fit(
    work: Work, instance: Instance, model: Model, tokens: Sequence[TokenValues], now: datetime, elements: Elements
) -> Fit:
    if instance.status not in ("active", "suspended"):
        return Fit(instance.id, False, "Công việc đã kết thúc", "the instance has ended")
    rows = [StateRow(*token) for token in tokens]
    case = Case.load(model_of(work, instance.definition_id, instance.bindings), instance.head, rows)
    try:
        case.migrated(model, moment(work, now), elements=elements)
    except BangiaoError as error:
        return Fit(instance.id, False, str(error), error.english)
    return Fit(instance.id, True)


def _rename(work: Work, instance_id: UUID, elements: Elements) -> None:
    """What is open is from now on called as in the new version; the history keeps the old ids."""
    if not elements:
        return
    for task in work.user_tasks.of_instance(instance_id, only_open=True):
        task.element_id = elements.get(task.element_id, task.element_id)
    for timer in work.timers.of_instance(instance_id):
        timer.element_id = elements.get(timer.element_id, timer.element_id)
    for subscription in work.subscriptions.of_instance(instance_id):
        subscription.element_id = elements.get(subscription.element_id, subscription.element_id)


def _back(item: BatchItem) -> Item:
    assert item.payload is not None
    elements = {new: old for old, new in item.payload["elements"].items()}
    return Item(item.noun_id, {"definition_id": item.payload["previous"], "elements": elements})


def _named(key: str, version: int) -> dict[str, Any]:
    return {"definition": key, "version": version}
