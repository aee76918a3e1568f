"""The migrations lead to the tables of the code, on both databases, whoever runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, insert, inspect, make_url, select, text

from storage.database import Database
from storage.schema import differences, is_current, is_empty, upgrade
from storage.tables import Notice, NoticeReading, Person, Post, Unit, metadata


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database in which nothing was ever created."""
    if request.param == "sqlite":
        database = Database(f"sqlite:///{tmp_path / 'new.sqlite'}")
        yield database
        database.close()
        return
    server, name = request.getfixturevalue("postgresql_server"), f"empty_{uuid4().hex}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    database = Database(make_url(server).set(database=name).render_as_string(hide_password=False))
    yield database
    database.close()
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    engine.dispose()


def test_an_empty_database_becomes_current(empty: Database) -> None:
    assert is_empty(empty)
    assert not is_current(empty)
    upgrade(empty)
    assert is_current(empty)
    assert set(inspect(empty.engine).get_table_names()) == {*metadata.tables, "alembic_version"}


def test_the_migrations_equal_the_tables(empty: Database) -> None:
    upgrade(empty)
    assert differences(empty) == [], 'write a migration: python -m storage.schema "what changes"'


def test_upgrading_again_changes_nothing(empty: Database) -> None:
    upgrade(empty)
    upgrade(empty)
    assert is_current(empty)


def test_three_upgrades_at_once_are_harmless(
    empty: Database, at_once: Callable[[list[Callable[[], None]]], Any]
) -> None:
    databases = [Database(empty.url) for _ in range(3)]
    at_once([partial(upgrade, database) for database in databases])
    for database in databases:
        database.close()
    assert is_current(empty)


def test_who_had_read_a_notice_is_kept_by_the_upgrade(empty: Database) -> None:
    unit, reader, other, notice = (uuid4() for _ in range(4))
    told = datetime(2026, 3, 12, 3, tzinfo=UTC)
    upgrade(empty, "0003")
    with empty.engine.begin() as connection:
        for person in (reader, other):
            connection.execute(insert(Person).values(id=person, login=person.hex, name="Vi Thị Lụa", created_at=told))
        connection.execute(insert(Unit).values(id=unit, code="TC", kind="division"))
        connection.execute(insert(Post).values(id=uuid4(), person_id=reader, unit_id=unit, role="official"))
        connection.execute(
            insert(Notice).values(
                id=notice, candidate_key=f"{unit.hex}:official", kind="new", text="Việc mới", cause="1", created_at=told
            )
        )
        connection.execute(text("UPDATE notice SET read_at = created_at"))
    upgrade(empty)
    with empty.engine.begin() as connection:
        assert connection.execute(select(NoticeReading.person_id, NoticeReading.notice_id)).all() == [(reader, notice)]
