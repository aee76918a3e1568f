"""Coordinating units' inputs."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import Contribution


class Contributions(Repository[Contribution]):
    row = Contribution
