"""The one table of rights, and how people stand to work."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID, uuid4

import pytest

from domain.errors import NotAllowed
from domain.people import Post, User, candidate_key
from domain.rights import TABLE, may, refusal, relations_to_person, relations_to_task, relations_to_units, require

LAND, WATER = uuid4(), uuid4()
ABSENT = uuid4()


@dataclass(frozen=True)
class Task:
    candidate_key: str | None
    assignee_id: UUID | None = None
    unit_id: UUID | None = LAND
    role: str | None = "official"
    closed_by: UUID | None = None


def person(unit: UUID, role: str) -> User:
    return User(
        uuid4(),
        role,
        role.title(),
        (Post(unit, role),),
        frozenset({candidate_key(unit, role)}),
        headed_units=frozenset(),
    )


OFFERED = Task(candidate_key(LAND, "official"))
OFFICIAL = person(LAND, "official")
STRANGER = person(WATER, "official")
HEAD = replace(person(LAND, "head"), headed_units=frozenset({LAND}))
ADMINISTRATOR = person(WATER, "administrator")


def test_work_offered_to_my_role_may_be_claimed_and_completed() -> None:
    relations = relations_to_task(OFFICIAL, OFFERED)
    assert {"unit", "offered"} <= relations
    assert may(OFFICIAL, "claim", relations)
    assert may(OFFICIAL, "complete", relations)


def test_work_of_another_unit_is_not_even_seen() -> None:
    relations = relations_to_task(STRANGER, OFFERED)
    assert not relations
    assert not may(STRANGER, "see_task", relations)
    with pytest.raises(NotAllowed, match=r"Chỉ .* được làm việc này"):
        require(STRANGER, "complete", relations)


def test_what_a_colleague_claimed_is_seen_and_not_completed() -> None:
    relations = relations_to_task(OFFICIAL, replace(OFFERED, assignee_id=uuid4()))
    assert may(OFFICIAL, "see_task", relations)
    assert not may(OFFICIAL, "complete", relations)
    assert not may(OFFICIAL, "release", relations)


def test_a_head_assigns_and_does_not_do_the_work_itself() -> None:
    relations = relations_to_task(HEAD, OFFERED)
    assert may(HEAD, "assign", relations)
    assert not may(HEAD, "complete", relations)


def test_who_stands_in_completes_for_the_absent() -> None:
    user = replace(STRANGER, stood_in_keys={candidate_key(LAND, "official"): ABSENT})
    assert may(user, "complete", relations_to_task(user, OFFERED))
    assert may(user, "complete", relations_to_task(user, replace(OFFERED, assignee_id=ABSENT)))
    assert not may(user, "complete", relations_to_task(user, replace(OFFERED, assignee_id=uuid4())))


def test_standing_in_for_one_process_reaches_no_other() -> None:
    user = replace(STRANGER, limited_stood_in={"activity": {candidate_key(LAND, "official"): ABSENT}})
    assert may(user, "complete", relations_to_task(user, OFFERED, definition_key="activity"))
    assert not may(user, "complete", relations_to_task(user, OFFERED, definition_key="simple"))
    assert not may(user, "complete", relations_to_task(user, OFFERED))


def test_an_administrator_may_everything_and_a_stranger_only_what_anyone_may() -> None:
    for verb, relations in TABLE.items():
        assert may(ADMINISTRATOR, verb) == ("administrator" in relations or "anyone" in relations)
        assert may(STRANGER, verb) == ("anyone" in relations)


def test_a_task_without_a_key_is_the_administrators() -> None:
    task = Task(None, unit_id=None)
    assert not may(OFFICIAL, "see_task", relations_to_task(OFFICIAL, task))
    assert may(ADMINISTRATOR, "complete", relations_to_task(ADMINISTRATOR, task))


def test_units_taking_part_are_involved_and_their_heads_head() -> None:
    assert relations_to_units(OFFICIAL, [LAND, WATER]) == {"involved"}
    assert relations_to_units(HEAD, [LAND]) == {"head", "involved"}
    assert relations_to_units(STRANGER, [LAND]) == frozenset()
    merged = replace(STRANGER, preceded_units=frozenset({LAND}))
    assert relations_to_units(merged, [LAND]) == {"involved"}


def test_own_tokens_and_substitutions_are_ones_own() -> None:
    assert may(OFFICIAL, "issue_token", relations_to_person(OFFICIAL, OFFICIAL.person_id))
    assert not may(OFFICIAL, "issue_token", relations_to_person(OFFICIAL, HEAD.person_id))
    assert may(HEAD, "manage_substitutions", relations_to_person(HEAD, OFFICIAL.person_id, [LAND]))


def test_a_verb_that_is_not_in_the_table_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        may(ADMINISTRATOR, "fly")


def test_who_leads_any_unit_may_plan_and_sees_nothing_more_of_others_work() -> None:
    assert may(HEAD, "upload_plan")
    assert may(HEAD, "start_instance")
    assert not may(OFFICIAL, "upload_plan")
    assert not may(HEAD, "assign", relations_to_task(HEAD, Task(candidate_key(WATER, "official"), unit_id=WATER)))


def test_a_refusal_names_who_may() -> None:
    with pytest.raises(NotAllowed, match="Chỉ quản trị được làm việc này") as refused:
        require(OFFICIAL, "retry")
    assert refused.value.english.startswith("only an administrator may do this; ")
    assert "người thiết kế quy trình hoặc quản trị" in str(refusal(OFFICIAL, "deploy"))
    assert all(str(refusal(OFFICIAL, verb)) for verb, allowed in TABLE.items() if "anyone" not in allowed)
