"""Plans of departments."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import Plan


class Plans(Repository[Plan]):
    row = Plan
