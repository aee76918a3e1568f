"""What the rooms above may do inside the engine's own transaction, without the engine knowing them.

A listener sees rows only. It may write rows of its own through `work`; it never commits, sends or asks the time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from storage.tables import Completion, Instance, UserTask

if TYPE_CHECKING:
    from storage.transactions import Work


class Listener(Protocol):
    """Told of each change in the command that makes it; `variables` are the token's, never to be changed in place."""

    def task_opened(self, work: Work, task: UserTask, variables: Mapping[str, Any], now: datetime) -> None: ...

    def task_closed(self, work: Work, task: UserTask, variables: Mapping[str, Any], now: datetime) -> None:
        """`task.state` is completed or cancelled; `variables` are those it was completed with ({} when cancelled)."""
        ...

    def task_taken_back(
        self, work: Work, task: UserTask, completion: Completion, cancelled: Sequence[UserTask], now: datetime
    ) -> None:
        """`task` is open again, the tasks its completion led to are `cancelled`; the rows a listener wrote because of
        it stand as before."""
        ...

    def instance_ended(self, work: Work, instance: Instance, variables: Mapping[str, Any], now: datetime) -> None: ...
