"""Rows of plans."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import Activity


class Activities(Repository[Activity]):
    row = Activity
