"""Definitions and forms as their pages list them, with what runs on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import defer

from storage.tables import Decision, Definition, Form, Instance
from storage.transactions import Work

OPEN = ("active", "suspended")


def open_cases(work: Work, definition_ids: Iterable[UUID] | None = None) -> dict[UUID, int]:
    """How many cases run on each version; one statement."""
    query = select(Instance.definition_id, func.count()).where(Instance.status.in_(OPEN))
    if definition_ids is not None:
        query = query.where(Instance.definition_id.in_(list(definition_ids)))
    rows = work.session.execute(query.group_by(Instance.definition_id))
    return {definition_id: int(count) for definition_id, count in rows}


def all_versions(work: Work) -> Sequence[Definition]:
    """Every version, by key, the newest first, without reading the drawings."""
    query = select(Definition).options(defer(Definition.xml)).order_by(Definition.key, Definition.version.desc())
    return work.session.scalars(query).all()


def listed_forms(work: Work) -> Sequence[Form]:
    """The newest version of every form, by key."""
    newest = select(Form.key, func.max(Form.version).label("version")).group_by(Form.key).subquery()
    query = select(Form).join(newest, (Form.key == newest.c.key) & (Form.version == newest.c.version))
    return work.session.scalars(query.order_by(Form.key)).all()


def form_keys(work: Work) -> list[str]:
    return list(work.session.scalars(select(Form.key).distinct().order_by(Form.key)))


def versions_of_form(work: Work, key: str) -> list[int]:
    """The newest first."""
    return list(work.session.scalars(select(Form.version).where(Form.key == key).order_by(Form.version.desc())))


def decision_keys(work: Work) -> list[str]:
    return list(work.session.scalars(select(Decision.key).distinct().order_by(Decision.key)))
