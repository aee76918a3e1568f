"""Cases as programs ask for them: of a definition, in a status, the newest first, of those a person may see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_

from storage.desk import takes_part
from storage.instances import standing
from storage.tables import Definition, Instance
from storage.transactions import Work


def cases_page(
    work: Work,
    *,
    definition_key: str | None = None,
    status: str | None = None,
    business_key: str | None = None,
    taking_part: tuple[Sequence[UUID], UUID] | None = None,
    after: UUID | None = None,
    limit: int = 200,
) -> Sequence[tuple[Instance, Definition]]:
    """Cases beside their definitions; `taking_part` (units, person) leaves those in which neither has had work.

    `status` may be "incident": active with an open incident.
    """
    query: Any = select(Instance, Definition).join(Definition, Definition.id == Instance.definition_id)
    if definition_key is not None:
        query = query.where(Definition.key == definition_key)
    if business_key is not None:
        query = query.where(Instance.business_key == business_key)
    if taking_part is not None:
        query = query.where(takes_part(*taking_part))
    query = standing(query, status)
    if after is not None:
        last = work.instances.get(after)
        query = query.where(tuple_(Instance.started_at, Instance.id) < (last.started_at, last.id))
    query = query.order_by(Instance.started_at.desc(), Instance.id.desc()).limit(limit)
    return [(row.Instance, row.Definition) for row in work.session.execute(query)]
