"""Start events: a run begins here; what started it is the business of the engine."""

from __future__ import annotations

from collections.abc import Sequence

from bpmn.spiff.events.definitions import Definition
from bpmn.spiff.node import Drawn, Node
from bpmn.spiff.process_spec import ProcessSpec


class StartEvent(Node):
    """Of a process, a sub-process or an event sub-process."""

    def __init__(
        self,
        process: ProcessSpec,
        drawn: Drawn,
        *,
        definitions: Sequence[Definition] = (),
        interrupting: bool = True,
        parallel: bool = False,
    ) -> None:
        super().__init__(process, drawn)
        self.definitions = tuple(definitions)
        self.interrupting = interrupting
        self.parallel = parallel
