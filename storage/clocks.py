"""The virtual clock."""

from __future__ import annotations

from datetime import datetime

from storage.repository import Repository
from storage.tables import Clock

ONLY = 1


class Clocks(Repository[Clock]):
    row = Clock

    def now(self) -> datetime | None:
        """The virtual time; None: the wall clock counts."""
        clock = self.find(ONLY)
        return None if clock is None else clock.now

    def move(self, now: datetime) -> None:
        """Set the virtual clock, which never goes back."""
        clock = self.find(ONLY)
        if clock is None:
            self.add(Clock(id=ONLY, now=now))
        elif now > clock.now:
            clock.now = now
