"""Who stands in for whom."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import Substitution


class Substitutions(Repository[Substitution]):
    row = Substitution
