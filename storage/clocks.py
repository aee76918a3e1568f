"""The virtual clock."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import Clock


class Clocks(Repository[Clock]):
    row = Clock
