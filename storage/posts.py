"""Roles held in units."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import Post


class Posts(Repository[Post]):
    row = Post
