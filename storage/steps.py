"""Runs of nodes."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import Step


class Steps(Repository[Step]):
    row = Step
