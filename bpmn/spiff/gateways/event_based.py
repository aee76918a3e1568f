"""Event-based gateways: whichever event comes first decides."""

from __future__ import annotations

from collections.abc import Sequence

from bpmn.spiff.flow import Flow
from bpmn.spiff.node import Node
from bpmn.spiff.runtime import Token


class EventBasedGateway(Node):
    """Each event waits with a token of its own; the first to come cancels the others of its `group`."""

    def choose(self, token: Token) -> Sequence[Flow]:
        return self.outgoing

    def leave(self, token: Token, flows: Sequence[Flow]) -> None:
        scope, parent = token.scope, token.parent
        group = str(token.id)
        waiting = [
            scope.add(self.process.node(flow.target), parent, token.data, flow=flow.id, group=group) for flow in flows
        ]
        scope.drop(token)
        scope.enter_all(waiting)
