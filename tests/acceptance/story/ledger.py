"""What must be true at the story's end: nothing lost, nothing doubled, everything kept in agreement."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from sqlalchemy import select

from storage.database import Database
from storage.tables import Activity, Document, Instance, NumberSeries, Occurrence, Record, UserTask
from tests.acceptance.story.telling import Story

DONE = Counter(draft=1, contribute=1, consolidate=2, review=2, sign=1, issue=1, record=1)
"""How often each step of the carried row was completed by somebody."""


def check_the_ledger(story: Story) -> None:
    reconciled = story.server.run("reconcile")
    assert (reconciled.returncode, reconciled.stderr) == (0, ""), reconciled.stdout + reconciled.stderr
    database = Database(story.server.database_url)
    try:
        check_cases(database, story)
        check_completions(database, story)
        check_numbers(database)
    finally:
        database.close()


def check_cases(database: Database, story: Story) -> None:
    """Every row has one case, and no case stands for an occurrence that has another."""
    with database.engine.connect() as connection:
        rows = connection.execute(
            select(Activity.number, Occurrence.id, Occurrence.instance_id)
            .join(Occurrence, Occurrence.activity_id == Activity.id)
            .where(Activity.plan_id == UUID(story.plan_id))
        ).all()
        keys = connection.scalars(select(Instance.business_key).where(Instance.business_key.is_not(None))).all()
    opened = [row for row in rows if row.instance_id is not None]
    assert len({row.number for row in opened}) == story.paper.rows
    assert Counter(keys) == Counter(str(row.id) for row in opened)
    assert len({row.instance_id for row in opened}) == len(opened)


def check_completions(database: Database, story: Story) -> None:
    """Each task was completed once: so say the tasks, and so say the records of who did it."""
    case_id = UUID(story.case_id)
    with database.engine.connect() as connection:
        tasks = connection.execute(
            select(UserTask.id, UserTask.element_id, UserTask.state).where(UserTask.instance_id == case_id)
        ).all()
        recorded = connection.scalars(
            select(Record.noun_id).where(Record.instance_id == case_id, Record.verb == "complete")
        ).all()
        status = connection.scalar(select(Instance.status).where(Instance.id == case_id))
    completed = [task for task in tasks if task.state == "completed"]
    expected = DONE if story.paper.answers_by_message else DONE + Counter(answer=1)
    assert status == "completed"
    assert Counter(task.element_id for task in completed) == expected
    assert Counter(recorded) == Counter(str(task.id) for task in completed)


def check_numbers(database: Database) -> None:
    """The series has given every number once, from the first to the last."""
    with database.engine.connect() as connection:
        given = connection.execute(select(Document.series, Document.year, Document.number)).all()
        series = connection.execute(select(NumberSeries.series, NumberSeries.year, NumberSeries.last)).all()
    assert series
    for name, year, last in series:
        numbers = sorted(one.number for one in given if (one.series, one.year) == (name, year))
        assert numbers == list(range(1, last + 1))
