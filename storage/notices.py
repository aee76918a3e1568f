"""Lines telling people what is new, near or late."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import Notice


class Notices(Repository[Notice]):
    row = Notice
