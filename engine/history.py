"""What has happened in a case: the finished runs of its nodes, and how often each was reached."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from storage.tables import Step
from storage.transactions import Work


def history(work: Work, instance_id: UUID, *, after: UUID | None = None, limit: int = 200) -> Sequence[Step]:
    """One step a finished run of a node, in the order they ended; loops and multi-instance repeat it.

    `after` is the id of the last step of the page before. Raises NotFound.
    """
    work.instances.get(instance_id)
    return work.steps.history(instance_id, after=after, limit=limit)


def element_states(work: Work, instance_id: UUID) -> dict[str, dict[str, int]]:
    """For the drawing: how often each element is active, completed, cancelled. Raises NotFound."""
    work.instances.get(instance_id)
    return work.steps.runs(instance_id)
