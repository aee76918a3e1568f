"""The time of a command, and what expressions may call at that time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Moment:
    """Handed to every call of the kernel; nothing below asks the clock. `now` is UTC."""

    now: datetime
    functions: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
