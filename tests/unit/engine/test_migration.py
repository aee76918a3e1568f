"""Running cases on another version: tried, done for many, undone."""

from __future__ import annotations

from uuid import UUID

import pytest

from domain.errors import Conflict, InstanceClosed, NotAllowed
from engine.batches import batch_handler
from engine.definitions import deploy
from engine.due import JobsDue
from engine.instances import terminate_instance
from engine.migration import migrate_instance, migrate_item, start_migration, try_migration, undo_migration
from storage.tables import Batch
from storage.transactions import reading, run_command
from tests.unit.engine.conftest import ADMINISTRATOR, DRAWINGS, NOW, OFFICIAL, Engine

OLD = (DRAWINGS / "two_steps.bpmn").read_bytes()
LONGER = OLD.replace(
    b'<endEvent id="done"><incoming>f3</incoming></endEvent>',
    b'<userTask id="sign" name="K\xc3\xbd"><incoming>f3</incoming><outgoing>f4</outgoing></userTask>'
    b'\n    <endEvent id="done"><incoming>f4</incoming></endEvent>',
).replace(
    b'sourceRef="review" targetRef="done" />',
    b'sourceRef="review" targetRef="sign" />\n    <sequenceFlow id="f4" sourceRef="sign" targetRef="done" />',
)
RENAMED = OLD.replace(b'"draft" name', b'"write" name').replace(b'Ref="draft"', b'Ref="write"')


def put(engine: Engine, xml: bytes) -> UUID:
    return run_command(engine.database, lambda work: deploy(work, xml, now=NOW).id)


def migrate(engine: Engine, case: UUID, definition_id: UUID, **more: object) -> None:
    run_command(
        engine.database,
        lambda work: migrate_instance(work, case, definition_id, ADMINISTRATOR, NOW, **more),  # type: ignore[arg-type]
    )


def run_jobs(engine: Engine) -> None:
    JobsDue({"batch": batch_handler(engine.database, {"migrate": migrate_item}, lambda: NOW)}).run(engine.database, NOW)


def test_a_case_goes_on_in_the_new_version_with_the_task_it_had(engine: Engine) -> None:
    case = engine.start("two_steps")
    task = engine.task(case, "draft")
    migrate(engine, case, put(engine, LONGER))
    assert [one.id for one in engine.tasks(case)] == [task.id]
    assert engine.doubts() == []
    for element in ("draft", "review", "sign"):
        engine.database.cases.clear()
        engine.do(case, element)
    assert engine.instance(case).status == "completed"
    with reading(engine.database) as work:
        migrated = work.records.of_instance(case)[1]
    assert (migrated.verb, migrated.before, migrated.after) == (
        "migrate",
        {"definition": "two_steps", "version": 1},
        {"definition": "two_steps", "version": 2},
    )


def test_trying_tells_and_changes_nothing(engine: Engine) -> None:
    case = engine.start("two_steps")
    longer, renamed = put(engine, LONGER), put(engine, RENAMED)
    with reading(engine.database) as work:
        assert try_migration(work, case, longer, NOW).fits
        refused = try_migration(work, case, renamed, NOW)
        assert not refused.fits
        assert refused.message
        assert try_migration(work, case, renamed, NOW, {"draft": "write"}).fits
    assert engine.trace(case) == ["begin"]
    engine.do(case, "draft")
    assert engine.doubts() == []


def test_what_does_not_fit_is_refused_and_stays(engine: Engine) -> None:
    case = engine.start("two_steps")
    before = engine.instance(case).definition_id
    renamed = put(engine, RENAMED)
    with pytest.raises(Conflict):
        migrate(engine, case, renamed)
    assert engine.instance(case).definition_id == before
    engine.do(case, "draft")
    assert engine.doubts() == []


def test_a_renamed_element_is_named_by_the_person(engine: Engine) -> None:
    case = engine.start("two_steps")
    migrate(engine, case, put(engine, RENAMED), elements={"draft": "write"})
    engine.do(case, "write")
    assert [one.element_id for one in engine.tasks(case)] == ["review"]
    assert engine.doubts() == []


def test_not_everybody_migrates_and_ended_cases_stay(engine: Engine) -> None:
    case = engine.start("two_steps")
    longer = put(engine, LONGER)
    with pytest.raises(NotAllowed):
        run_command(engine.database, lambda work: migrate_instance(work, case, longer, OFFICIAL, NOW))
    run_command(engine.database, lambda work: terminate_instance(work, case, ADMINISTRATOR, NOW))
    with pytest.raises(InstanceClosed):
        migrate(engine, case, longer)


def test_many_are_migrated_in_the_background_and_put_back(engine: Engine) -> None:
    cases = [engine.start("two_steps") for _ in range(6)]
    engine.do(cases[0], "draft")
    engine.do(cases[0], "review")
    first = engine.instance(cases[1]).definition_id
    longer = put(engine, LONGER)
    batch = run_command(engine.database, lambda work: start_migration(work, cases, longer, ADMINISTRATOR, NOW))
    run_jobs(engine)
    assert standing(engine, batch.id) == ("finished", 5, 1)
    assert {engine.instance(case).definition_id for case in cases[1:]} == {longer}
    back = run_command(engine.database, lambda work: undo_migration(work, batch.id, ADMINISTRATOR, NOW))
    run_jobs(engine)
    assert standing(engine, back.id) == ("finished", 5, 0)
    assert {engine.instance(case).definition_id for case in cases[1:]} == {first}
    engine.do(cases[1], "draft")
    engine.do(cases[1], "review")
    assert engine.instance(cases[1]).status == "completed"
    assert engine.doubts() == []


def standing(engine: Engine, batch_id: UUID) -> tuple[str, int, int]:
    with reading(engine.database) as work:
        batch: Batch = work.batches.get(batch_id)
    return batch.state, batch.done, batch.failed
