"""Reconcile finds every kind of disagreement, and mends what can be mended safely."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from engine.reconcile import reconcile, repair
from storage.tables import Job, Subscription, Timer, UserTask
from storage.transactions import Work, reading, run_command
from tests.unit.engine.conftest import NOW, Engine

Damage = Callable[[Work, UUID], object]


def found(engine: Engine) -> set[str]:
    with reading(engine.database) as work:
        return {difference.what for difference in reconcile(work)}


def lose_task(work: Work, case: UUID) -> None:
    work.user_tasks.of_instance(case)[0].closed_at = NOW


def invent_task(work: Work, case: UUID) -> None:
    work.user_tasks.add(UserTask(id=uuid4(), instance_id=case, element_id="x", name="x", created_at=NOW))


def lose_timer(work: Work, case: UUID) -> None:
    work.timers.end([timer.id for timer in work.timers.of_instance(case)], "cancelled", NOW)


def invent_timer(work: Work, case: UUID) -> None:
    work.timers.add(Timer(instance_id=case, token_id=uuid4(), element_id="x", due_at=NOW, created_at=NOW))


def claim_without_job(work: Work, case: UUID) -> None:
    work.timers.of_instance(case)[0].enqueued_at = NOW


def invent_subscription(work: Work, case: UUID) -> None:
    work.subscriptions.add(
        Subscription(instance_id=case, token_id=uuid4(), element_id="x", kind="message", name="x", created_at=NOW)
    )


def lose_job(work: Work, case: UUID) -> None:
    work.jobs.cancel([job.id for job in work.jobs.of_instance(case)], NOW)


def invent_job(work: Work, case: UUID) -> None:
    work.jobs.add(Job(instance_id=case, token_id=uuid4(), topic="x", payload={}, created_at=NOW))


def miscount(work: Work, case: UUID) -> None:
    work.instances.get(case).open_incidents = 3


def lose_state(work: Work, case: UUID) -> None:
    work.tokens.forget(case)


def lose_token(work: Work, case: UUID) -> None:
    (id,) = [task.id for task in work.user_tasks.of_instance(case) if task.element_id == "left"]
    work.tokens.delete(work.tokens.get((case, id)))


def cut_record(work: Work, case: UUID) -> None:
    work.records.delete(work.records.of_instance(case)[0])


MENDED: list[tuple[str, Damage]] = [
    ("user_task", invent_task),
    ("timer", invent_timer),
    ("timer", claim_without_job),
    ("subscription", invent_subscription),
    ("job", invent_job),
    ("incident", miscount),
]
LEFT: list[tuple[str, Damage]] = [
    ("user_task", lose_task),
    ("timer", lose_timer),
    ("job", lose_job),
    ("state", lose_state),
    ("state", lose_token),
    ("user_task", lose_token),
    ("record", cut_record),
]


@pytest.fixture
def case(engine: Engine) -> UUID:
    """A case that waits for people, a timer and a job."""
    return engine.start("several", {"turns": 0})


def test_an_undamaged_case_raises_no_doubt(engine: Engine, case: UUID) -> None:
    assert found(engine) == set()
    engine.tick()
    engine.do(case, "left")
    assert found(engine) == set()


@pytest.mark.parametrize(("what", "damage"), [*MENDED, *LEFT])
def test_every_damage_is_named(engine: Engine, case: UUID, what: str, damage: Damage) -> None:
    run_command(engine.database, lambda work: damage(work, case))
    assert what in found(engine)


@pytest.mark.parametrize(("what", "damage"), MENDED)
def test_what_the_state_knows_nothing_of_is_mended(engine: Engine, case: UUID, what: str, damage: Damage) -> None:
    run_command(engine.database, lambda work: damage(work, case))
    mended, left = repair(engine.database, NOW)
    assert [difference.what for difference in mended] == [what]
    assert left == []
    assert found(engine) == set()


@pytest.mark.parametrize(("what", "damage"), LEFT)
def test_what_only_a_person_can_judge_is_left_and_reported(
    engine: Engine, case: UUID, what: str, damage: Damage
) -> None:
    run_command(engine.database, lambda work: damage(work, case))
    _, left = repair(engine.database, NOW)
    assert what in {difference.what for difference in left}
