"""Exclusive gateways: the first true condition wins, each token for itself."""

from __future__ import annotations

from collections.abc import Sequence

from bpmn.spiff.flow import Flow
from bpmn.spiff.node import Node, is_true, nothing_chosen
from bpmn.spiff.runtime import Token


class ExclusiveGateway(Node):
    """A flow without a condition that is not the default counts as true, after all that have one."""

    def choose(self, token: Token) -> Sequence[Flow]:
        if not self.outgoing:
            return []
        others = [flow for flow in self.outgoing if flow.id != self.default]
        for flow in sorted(others, key=lambda flow: flow.condition is None):
            if is_true(flow, token):
                return [flow]
        if self.default is None:
            raise nothing_chosen(self)
        return [flow for flow in self.outgoing if flow.id == self.default]
