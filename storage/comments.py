"""What people say about a case."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import Comment


class Comments(Repository[Comment]):
    row = Comment
