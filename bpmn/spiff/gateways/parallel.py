"""Parallel gateways: one token from each incoming flow, one token into each outgoing flow."""

from __future__ import annotations

from collections.abc import Sequence

from bpmn.spiff.flow import Flow
from bpmn.spiff.gateways.reach import Join
from bpmn.spiff.runtime import Token


class ParallelGateway(Join):
    """Tokens are counted by flow: a second one on the same flow waits for the next round."""

    def enter(self, token: Token) -> None:
        token.wait()
        oldest = first_by_flow(token.scope.tokens_at(self))
        if token.internal_data.get("flow") is not None and len(oldest) < len(self.incoming):
            return
        token.scope.merge([*oldest.values()], token)
        token.begin()
        token.ready()

    def choose(self, token: Token) -> Sequence[Flow]:
        return self.outgoing


def first_by_flow(tokens: Sequence[Token]) -> dict[str, Token]:
    """The oldest token on each incoming flow."""
    oldest: dict[str, Token] = {}
    for token in tokens:
        oldest.setdefault(token.internal_data.get("flow", ""), token)
    return oldest
