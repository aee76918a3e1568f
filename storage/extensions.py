"""Later due days, asked and decided."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import Extension


class Extensions(Repository[Extension]):
    row = Extension
