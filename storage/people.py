"""People and how they sign in."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import Person


class People(Repository[Person]):
    row = Person
