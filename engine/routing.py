"""Who receives a message or signal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from engine.models import process_of
from engine.spiff.case import Thrown
from storage.tables import Subscription
from storage.transactions import Work


@dataclass(frozen=True, slots=True)
class Receiver:
    """A waiting token of an instance, or a start event of a definition."""

    element_id: str
    instance_id: UUID | None = None
    token_id: UUID | None = None
    definition_id: UUID | None = None
    process_id: str = ""


def receivers(work: Work, source: UUID | None, thrown: Thrown) -> Sequence[Receiver]:
    """A message goes to one: the oldest waiting case with its correlation, else one start event; a signal to all."""
    besides = source if thrown.served_inside else None
    if thrown.kind == "signal":
        found = work.subscriptions.all_for_signal(thrown.name, besides=besides)
        return [_receiver(work, subscription) for subscription in found]
    first = work.subscriptions.first_waiting(thrown.name, thrown.correlation, besides=besides)
    if first is None:
        first = work.subscriptions.first_start(thrown.name)
    return [] if first is None else [_receiver(work, first)]


def _receiver(work: Work, subscription: Subscription) -> Receiver:
    if subscription.definition_id is None:
        return Receiver(subscription.element_id, instance_id=subscription.instance_id, token_id=subscription.token_id)
    return Receiver(
        subscription.element_id,
        definition_id=subscription.definition_id,
        process_id=process_of(work, subscription.definition_id, subscription.element_id),
    )
