"""What is on a desk: in order, page by page, and counted exactly."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.people import Post, User, candidate_key
from engine.definitions import deploy
from engine.instances import start_instance
from storage.database import Database
from storage.tables import UserTask
from storage.transactions import Work, reading, run_command
from storage.worklists import COUNTED, Place, Window, count, mine, of_units, worklist
from tests.unit.handlers.test_handlers import DRAWING

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LAND, WATER, ABSENT = uuid4(), uuid4(), uuid4()
USER = User(
    uuid4(), "a", "A", (Post(LAND, "official"),), frozenset({candidate_key(LAND, "official")}), headed_units=frozenset()
)


def task(instance_id: UUID, *, unit: UUID = LAND, due: int | None = None, assignee: UUID | None = None) -> UserTask:
    return UserTask(
        id=uuid4(),
        instance_id=instance_id,
        element_id="t",
        name="T",
        role="official",
        unit_id=unit,
        candidate_key=candidate_key(unit, "official"),
        assignee_id=assignee,
        due_at=None if due is None else NOW + timedelta(days=due),
        created_at=NOW,
    )


@pytest.fixture
def case(database: Database) -> UUID:
    run_command(database, lambda work: deploy(work, DRAWING, now=NOW))
    return run_command(database, lambda work: start_instance(work, "waits", {}, now=NOW).id)


def put(database: Database, *tasks: UserTask) -> list[UserTask]:
    def command(work: Work) -> None:
        for each in tasks:
            work.user_tasks.add(each)

    run_command(database, command)
    return list(tasks)


def test_mine_is_what_i_have_what_is_offered_and_what_the_absent_have(database: Database, case: UUID) -> None:
    offered, own, others, elsewhere, absents, lent = put(
        database,
        task(case, due=3),
        task(case, due=1, assignee=USER.person_id, unit=WATER),
        task(case, due=0, assignee=uuid4()),
        task(case, due=0, unit=WATER),
        task(case, due=2, unit=WATER, assignee=ABSENT),
        task(case, unit=WATER),
    )
    with reading(database) as work:
        assert [each.id for each in worklist(work, mine(USER))] == [own.id, offered.id]
        standing_in = replace(USER, stood_in_keys={candidate_key(WATER, "official"): ABSENT})
        found = [each.id for each in worklist(work, mine(standing_in))]
        assert found[:4] == [elsewhere.id, own.id, absents.id, offered.id]
        assert found[4:] == [lent.id]
        limited = replace(USER, limited_stood_in={"waits": {candidate_key(WATER, "official"): ABSENT}})
        assert {each.id for each in worklist(work, mine(limited))} == set(found)
        strange = replace(USER, limited_stood_in={"other": {candidate_key(WATER, "official"): ABSENT}})
        assert len(worklist(work, mine(strange))) == 2
        assert {each.id for each in worklist(work, of_units([LAND]))} == {offered.id, others.id}


def test_late_and_near_work_are_windows_and_closed_work_is_nowhere(database: Database, case: UUID) -> None:
    late, near, _, closed = put(database, task(case, due=-1), task(case, due=2), task(case, due=20), task(case, due=-2))

    def close(work: Work) -> None:
        found = work.user_tasks.get(closed.id)
        found.state, found.closed_at = "completed", NOW

    run_command(database, close)
    with reading(database) as work:
        assert [each.id for each in worklist(work, mine(USER), window=Window(due_before=NOW))] == [late.id]
        soon = Window(due_from=NOW, due_before=NOW + timedelta(days=4))
        assert [each.id for each in worklist(work, mine(USER), window=soon)] == [near.id]
        assert count(work, mine(USER)) == 3


def test_counts_are_exact_up_to_999_and_one_more_means_more(sqlite_database: Database) -> None:
    database = sqlite_database
    run_command(database, lambda work: deploy(work, DRAWING, now=NOW))
    case = run_command(database, lambda work: start_instance(work, "waits", {}, now=NOW).id)
    put(database, *(task(case, due=n) for n in range(COUNTED)))
    with reading(database) as work:
        assert count(work, mine(USER)) == COUNTED
    put(database, *(task(case) for _ in range(5)))
    with reading(database) as work:
        assert count(work, mine(USER)) == COUNTED + 1
        assert count(work, ()) == 0


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(dues=st.lists(st.one_of(st.none(), st.integers(-3, 3)), max_size=20), size=st.integers(1, 7))
def test_for_every_desk_pages_give_each_task_once_in_order(
    sqlite_database: Database, dues: list[int | None], size: int
) -> None:
    database, unit = sqlite_database, uuid4()
    user = replace(USER, keys=frozenset({candidate_key(unit, "official")}), person_id=uuid4())
    with reading(database) as work:
        known = work.definitions.newest("waits") is not None
    if not known:
        run_command(database, lambda work: deploy(work, DRAWING, now=NOW))
    case = run_command(database, lambda work: start_instance(work, "waits", {}, now=NOW).id)
    put(database, *(task(case, unit=unit, due=due) for due in dues))
    seen: list[tuple[bool, datetime | None, UUID]] = []
    after = None
    with reading(database) as work:
        while page := worklist(work, mine(user), limit=size, after=after):
            seen += [(each.due_at is None, each.due_at, each.id) for each in page]
            after = Place(page[-1].due_at, page[-1].id)
    assert len({each[2] for each in seen}) == len(seen) == len(dues)
    assert seen == sorted(seen, key=lambda each: (each[0], each[1] or NOW, each[2]))
