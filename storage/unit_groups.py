"""Several units under one name."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import UnitGroup


class UnitGroups(Repository[UnitGroup]):
    row = UnitGroup
