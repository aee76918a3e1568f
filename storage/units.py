"""Units, their names and aliases."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import Unit


class Units(Repository[Unit]):
    row = Unit
