"""Many commands under one progress."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import Batch


class Batches(Repository[Batch]):
    row = Batch
