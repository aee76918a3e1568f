"""The state of instances, row by row."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import Token


class Tokens(Repository[Token]):
    row = Token
