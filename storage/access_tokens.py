"""Bearer tokens."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import AccessToken


class AccessTokens(Repository[AccessToken]):
    row = AccessToken
