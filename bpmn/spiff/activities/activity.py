"""What tasks and sub-processes have in common: boundary events, token quantities, instances, compensation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bpmn.spiff.boundary import CompensationBoundary
from bpmn.spiff.flow import Flow
from bpmn.spiff.node import Drawn, Node, conditional_flows, nothing_chosen
from bpmn.spiff.process_spec import ProcessSpec
from bpmn.spiff.runtime import Token


class Activity(Node):
    """Runs, while its boundary events wait beside it."""

    def __init__(self, process: ProcessSpec, drawn: Drawn, **facts: Any) -> None:
        super().__init__(process, drawn, **facts)
        self.start_quantity = 1
        self.compensation: CompensationBoundary | None = None

    def enter(self, token: Token) -> None:
        if self.start_quantity > 1 and not self._gather(token):
            return
        token.begin()
        self.prepare(token)
        for boundary in self.boundaries:
            if token.is_here:
                boundary.enter(token.scope.add(boundary, token, token.data))
        if token.is_here:
            self.begin_work(token)

    def prepare(self, token: Token) -> None:
        """Evaluate what the drawing says of this run; nothing is armed yet."""

    def begin_work(self, token: Token) -> None:
        """The boundary events are armed."""
        token.ready()

    def choose(self, token: Token) -> Sequence[Flow]:
        if "instance" in token.internal_data:
            token.parent.task_spec.collect(token)
            return []
        if not self.outgoing:
            return []
        flows = conditional_flows(self, token)
        if not flows:
            raise nothing_chosen(self)
        return flows

    def leave(self, token: Token, flows: Sequence[Flow]) -> None:
        scope = token.scope
        if self.compensation is not None:
            scope.run.may_compensate(token, self.compensation)
        if "instance" in token.internal_data:
            container = token.parent
            container.task_spec.instance_done(container, token)
        else:
            super().leave(token, flows)

    def _gather(self, token: Token) -> bool:
        """Whether enough tokens have come; they become one."""
        token.wait()
        waiting = [each for each in token.scope.tokens_at(self) if not each.begun]
        if len(waiting) < self.start_quantity:
            return False
        token.scope.merge(waiting[-self.start_quantity :], token)
        return True
