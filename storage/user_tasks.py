"""Work for people."""

from __future__ import annotations

from storage.repository import Repository
from storage.tables import UserTask


class UserTasks(Repository[UserTask]):
    row = UserTask
