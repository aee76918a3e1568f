"""Answers given to keyed requests."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import Idempotency


class IdempotencyKeys(Repository[Idempotency]):
    row = Idempotency
