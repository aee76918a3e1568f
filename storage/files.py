"""Stored files by the hash of their content."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import File, FileContent


class Files(Repository[File]):
    row = File

    def content(self, sha256: str) -> bytes | None:
        """The bytes under this hash, or None."""
        found = self.session.get(FileContent, sha256)
        return None if found is None else found.content

    def add_content(self, sha256: str, content: bytes) -> None:
        """Keep the bytes once, however many files have them."""
        if self.session.get(FileContent, sha256) is None:
            self.session.add(FileContent(sha256=sha256, content=content))
