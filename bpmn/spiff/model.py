"""A definition ready to run: the parsed specs, made once per version."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StartEvent:
    """A start event of a process; `kind` is none, message, signal, timer or conditional.

    `name` is that of the message or signal, `expression` the raw timer text, the condition or the correlation.
    """

    element_id: str
    kind: str
    name: str | None = None
    expression: str | None = None


class Model:
    """The specs of one definition version; made by `compile_definition`."""

    def start_events(self, process_id: str) -> tuple[StartEvent, ...]:
        """The start events of the process; an implicit start counts as one of kind none."""
        raise NotImplementedError
