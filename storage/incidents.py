"""Runs that need a person."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import Incident


class Incidents(Repository[Incident]):
    row = Incident
