"""Half-filled forms."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import Draft


class Drafts(Repository[Draft]):
    row = Draft
