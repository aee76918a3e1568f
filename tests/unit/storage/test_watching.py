"""Open cases in their order, page by page, counted and narrowed, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from domain.people import candidate_key
from storage.database import Database
from storage.tables import Definition, Instance, Step, UserTask
from storage.transactions import Work, reading, run_command
from storage.unit_load import unit_loads
from storage.waits import open_waits
from storage.watching import Narrowing, Watched, standings, watch_counts, watched

NOW = datetime(2026, 3, 12, 3, 42, tzinfo=UTC)
UNIT = uuid4()
STAFFED = {candidate_key(UNIT, "official")}


def definition(work: Work) -> UUID:
    found = Definition(
        id=uuid4(), key="a", version=1, name="A", xml=b"", processes=[], findings=[], origin="office", deployed_at=NOW
    )
    work.definitions.add(found)
    work.flush()
    return found.id


def case(
    work: Work, definition_id: UUID, title: str, *, due: int | None, role: str = "official", **more: object
) -> UUID:
    """A case with one open task, due in `due` days."""
    values: dict[str, object] = {"status": "active", "open_incidents": 0, **more}
    made = Instance(
        id=uuid4(),
        definition_id=definition_id,
        process_id="a",
        title=title,
        title_folded=title.lower(),
        revision=1,
        bindings={},
        head={},
        started_at=NOW,
        **values,
    )
    work.instances.add(made)
    work.flush()
    task = UserTask(
        id=uuid4(),
        instance_id=made.id,
        element_id="step",
        name="Bước",
        unit_id=UNIT,
        role=role,
        candidate_key=candidate_key(UNIT, role),
        due_at=None if due is None else NOW + timedelta(days=due),
        created_at=NOW,
        state="created",
        priority=0,
    )
    work.user_tasks.add(task)
    work.session.add(
        Step(
            instance_id=made.id,
            id=task.id,
            position=1,
            element_id="step",
            type="userTask",
            state="active",
            started_at=NOW - timedelta(days=3),
        )
    )
    work.flush()
    return made.id


def fill(database: Database) -> UUID:
    def command(work: Work) -> UUID:
        definition_id = definition(work)
        case(work, definition_id, "ổn", due=9)
        case(work, definition_id, "không hạn", due=None)
        case(work, definition_id, "muộn", due=-2)
        case(work, definition_id, "muộn hơn", due=-5)
        case(work, definition_id, "không người", due=4, role="clerk")
        case(work, definition_id, "hỏng", due=None, open_incidents=1)
        case(work, definition_id, "tạm dừng", due=-9, status="suspended")
        return definition_id

    return run_command(database, command)


def titles(database: Database, found: list[Watched]) -> list[str]:
    with reading(database) as work:
        return [work.instances.get(each.instance_id).title for each in found]


def test_the_order_is_fault_nobody_late_running_suspended(database: Database) -> None:
    fill(database)
    with reading(database) as work:
        found = watched(work, STAFFED, NOW, Narrowing("all"))
        stuck = watched(work, STAFFED, NOW, Narrowing("stuck"))
        counts = watch_counts(work, STAFFED, NOW)
    order = ["hỏng", "không người", "muộn hơn", "muộn", "ổn", "không hạn", "tạm dừng"]
    assert titles(database, found) == order
    assert titles(database, stuck) == order[:4]
    assert (counts.running, counts.stuck, counts.incident, counts.nobody, counts.late, counts.suspended) == (
        7,
        4,
        1,
        1,
        2,
        1,
    )


def test_page_after_page_gives_each_once(database: Database) -> None:
    fill(database)
    seen: list[Watched] = []
    for _ in range(9):
        after = (seen[-1].rank, seen[-1].due_at, seen[-1].instance_id) if seen else None
        with reading(database) as work:
            seen += watched(work, STAFFED, NOW, Narrowing("all"), after=after, limit=1)
    assert len(seen) == len({each.instance_id for each in seen}) == 7


def test_narrowing_by_unit_words_process_and_age(database: Database) -> None:
    fill(database)
    with reading(database) as work:

        def count(**asked: object) -> int:
            return len(watched(work, STAFFED, NOW, Narrowing("all", **asked)))  # type: ignore[arg-type]

        assert count(unit_id=UNIT) == 7
        assert count(unit_id=uuid4()) == 0
        assert count(definition_key="a") == 7
        assert count(definition_key="b") == 0
        assert count(opened_before=NOW) == 0
        assert count(opened_before=NOW + timedelta(days=1)) == 7
        assert count(words="%") == 0


def test_with_nobody_in_post_all_offered_work_is_nobodys(database: Database) -> None:
    fill(database)
    with reading(database) as work:
        assert watch_counts(work, (), NOW).nobody == 6


def test_where_cases_stand_and_how_late_units_are(database: Database) -> None:
    definition_id = fill(database)
    with reading(database) as work:
        (step,) = standings(work, definition_id)
        (load,) = unit_loads(work, NOW)
        waits = open_waits(work, [each.instance_id for each in watched(work, STAFFED, NOW, Narrowing("all"))])
    assert (step.element_id, step.cases, step.since) == ("step", 7, NOW - timedelta(days=3))
    assert (load.unit_id, load.open, load.late, load.oldest) == (UNIT, 6, 2, NOW - timedelta(days=5))
    assert [len(each.tasks) for each in waits.values()] == [1] * 7
