"""Acts of people, append-only."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import Record


class Records(Repository[Record]):
    row = Record
