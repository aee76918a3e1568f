"""A digest: what waits for a person on a morning, in sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.calendars import local_date
from domain.people import User
from office.letters import is_meant
from storage.mailing import DECISIONS, News, OpenWork
from storage.tables import Notice

SHOWN = 10
"""Rows of a section; its count says how many there are."""
SECTIONS = ("late", "today", "soon", "decide", "new", "notices")


@dataclass(frozen=True, slots=True)
class Row:
    """A task, or a notice by its text. `due_at` is ISO 8601."""

    title: str
    step: str = ""
    number: str | None = None
    task_id: str | None = None
    due_at: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One of SECTIONS; none is empty."""

    kind: str
    count: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """What waits for a person at an instant (ISO 8601, UTC)."""

    person_id: str
    at: str
    sections: tuple[Section, ...]


def read_digest(payload: Mapping[str, Any]) -> Digest:
    """The digest a job carries, as `dataclasses.asdict` wrote it."""
    sections = (
        Section(each["kind"], each["count"], tuple(Row(**row) for row in each["rows"])) for each in payload["sections"]
    )
    return Digest(payload["person_id"], payload["at"], tuple(sections))


def digests_of(
    users: Sequence[User],
    open_work: Sequence[OpenWork],
    news: Sequence[News],
    now: datetime,
    *,
    since: datetime,
    soon_before: datetime,
) -> list[Digest]:
    """Those of everybody who has something to read. What came after `since` is new, what is due before
    `soon_before` is due soon; a notice about a task that is listed is left out."""
    desks, made = Desks(open_work), []
    for user in users:
        sections = sections_of(desks.of(user), now, since=since, soon_before=soon_before)
        listed = {row.task_id for section in sections for row in section.rows}
        unread = [_told(each.notice) for each in news if _is_new(each, user)]
        sections += _sections({"notices": [row for row in unread if not (row.task_id and row.task_id in listed)]})
        if sections:
            made.append(Digest(str(user.person_id), now.isoformat(), tuple(sections)))
    return made


def sections_of(desk: Sequence[OpenWork], now: datetime, *, since: datetime, soon_before: datetime) -> list[Section]:
    """By due day; what is to be decided, whenever it is due; what is new and in neither."""
    found: dict[str, list[Row]] = {kind: [] for kind in SECTIONS}
    for each in desk:
        kinds = [_due(each.due_at, now)] if each.due_at is not None and each.due_at < soon_before else []
        if each.purpose in DECISIONS:
            kinds.append("decide")
        if not kinds and each.moved_at >= since:
            kinds.append("new")
        for kind in kinds:
            found[kind].append(_row(each))
    return _sections(found)


class Desks:
    """Open work by whom it is assigned or offered to, so that nobody's desk needs a statement of its own."""

    def __init__(self, open_work: Iterable[OpenWork]) -> None:
        self._assigned: dict[UUID, list[OpenWork]] = {}
        self._offered: dict[str, list[OpenWork]] = {}
        self._order: dict[UUID, int] = {}
        for place, each in enumerate(open_work):
            self._order[each.task_id] = place
            if each.assignee_id is not None:
                self._assigned.setdefault(each.assignee_id, []).append(each)
            elif each.candidate_key is not None:
                self._offered.setdefault(each.candidate_key, []).append(each)

    def of(self, user: User) -> list[OpenWork]:
        """What is on the person's desk, as `storage.worklists.mine` says, in the order it came in."""
        absent = set(user.stood_in_keys.values())
        found = {each.task_id: each for each in self._of({user.person_id, *absent}, {*user.keys, *user.stood_in_keys})}
        for definition_key, held in user.limited_stood_in.items():
            limited = self._of(set(held.values()), held)
            found |= {each.task_id: each for each in limited if each.definition_key == definition_key}
        return sorted(found.values(), key=lambda each: self._order[each.task_id])

    def _of(self, people: Iterable[UUID], keys: Iterable[str]) -> Iterator[OpenWork]:
        for person_id in people:
            yield from self._assigned.get(person_id, ())
        for key in keys:
            yield from self._offered.get(key, ())


def _due(due_at: datetime, now: datetime) -> str:
    if due_at < now:
        return "late"
    return "today" if local_date(due_at) == local_date(now) else "soon"


def _sections(found: Mapping[str, Sequence[Row]]) -> list[Section]:
    return [Section(kind, len(rows), tuple(rows[:SHOWN])) for kind, rows in found.items() if rows]


def _row(each: OpenWork) -> Row:
    due = each.due_at.isoformat() if each.due_at else None
    return Row(each.title, each.step, each.number, str(each.task_id), due)


def _is_new(each: News, user: User) -> bool:
    return user.person_id not in each.readers and is_meant(user, each.notice, each.definition_key)


def _told(notice: Notice) -> Row:
    return Row(notice.text, task_id=str(notice.task_id) if notice.task_id else None)
