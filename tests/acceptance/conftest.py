"""A served office with the people who use it, in the browser of `tests/conftest.py`."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from waitress import wasyncore
from waitress.server import create_server

from tests.acceptance.pages import press
from tests.unit.web.conftest import PASSWORD, Office, office, opened_office

__all__ = ["office"]

SignIn = Callable[..., Page]


@pytest.fixture
def served(office: Office) -> Iterator[str]:
    """The address of the office's pages."""
    with serving(office.app) as address:
        yield address


@pytest.fixture
def sign_in(browser: Browser, served: str) -> Iterator[SignIn]:
    """Signs somebody in and gives their page; every error a page logs fails the test at its end."""
    with signing_in(browser, served) as enter:
        yield enter


@pytest.fixture(scope="module")
def shared_office(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office for all tests of a module that only look at it."""
    folder = tmp_path_factory.mktemp("office")
    shutil.copy(sqlite_template, folder / "bangiao.sqlite")
    with opened_office(f"sqlite:///{folder / 'bangiao.sqlite'}", folder) as made:
        yield made


@pytest.fixture(scope="module")
def shared_address(shared_office: Office) -> Iterator[str]:
    """The address of its pages."""
    with serving(shared_office.app) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, shared_address: str) -> Iterator[SignIn]:
    """Signs somebody in there, as `sign_in` does."""
    with signing_in(browser, shared_address) as enter:
        yield enter


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The address of the pages, served by waitress in a thread, which also closes it: no other may."""
    sockets: dict[int, Any] = {}
    server: Any = create_server(app, map=sockets, host="127.0.0.1", port=0, threads=4)
    ended = Event()

    def serve() -> None:
        while not ended.is_set():
            wasyncore.loop(timeout=0.05, map=sockets, count=1)
        server.task_dispatcher.shutdown()
        wasyncore.close_all(sockets)

    thread = Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        ended.set()
        thread.join(30)
    assert not thread.is_alive()


@contextmanager
def signing_in(browser: Browser, address: str) -> Iterator[SignIn]:
    """Signs somebody in at `address` and gives their page; an error a page logs fails the test at the end."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def enter(login: str, *, width: int = 1280, height: int = 900, **more: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, base_url=address, **more)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/sign-in")
        page.fill("#login", login)
        page.fill("#password", PASSWORD)
        press(page.locator("button.btn-primary"))
        page.wait_for_url("**/desk")
        return page

    try:
        yield enter
    finally:
        for context in contexts:
            context.close()
    assert not complaints
