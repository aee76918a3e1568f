"""What activities have to do, period by period."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import Occurrence


class Occurrences(Repository[Occurrence]):
    row = Occurrence
