"""An office to test with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from domain.people import User
from office.organisation import user_of
from office.sample import sample_department
from storage.database import Database
from storage.transactions import reading, run_command

NOW = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
TODAY = date(2026, 1, 5)


@dataclass(frozen=True)
class Office:
    """The sample department in a database, with its units' ids by code."""

    database: Database
    units: dict[str, UUID]

    def user(self, login: str, today: date = TODAY) -> User:
        with reading(self.database) as work:
            person = work.people.by_login(login)
            assert person is not None, login
            return user_of(work, person.id, today)


@pytest.fixture
def office(database: Database) -> Iterator[Office]:
    return Office(database, run_command(database, lambda work: sample_department(work, NOW, password="mat-khau-thu")))
