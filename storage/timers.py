"""What is due."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import Timer


class Timers(Repository[Timer]):
    row = Timer
