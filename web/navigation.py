"""The lists at the side and the four places at the foot of a phone: what stands there, for whom, with which number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import current_app, g, request
from flask_babel import lazy_gettext as _l

from storage.transactions import Work, reading
from web.rights import may_open
from web.session import once_a_request
from web.system import current_system


@dataclass(frozen=True, slots=True)
class Place:
    """A link of the side list; `count` names one of `COUNTERS`; `groups` are blueprints under which it is current."""

    endpoint: str
    label: Any
    icon: str
    count: str | None = None
    groups: tuple[str, ...] = ()


SIDE: tuple[tuple[Any, tuple[Place, ...]], ...] = (
    (
        _l("Công việc"),
        (
            Place("desk.mine", _l("Việc của tôi"), "inbox", "mine", ("tasks",)),
            Place("desk.given", _l("Tôi giao"), "send"),
            Place("desk.decisions", _l("Chờ quyết định"), "pen", "decisions"),
        ),
    ),
    (
        _l("Kế hoạch"),
        (
            Place("plans.index", _l("Kế hoạch năm"), "table", None, ("plans", "amendments")),
            Place(
                "review.index", _l("Đọc kế hoạch mới"), "file-earmark-text", None, ("review", "review_rows", "starts")
            ),
            Place("plans.due_days", _l("Lịch thời hạn"), "calendar3"),
            Place("reports.index", _l("Báo cáo định kỳ"), "bar-chart", None, ("reports",)),
        ),
    ),
    (
        _l("Quản trị"),
        (
            Place("watch.index", _l("Theo dõi điểm kẹt"), "binoculars", None, ("watch", "watch_batches", "incidents")),
            Place(
                "designer.index",
                _l("Thiết kế quy trình"),
                "diagram-3",
                None,
                ("designer", "designer_forms", "migrations"),
            ),
            Place(
                "organisation.index",
                _l("Đơn vị, con người"),
                "people",
                None,
                ("organisation", "people", "substitutions"),
            ),
            Place("calendar.index", _l("Lịch làm việc"), "calendar-check", None, ("calendar",)),
        ),
    ),
)
FOOT = (
    Place("desk.mine", _l("Việc của tôi"), "inbox", None, ("tasks",)),
    Place("desk.decisions", _l("Quyết định"), "pen"),
    Place("plans.index", _l("Kế hoạch"), "table", None, ("plans", "amendments")),
)
_ENDPOINTS = frozenset(place.endpoint for _title, places in SIDE for place in places)
COUNTERS: dict[str, Callable[[Work], int]] = {}
"""Counts shown in the side list, by name; each runs once a page. The desk adds its own."""


def counts() -> dict[str, int]:
    def read() -> dict[str, int]:
        if g.get("user") is None:
            return {}
        with reading(current_system().database) as work:
            return {name: count(work) for name, count in COUNTERS.items()}

    return dict(once_a_request("side_counts", read))


def side_lists() -> list[tuple[str, list[Place]]]:
    """The side lists of the person signed in, without empty ones."""
    lists = [(title, [place for place in places if _opens(place)]) for title, places in SIDE]
    return [(str(title), places) for title, places in lists if places]


def tab_places() -> list[Place]:
    return [place for place in FOOT if _opens(place)]


def is_here(place: Place) -> bool:
    """Whether the page belongs to this place: its own page, else any page of its groups that is no place itself."""
    if request.endpoint in _ENDPOINTS:
        return request.endpoint == place.endpoint
    return (request.blueprint or "") in place.groups


def _opens(place: Place) -> bool:
    return place.endpoint in current_app.view_functions and may_open(g.get("user"), place.endpoint)


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody absent whose work this person does until a day."""

    person_id: UUID
    name: str
    until: date


def stand_ins() -> list[StandIn]:
    def read() -> list[StandIn]:
        absent: dict[UUID, date] = g.get("absent") or {}
        if not absent:
            return []
        with reading(current_system().database) as work:
            names = work.people.named(absent)
        return [StandIn(person_id, names.get(person_id, ""), until) for person_id, until in absent.items()]

    return list(once_a_request("stand_ins", read))


def way_on(address: str | None) -> str | None:
    """`address` when it is a page of ours, else None: no form sends anybody elsewhere."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\", "/sign-")):
        return None
    return None if any(letter in address for letter in "\r\n\\") else address
