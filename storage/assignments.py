"""Units' parts in activities."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import Assignment


class Assignments(Repository[Assignment]):
    row = Assignment
