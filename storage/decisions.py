"""DMN files by key and version."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import Decision


class Decisions(Repository[Decision]):
    row = Decision
