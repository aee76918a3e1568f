"""Targets of plans."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import Indicator


class Indicators(Repository[Indicator]):
    row = Indicator
