"""Complex gateways: go on when the activation condition holds; tokens that come later belong to that round.

BPMN 2.0 section 13.4.5. `activationCount` counts the incoming flows that have a token. After going on the gateway waits
for reset: when no further token can arrive, those that came late are taken together and given nowhere to go.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bpmn.spiff.gateways.inclusive import InclusiveGateway
from bpmn.spiff.gateways.parallel import first_by_flow
from bpmn.spiff.node import Drawn
from bpmn.spiff.process_spec import ProcessSpec
from bpmn.spiff.runtime import Token


class ComplexGateway(InclusiveGateway):
    """Without an activation condition it joins like an inclusive gateway."""

    def __init__(self, process: ProcessSpec, drawn: Drawn, *, activation_condition: str | None) -> None:
        super().__init__(process, drawn)
        self.activation_condition = activation_condition

    def enter(self, token: Token) -> None:
        if self.activation_condition is None or token.internal_data.get("flow") is None:
            super().enter(token)
            return
        token.wait()
        waiting = token.scope.tokens_at(self)
        open_round = next((each for each in waiting if each.internal_data.get("reset")), None)
        if open_round is not None:
            self._swallow(open_round, token)
            return
        taken = first_by_flow(waiting)
        if token.scope.run.evaluate(self.activation_condition, token, {"activationCount": len(taken)}):
            self._activate(list(taken.values()), token)

    def _activate(self, taken: Sequence[Token], token: Token) -> None:
        seen = sorted({each.internal_data["flow"] for each in taken})
        token.scope.merge(taken, token)
        if len(seen) < len(self.incoming):
            marker = token.scope.add(self, token.parent, token.data, flow=token.internal_data["flow"], reset=seen)
            marker.wait()
        token.begin()
        token.ready()

    def _swallow(self, open_round: Token, token: Token) -> None:
        seen = sorted({*open_round.internal_data["reset"], token.internal_data["flow"]})
        token.scope.drop(token)
        if len(seen) == len(self.incoming):
            open_round.scope.drop(open_round)
        else:
            open_round.note(reset=seen)

    def goes_on(self, waiting: Sequence[Token], others: Iterable[Token]) -> bool:
        if self.activation_condition is None:
            return super().goes_on(waiting, others)
        marker = [each for each in waiting if each.internal_data.get("reset")]
        return bool(marker) and self._nothing_comes(marker[0], others)

    def _nothing_comes(self, marker: Token, others: Iterable[Token]) -> bool:
        missing = set(self.upstream()) - set(marker.internal_data["reset"])
        names = {other.task_spec.name for other in others}
        return not any(names & self.upstream()[flow] for flow in missing)

    def join(self, waiting: Sequence[Token]) -> None:
        if self.activation_condition is None:
            super().join(waiting)
            return
        for marker in [each for each in waiting if each.internal_data.get("reset")]:
            marker.scope.drop(marker)
