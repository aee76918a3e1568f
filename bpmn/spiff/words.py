"""Names of attributes."""

from __future__ import annotations

import re

CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


def snake_case(name: str) -> str:
    """`dueDate` as `due_date`."""
    return CAPITAL.sub("_", name).lower()
