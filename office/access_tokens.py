"""Bearer tokens for programs: shown once, kept as their SHA-256, acting with their person's rights."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from uuid import UUID, uuid4

from domain.errors import Conflict
from storage.tables import AccessToken, Person
from storage.transactions import Work

PREFIX = "bgt_"


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


def person_by_token(work: Work, token: str) -> UUID | None:
    """Whose token this is; None when it is unknown or revoked. Reads only."""
    found = work.access_tokens.by_hash(_digest(token)) if token.startswith(PREFIX) else None
    return found.person_id if found is not None and found.revoked_at is None else None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
