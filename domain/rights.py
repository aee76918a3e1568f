"""Who may do what: the one table, verb by relation, asked by page, API, file and command alike.

A relation says how a person stands to a thing: `own` (it is assigned to them), `doer` (they finished it), `offered`
(nobody's yet, for a role they hold), `unit` (for a role they hold, whoever has it), `stood_in` (of somebody they stand
in for), `head` (of a unit they lead), `involved` (their unit takes part); `leader`, `clerk`, `designer`,
`administrator` come with a post, and so does `some_head`, for what concerns no unit; `anyone` is anybody signed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, Protocol
from uuid import UUID

from domain.errors import NotAllowed
from domain.people import User

Relation = Literal[
    "own",
    "doer",
    "offered",
    "unit",
    "stood_in",
    "head",
    "some_head",
    "involved",
    "leader",
    "clerk",
    "designer",
    "administrator",
    "anyone",
]

WHO: Mapping[Relation, tuple[str, str]] = {
    "own": ("người đang giữ việc", "who has the task"),
    "doer": ("người đã hoàn thành việc", "who has completed it"),
    "offered": ("người giữ vai trò của việc khi chưa ai nhận", "who holds its role while nobody has it"),
    "unit": ("người giữ vai trò của việc", "who holds its role"),
    "stood_in": ("người làm thay", "who stands in for them"),
    "head": ("lãnh đạo đơn vị", "the head of the unit"),
    "some_head": ("lãnh đạo đơn vị", "the head of a unit"),
    "involved": ("đơn vị tham gia hồ sơ", "a unit that takes part"),
    "leader": ("lãnh đạo cơ quan", "the leadership"),
    "clerk": ("văn thư", "a records clerk"),
    "designer": ("người thiết kế quy trình", "a designer"),
    "administrator": ("quản trị", "an administrator"),
}
"""How those who may are called: in Vietnamese and in English."""
_WORKS_ON: tuple[Relation, ...] = ("own", "unit", "stood_in", "head", "administrator")
_SEES_WORK: tuple[Relation, ...] = (*_WORKS_ON, "involved", "leader", "clerk")
_PLANS: tuple[Relation, ...] = ("some_head", "leader", "clerk", "administrator")
_ADMINISTERS: tuple[Relation, ...] = ("administrator",)
_DESIGNS: tuple[Relation, ...] = ("designer", "administrator")

_TABLE: dict[str, tuple[Relation, ...]] = {
    # work on the desk
    "see_task": _SEES_WORK,
    "claim": ("unit", "stood_in", "administrator"),
    "release": ("own", "stood_in", "head", "administrator"),
    "assign": ("head", "administrator"),
    "delegate": ("own", "stood_in", "head", "administrator"),
    "complete": ("own", "offered", "stood_in", "administrator"),
    "take_back": ("doer", "administrator"),
    "return": ("own", "offered", "stood_in", "administrator"),
    "save_draft": ("own", "unit", "stood_in", "administrator"),
    "ask_extension": ("own", "offered", "stood_in", "head", "administrator"),
    "decide_extension": ("head", "leader", "administrator"),
    "urge": ("head", "leader", "clerk", "administrator"),
    "remind": ("involved", "head", "leader", "clerk", "administrator"),
    "see_unit_work": ("some_head", "leader", "administrator"),
    # cases
    "see_case": _SEES_WORK,
    "comment": _SEES_WORK,
    "add_document": ("own", "unit", "stood_in", "head", "involved", "clerk", "administrator"),
    "see_document": _SEES_WORK,
    "answer_late": ("involved", "head", "administrator"),
    "answer_for": ("own", "unit", "stood_in", "head", "clerk", "administrator"),
    "record_answer": ("own", "unit", "stood_in", "clerk", "leader", "administrator"),
    "start_instance": ("some_head", "leader", "clerk", "designer", "administrator"),
    "suspend": ("leader", "administrator"),
    "resume": ("leader", "administrator"),
    "terminate": ("leader", "administrator"),
    "publish_message": ("clerk", "administrator"),
    # watching
    "see_all_cases": ("leader", "clerk", "administrator"),
    "see_incidents": ("designer", "administrator"),
    "retry": _ADMINISTERS,
    "resolve": _ADMINISTERS,
    "migrate": _ADMINISTERS,
    "move": _ADMINISTERS,
    "see_jobs": ("designer", "administrator"),
    "see_timers": ("designer", "administrator"),
    "see_records": ("leader", "administrator"),
    "see_overview": ("some_head", "leader", "clerk", "administrator"),
    # definitions
    "see_definitions": ("anyone",),
    "deploy": _DESIGNS,
    "withdraw": _DESIGNS,
    "try_definition": _DESIGNS,
    # plans
    "see_plan": ("anyone",),
    "upload_plan": _PLANS,
    "review_plan": _PLANS,
    "start_plan": ("leader", "clerk", "administrator"),
    "amend_plan": ("leader", "clerk", "administrator"),
    "cancel_activity": ("leader", "administrator"),
    "see_indicators": ("anyone",),
    "enter_indicator": ("some_head", "leader", "clerk", "administrator"),
    # organisation
    "see_organisation": ("anyone",),
    "manage_people": _ADMINISTERS,
    "manage_units": _ADMINISTERS,
    "manage_calendar": _ADMINISTERS,
    "manage_substitutions": ("own", "head", "administrator"),
    "issue_token": ("own", "administrator"),
    "advance_clock": _ADMINISTERS,
    "see_health": _ADMINISTERS,
}

TABLE: Mapping[str, frozenset[Relation]] = {verb: frozenset(relations) for verb, relations in _TABLE.items()}
"""The relations under which each verb is allowed."""


class TaskLike(Protocol):
    """What a user task shows of itself to the table."""

    @property
    def candidate_key(self) -> str | None: ...
    @property
    def assignee_id(self) -> UUID | None: ...
    @property
    def unit_id(self) -> UUID | None: ...
    @property
    def role(self) -> str | None: ...
    @property
    def closed_by(self) -> UUID | None: ...


def may(user: User, verb: str, relations: Iterable[Relation] = ()) -> bool:
    """Whether `user` may do `verb` to something they stand to in `relations`; their posts' own relations are added."""
    return not TABLE[verb].isdisjoint({*relations, *relations_of(user)})


