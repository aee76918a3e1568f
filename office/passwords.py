"""Passwords: argon2, and the least a password must have."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from domain.errors import Invalid

SHORTEST = 8

_HASHER = PasswordHasher()


def hash_password(password: str) -> str:
    """The argon2id hash. Raises Invalid for a password that is too short."""
    if len(password) < SHORTEST:
        raise Invalid(f"Mật khẩu cần ít nhất {SHORTEST} ký tự", f"a password has at least {SHORTEST} characters")
    return _HASHER.hash(password)


def matches(hashed: str, password: str) -> bool:
    try:
        return _HASHER.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(hashed: str) -> bool:
    """Whether the hash was made with weaker settings than today's."""
    return _HASHER.check_needs_rehash(hashed)


@cache
def nobodys() -> str:
    """A hash to check when there is no such login, so that the answer takes the same time."""
    return _HASHER.hash("không phải mật khẩu của ai")
