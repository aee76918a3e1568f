"""Deployed versions of processes."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import Definition


class Definitions(Repository[Definition]):
    row = Definition
