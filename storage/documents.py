"""Papers of cases."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import Document


class Documents(Repository[Document]):
    row = Document
