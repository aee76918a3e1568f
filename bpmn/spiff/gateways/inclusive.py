"""Inclusive gateways: every true condition; the join waits for every token that can still arrive.

BPMN 2.0 table 13.3: a join goes on when at least one incoming flow has a token, and no token elsewhere can reach an
empty incoming flow without passing the gateway, unless it can reach one that has a token already.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bpmn.spiff.flow import Flow
from bpmn.spiff.gateways.parallel import first_by_flow
from bpmn.spiff.gateways.reach import Join
from bpmn.spiff.node import conditional_flows, nothing_chosen
from bpmn.spiff.runtime import Token


class InclusiveGateway(Join):
    """Whether the join goes on is asked when nothing else moves: `goes_on`."""

    def enter(self, token: Token) -> None:
        if len(self.incoming) > 1 and token.internal_data.get("flow") is not None:
            token.wait()
            return
        token.begin()
        token.ready()

    def goes_on(self, waiting: Sequence[Token], others: Iterable[Token]) -> bool:
        """Whether the tokens that wait here need not wait for any of the `others` in the scope."""
        present = {token.internal_data.get("flow") for token in waiting}
        for other in others:
            name = other.task_spec.name
            reached = {flow for flow, names in self.upstream.items() if name in names}
            if reached and not reached & present:
                return False
        return True

    def join(self, waiting: Sequence[Token]) -> None:
        """Melt the first token of each flow into one and go on."""
        taken = list(first_by_flow(waiting).values())
        survivor = taken[-1]
        survivor.scope.merge(taken, survivor)
        survivor.begin()
        survivor.ready()

    def choose(self, token: Token) -> Sequence[Flow]:
        flows = conditional_flows(self, token)
        if not flows and self.outgoing:
            raise nothing_chosen(self)
        return flows
