"""A served office with the people who use it, in the browser of `tests/conftest.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from waitress.server import create_server

from tests.unit.web.conftest import PASSWORD, Office, office

__all__ = ["office"]


@pytest.fixture
def served(office: Office) -> Iterator[str]:
    """The address of the office's pages, served by waitress in a thread."""
    server: Any = create_server(office.app, host="127.0.0.1", port=0, threads=4)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(5)


@pytest.fixture
def sign_in(browser: Browser, served: str) -> Iterator[Callable[..., Page]]:
    """Signs somebody in and gives their page; every error a page logs fails the test at its end."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def enter(login: str, *, width: int = 1280, height: int = 900, **more: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, base_url=served, **more)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/sign-in")
        page.fill("#login", login)
        page.fill("#password", PASSWORD)
        page.click("button.btn-primary")
        page.wait_for_url("**/desk")
        return page

    yield enter
    for context in contexts:
        context.close()
    assert not complaints
