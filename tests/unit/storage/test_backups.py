"""A backup holds every row and goes into an empty database of either kind."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bpmn.library import shipped
from domain.errors import Conflict, Invalid
from engine.definitions import deploy
from engine.instances import start_instance
from engine.reconcile import reconcile
from office.sample import sample_department
from storage import schema
from storage.backups import read_backup, write_backup
from storage.database import Database
from storage.tables import metadata
from storage.transactions import Work, reading, run_command

NOW = datetime(2026, 3, 12, 3, 42, 5, 123456, tzinfo=UTC)


def furnish(work: Work) -> None:
    units = sample_department(work, NOW, password="mat-khau-thu")
    process = next(each for each in shipped() if each.key == "simple")
    deploy(work, process.xml, key=process.key, forms=tuple(process.forms.items()), now=NOW)
    ids = {name: str(units["DD"]) for name in ("lead", "department", "leader_unit", "clerk_unit")}
    more = {"title": "Thử", "due_date": None, "number": "1", "products": [], "coordinating": [], "to_committee": False}
    start_instance(work, "simple", {**ids, **more}, title="Thử", now=NOW)


def everything(database: Database) -> dict[str, set[str]]:
    with reading(database) as work:
        return {
            table.name: {repr(tuple(row)) for row in work.session.connection().execute(select(table))}
            for table in metadata.sorted_tables
        }


@pytest.fixture
def full(tmp_path: Path) -> Database:
    database = Database(f"sqlite:///{tmp_path}/full.sqlite")
    schema.upgrade(database)
    run_command(database, furnish)
    return database


def test_everything_comes_back_in_either_kind_of_database(full: Database, database: Database, tmp_path: Path) -> None:
    metadata.drop_all(database.engine)
    rows = write_backup(full, tmp_path / "office.backup")
    assert rows > 100
    assert read_backup(database, tmp_path / "office.backup") == rows
    assert everything(database) == everything(full)
    with reading(database) as work:
        assert reconcile(work) == []
    with pytest.raises(Conflict):
        read_backup(database, tmp_path / "office.backup")
    with pytest.raises(Conflict):
        write_backup(full, tmp_path / "office.backup")
    full.close()


def test_only_a_backup_of_this_version_is_taken(database: Database, tmp_path: Path) -> None:
    metadata.drop_all(database.engine)
    (tmp_path / "text").write_text("no backup")
    with zipfile.ZipFile(tmp_path / "empty", "w"):
        pass
    with zipfile.ZipFile(tmp_path / "old", "w") as packed:
        packed.writestr("revision", "0000")
    for name in ("text", "empty", "old"):
        with pytest.raises(Invalid):
            read_backup(database, tmp_path / name)
