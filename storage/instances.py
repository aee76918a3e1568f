"""Runs of definitions."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import Instance


class Instances(Repository[Instance]):
    row = Instance
