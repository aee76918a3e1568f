"""Stored files by the hash of their content."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import File


class Files(Repository[File]):
    row = File
