"""From a plan document to the People's Committee's answer, as people do it, in a browser against a real server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.acceptance.story import paper
from tests.acceptance.story.ledger import check_the_ledger
from tests.acceptance.story.people import People
from tests.acceptance.story.server import Server
from tests.acceptance.story.steps import STEPS
from tests.acceptance.story.telling import Story

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]


@pytest.fixture
def story(browser: Browser, tmp_path: Path) -> Iterator[Story]:
    """The office before the plan comes: a server with the sample department, nobody signed in yet.

    The plan is a department's own where one stands beside the checkout; ours runs in the crash test everywhere.
    """
    document = paper.theirs() or paper.OURS
    server = Server(f"sqlite:///{tmp_path / 'story.sqlite'}", tmp_path, document.begins_at)
    people = People(browser, server.address, photographs=True)
    try:
        server.start()
        yield Story(server, people, document)
    finally:
        people.leave()
        server.kill()


def test_a_plan_goes_from_its_paper_to_the_committees_answer(story: Story) -> None:
    for step in STEPS:
        step(story)
    assert story.people.troubles == []
    check_the_ledger(story)
