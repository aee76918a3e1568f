"""Intermediate events: wait for something, or throw it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bpmn.spiff.events.catching import CatchingNode
from bpmn.spiff.events.throwing import ThrowingNode
from bpmn.spiff.flow import Flow
from bpmn.spiff.runtime import Token


class IntermediateCatchEvent(CatchingNode):
    """Waits in the flow, or after an event-based gateway. A cycle lets a token go on each time it comes."""

    def enter(self, token: Token) -> None:
        token.begin()
        if not self.definitions:
            token.ready()
            return
        self.await_events(token)

    def triggered(self, token: Token, variables: Mapping[str, object]) -> None:
        scope = token.scope
        cancel_rivals(token)
        following = self.following_due(token)
        if following is not None:
            again = scope.add(self, token.parent, token.data, flow=token.internal_data.get("flow"), **following)
            scope.set_beside(token, token.parent, token.data)
            scope.run.enter(again)
        token.set(variables)
        token.ready()


class IntermediateThrowEvent(ThrowingNode):
    """Throws and goes on; without a definition it only passes."""

    def leave(self, token: Token, flows: Sequence[Flow]) -> None:
        self.throw(token)
        if token.is_here:
            super().leave(token, flows)


def cancel_rivals(token: Token) -> None:
    """The other events behind the same event-based gateway come no more."""
    group = token.internal_data.get("group")
    if group is None:
        return
    for other in token.scope.rivals(token, group):
        token.scope.run.cancel(other)