def require(user: User, verb: str, relations: Iterable[Relation] = ()) -> None:
    """Raise NotAllowed unless `user` may."""
    if not may(user, verb, relations):
        raise refusal(user, verb)


def refusal(user: User, verb: str) -> NotAllowed:
    """Who may do `verb`, for somebody who may not."""
    who = [words for relation, words in WHO.items() if relation in TABLE[verb]]
    return NotAllowed(
        f"Chỉ {_listed([each for each, _ in who], 'hoặc')} được làm việc này; {user.name} không thuộc số đó",
        f"only {_listed([each for _, each in who], 'or')} may do this; {user.name} is none of them",
    )


def _listed(words: Sequence[str], last: str) -> str:
    several = list(dict.fromkeys(words))
    return several[0] if len(several) == 1 else f"{', '.join(several[:-1])} {last} {several[-1]}"


def relations_of(user: User) -> frozenset[Relation]:
    """The relations that come with a person's posts, towards everything."""
    posts: tuple[Relation, ...] = ("leader", "clerk", "designer", "administrator")
    found: tuple[Relation, ...] = ("anyone", *(post for post in posts if post in user.roles))
    return frozenset((*found, "some_head") if user.headed_units else found)


def relations_to_task(user: User, task: TaskLike, *, definition_key: str | None = None) -> frozenset[Relation]:
    """How `user` stands to a user task; substitutions for one definition alone count when its key is given."""
    found: set[Relation] = set()
    key = task.candidate_key
    stood_in = user.stood_in_for(definition_key)
    if task.assignee_id == user.person_id:
        found.add("own")
    if task.closed_by == user.person_id:
        found.add("doer")
    if key is not None and key in user.keys:
        found.add("unit")
        if task.assignee_id is None:
            found.add("offered")
    if task.assignee_id in stood_in.values() or (task.assignee_id is None and key is not None and key in stood_in):
        found.add("stood_in")
    return frozenset(found) | relations_to_units(user, () if task.unit_id is None else (task.unit_id,))


def relations_to_units(user: User, unit_ids: Iterable[UUID]) -> frozenset[Relation]:
    """How `user` stands to a case, contribution or assignment of these units: `head`, `involved` or neither."""
    units = frozenset(unit_ids)
    found: set[Relation] = set()
    if not units.isdisjoint(user.headed_units):
        found.add("head")
    if not units.isdisjoint(user.all_unit_ids):
        found.add("involved")
    return frozenset(found)


def relations_to_person(user: User, person_id: UUID, unit_ids: Iterable[UUID] = ()) -> frozenset[Relation]:
    """How `user` stands to a person who holds posts in `unit_ids`."""
    own: frozenset[Relation] = frozenset({"own"}) if person_id == user.person_id else frozenset()
    return own | (relations_to_units(user, unit_ids) - {"involved"})
