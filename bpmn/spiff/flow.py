"""Sequence flows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flow:
    """From node to node by name; `condition` is an expression or None."""

    id: str
    source: str
    target: str
    condition: str | None = None
