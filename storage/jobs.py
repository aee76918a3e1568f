"""Work for workers."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import Job


class Jobs(Repository[Job]):
    row = Job
