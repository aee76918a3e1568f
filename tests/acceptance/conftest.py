"""A served office with the people who use it, in the browser of `tests/conftest.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event, Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from waitress import wasyncore
from waitress.server import create_server

from tests.unit.web.conftest import PASSWORD, Office, office

__all__ = ["office"]


@pytest.fixture
def served(office: Office) -> Iterator[str]:
    """The address of the office's pages, served by waitress in a thread, which also closes it: no other may."""
    sockets: dict[int, Any] = {}
    server: Any = create_server(office.app, map=sockets, host="127.0.0.1", port=0, threads=4)
    ended = Event()

    def serve() -> None:
        while not ended.is_set():
            wasyncore.loop(timeout=0.05, map=sockets, count=1)
        server.task_dispatcher.shutdown()
        wasyncore.close_all(sockets)

    thread = Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    ended.set()
    thread.join(30)
    assert not thread.is_alive()


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
