"""The whole story with its server killed between any two steps, and in the midst of starting the plan.

Nobody signs in twice: what the people had open goes on with the next server. At the end nothing is lost or doubled.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import func, select, update

from engine.clock import wall_clock
from storage.database import Database
from storage.tables import BatchItem, Job, metadata
from tests.acceptance.story import carrying, designing, mending, paper, taking_up
from tests.acceptance.story.ledger import check_the_ledger
from tests.acceptance.story.people import People
from tests.acceptance.story.server import PATIENCE_SECONDS, Server
from tests.acceptance.story.steps import STEPS
from tests.acceptance.story.telling import Step, Story

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1200)]
SEAMS = frozenset(
    {
        taking_up.start_the_plan,  # amid its batch
        carrying.official_sends_the_draft,
        carrying.unit_b_stays_silent,
        designing.designer_publishes_a_new_version,
        mending.administrator_mends_it,
        carrying.leader_signs,  # before the paper has its number
        carrying.clerk_issues,
    }
)
"""After these steps the server has the most to lose."""

Tell = Callable[[str, Callable[[Story, Step], None]], None]


@pytest.fixture
def tell(browser: Browser, tmp_path: Path) -> Tell:
    """Tell the story on a database; after each step `then` may do to the server what it likes."""

    def tell_story(database_url: str, then: Callable[[Story, Step], None]) -> None:
        empty(database_url)
        server = Server(database_url, tmp_path / "home", paper.OURS.begins_at)
        people = People(browser, server.address)
        story = Story(server, people, paper.OURS)
        try:
            server.start()
            for step in STEPS:
                step(story)
                then(story, step)
            check_the_ledger(story)
        finally:
            people.leave()
            server.kill()

    return tell_story


def kill_between(story: Story, step: Step) -> None:
    """SIGKILL, whatever the server is about to do by itself, and a new server on what is left."""
    if step is taking_up.start_the_plan:
        wait_for_the_first_row(story)
    kill_and_start(story)


def kill_and_start(story: Story) -> None:
    """The next server begins when the lease of what the dead one was just doing is over."""
    story.server.kill()
    outlive_the_lease(story.server.database_url)
    story.server.start()


def wait_for_the_first_row(story: Story) -> None:
    """Until the batch is under way; where this process must wait for its turn, more rows may be started by then."""
    database = Database(story.server.database_url)
    try:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not done_rows(database):
            assert time.monotonic() < deadline, "no row was started:\n" + story.server.log()
            time.sleep(0.005)
    finally:
        database.close()


def empty(database_url: str) -> None:
    """Take the tables of the tests' template away: an office's database gets its own by the migrations."""
    database = Database(database_url)
    metadata.drop_all(database.engine)
    database.close()


def done_rows(database: Database) -> int:
    with database.engine.connect() as connection:
        query = select(func.count()).select_from(BatchItem).where(BatchItem.state == "done")
        return connection.scalar(query) or 0


def outlive_the_lease(database_url: str) -> None:
    """As if the minutes a killed worker still holds its job had gone by."""
    database = Database(database_url)
    with database.engine.begin() as connection:
        over = wall_clock() - timedelta(seconds=1)
        connection.execute(update(Job).where(Job.state == "running").values(locked_until=over))
    database.close()


def test_the_story_survives_kills_where_the_server_has_most_to_lose(tell: Tell, new_sqlite_url: str) -> None:
    tell(new_sqlite_url, lambda story, step: kill_between(story, step) if step in SEAMS else None)


@pytest.mark.long
def test_the_story_survives_a_kill_between_any_two_steps(tell: Tell, database_url: str) -> None:
    tell(database_url, kill_between)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3))
def test_the_story_survives_kills_at_moments_nobody_chose(tell: Tell, database_url: str, seed: int) -> None:
    """Killed after a step, after a while, or not at all."""
    chance = random.Random(seed)

    def perhaps_kill(story: Story, step: Step) -> None:
        if chance.random() < 0.4:
            time.sleep(chance.uniform(0, 0.5))
            kill_and_start(story)

    tell(database_url, perhaps_kill)
