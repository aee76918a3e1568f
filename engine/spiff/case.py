"""A running case, in memory: no database, no clock.

Every command takes the `Moment`; afterwards `take_changes` says what became of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from bpmn.spiff.model import Model
from bpmn.spiff.moment import Moment
from engine.spiff.changes import Changes, Closed, Failure, StateRow, StepChange, Thrown, Wait

__all__ = ["Case", "Changes", "Closed", "Failure", "Moment", "StateRow", "StepChange", "Thrown", "Wait"]


class Case:
    """One instance of a definition."""

    ended: bool = False

    @classmethod
    def start(
        cls,
        model: Model,
        process_id: str,
        variables: Mapping[str, Any],
        moment: Moment,
        *,
        start_event: str | None = None,
    ) -> Case:
        """A new case of the process, run on to its first waits."""
        raise NotImplementedError

    @classmethod
    def load(cls, model: Model, head: Mapping[str, Any], rows: Iterable[StateRow]) -> Case:
        """The case as it was saved."""
        raise NotImplementedError

    def complete(self, token_id: UUID, variables: Mapping[str, Any], moment: Moment) -> None:
        """Finish a user or manual task."""
        raise NotImplementedError

    def fire(self, token_id: UUID, moment: Moment) -> None:
        """Let a due timer go on."""
        raise NotImplementedError

    def deliver(self, token_id: UUID, name: str, variables: Mapping[str, Any], moment: Moment) -> None:
        """Hand a message or signal to the token that waits for it."""
        raise NotImplementedError

    def finish_job(self, token_id: UUID, result: Mapping[str, Any], moment: Moment) -> None:
        """A handler has done its work."""
        raise NotImplementedError

    def fail_job(self, token_id: UUID, code: str, moment: Moment) -> bool:
        """A handler raised the BPMN error `code`; False when nothing catches it."""
        raise NotImplementedError

    def retry(self, token_id: UUID, moment: Moment) -> None:
        """Run a failed token again."""
        raise NotImplementedError

    def terminate(self, moment: Moment) -> None:
        """Cancel everything that is open."""
        raise NotImplementedError

    def variables(self, token_id: UUID | None = None) -> Mapping[str, Any]:
        """The token's variables, or the case's."""
        raise NotImplementedError

    def take_changes(self) -> Changes:
        """What happened since the last call."""
        raise NotImplementedError

    def encode(self) -> tuple[dict[str, Any], list[StateRow]]:
        """The whole state: head and rows."""
        raise NotImplementedError
