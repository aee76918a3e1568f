"""The cache of live cases: opaque here, known to the engine.

A case is *taken out* for the length of a command, put back under its new revision after the commit, and dropped on any
error. So nobody ever sees a case that another command is changing, and a stale one is never given out.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from uuid import UUID


class CaseCache:
    """At most `size` live cases by instance, each with the revision it stands at."""

    def __init__(self, size: int = 256) -> None:
        self._size = size
        self._lock = Lock()
        self._cases: OrderedDict[UUID, tuple[int, object]] = OrderedDict()

    def take_out(self, instance_id: UUID) -> tuple[int, object] | None:
        """The case and its revision, now only the caller's; None when it is not here."""
        with self._lock:
            return self._cases.pop(instance_id, None)

    def put_back(self, instance_id: UUID, revision: int, case: object) -> None:
        """Keep `case` unless a newer one is here already."""
        with self._lock:
            held = self._cases.get(instance_id)
            if held is not None and held[0] >= revision:
                return
            self._cases[instance_id] = (revision, case)
            self._cases.move_to_end(instance_id)
            while len(self._cases) > self._size:
                self._cases.popitem(last=False)

    def drop(self, instance_id: UUID) -> None:
        with self._lock:
            self._cases.pop(instance_id, None)

    def clear(self) -> None:
        with self._lock:
            self._cases.clear()
