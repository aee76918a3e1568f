"""Bearer tokens for programs: shown once, kept as their SHA-256, acting with their person's rights."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from domain.errors import Conflict
from storage.tables import AccessToken, Person
from storage.transactions import Work

PREFIX = "bgt_"
USE_KEPT_EVERY = timedelta(minutes=1)
"""The last use of a token is known to the minute, so that calls cost no write each."""


def issue_token(work: Work, person: Person, label: str, now: datetime) -> str:
    """A new token in clear; nobody can read it again."""
    token = PREFIX + secrets.token_urlsafe(32)
    work.access_tokens.add(
        AccessToken(id=uuid4(), person_id=person.id, hash=_digest(token), label=label, created_at=now)
    )
    return token


def revoke_token(work: Work, token_id: UUID, now: datetime) -> None:
    token = work.access_tokens.get(token_id)
    if token.revoked_at is not None:
        raise Conflict("Mã truy cập đã bị thu hồi trước đó", "the token was revoked before")
    token.revoked_at = now


def token_in_force(work: Work, token: str) -> AccessToken | None:
    """What is kept of a token in clear; None when it is unknown or revoked. Reads only."""
    found = work.access_tokens.by_hash(_digest(token)) if token.startswith(PREFIX) else None
    return found if found is not None and found.revoked_at is None else None


def is_use_due(token: AccessToken, now: datetime) -> bool:
    """Whether the use of `token` now is worth a write."""
    return token.last_used_at is None or token.last_used_at <= now - USE_KEPT_EVERY


def keep_use(work: Work, token_id: UUID, now: datetime) -> None:
    work.access_tokens.get(token_id).last_used_at = now


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
