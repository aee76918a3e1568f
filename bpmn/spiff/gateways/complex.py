"""Complex gateways: go on when the activation condition holds; tokens that come later belong to that round.

BPMN 2.0 section 13.4.5. `activationCount` counts the incoming flows that have a token, `waitingForStart` says in which
phase the conditions of the outgoing flows are looked at. After going on the gateway waits for reset: when no further
token can arrive, those that came late are taken together and follow the conditions that hold then, perhaps none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bpmn.spiff.flow import Flow
from bpmn.spiff.gateways.inclusive import InclusiveGateway
from bpmn.spiff.gateways.parallel import first_by_flow
from bpmn.spiff.node import Drawn, conditional_flows, nothing_chosen
from bpmn.spiff.process_spec import ProcessSpec
from bpmn.spiff.runtime import Scope, Token


class ComplexGateway(InclusiveGateway):
    """Without an activation condition it joins like an inclusive gateway.

    The round is kept by a token of its own, whose fact `reset` names the flows that had a token when it went on.
    """

    def __init__(self, process: ProcessSpec, drawn: Drawn, *, activation_condition: str | None) -> None:
        super().__init__(process, drawn)
        self.activation_condition = activation_condition

    def enter(self, token: Token) -> None:
        if self.activation_condition is None or token.internal_data.get("flow") is None:
            super().enter(token)
            return
        token.wait()
        self._look(token.scope, token)

    def choose(self, token: Token) -> Sequence[Flow]:
        late = token.internal_data.get("late", False)
        flows = conditional_flows(self, token, {"waitingForStart": not late})
        if late:
            return [flow for flow in flows if flow.condition is not None or flow.id == self.default]
        if not flows and self.outgoing:
            raise nothing_chosen(self)
        return flows

    def goes_on(self, waiting: Sequence[Token], others: Iterable[Token]) -> bool:
        if self.activation_condition is None:
            return super().goes_on(waiting, others)
        rounds = rounds_of(waiting)
        names = {other.task_spec.name for other in others}
        return bool(rounds) and not any(names & self.upstream[flow] for flow in self._missing(rounds[0], waiting))

    def join(self, waiting: Sequence[Token]) -> None:
        if self.activation_condition is None:
            super().join(waiting)
        else:
            self._reset(rounds_of(waiting)[0], waiting)

    def _look(self, scope: Scope, newest: Token) -> None:
        """A token has come, or waited for the next round: see whether the round is complete, or a new one begins."""
        waiting = scope.tokens_at(self)
        rounds = rounds_of(waiting)
        if rounds:
            if not self._missing(rounds[0], waiting):
                self._reset(rounds[0], waiting)
            return
        taken = first_by_flow(waiting)
        assert self.activation_condition is not None
        if taken and scope.run.evaluate(self.activation_condition, newest, {"activationCount": len(taken)}):
            self._activate(list(taken.values()), newest if newest in taken.values() else next(iter(taken.values())))

    def _activate(self, taken: Sequence[Token], token: Token) -> None:
        seen = sorted({each.internal_data["flow"] for each in taken})
        token.scope.merge(taken, token)
        if len(seen) < len(self.incoming):
            beginning = token.scope.aside(token.parent, token.data)
            token.scope.add(self, beginning, token.data, reset=seen).wait()
        token.begin()
        token.ready()

    def _missing(self, current: Token, waiting: Sequence[Token]) -> set[str]:
        """The flows from which no token has come in this round."""
        return {flow.id for flow in self.incoming} - {*current.internal_data["reset"], *first_by_flow(waiting)}

    def _reset(self, current: Token, waiting: Sequence[Token]) -> None:
        """Take what came late together; what came once more on the same flow begins the next round."""
        scope = current.scope
        come = first_by_flow([each for each in waiting if each is not current])
        late = [each for flow, each in come.items() if flow not in current.internal_data["reset"]]
        decides = any(flow.condition is not None for flow in self.outgoing)
        if late and decides:
            scope.merge(late, late[-1])
        for token in (late[-1:] if decides else late) or [current]:
            token.note(reset=None, late=True)
            if decides:
                token.begin()
                token.ready()
            else:
                scope.end(token)
        if current.is_here and late:
            scope.drop(current)
        again = scope.tokens_at(self)
        if again:
            self._look(scope, again[-1])


def rounds_of(waiting: Sequence[Token]) -> list[Token]:
    """The token that keeps the current round, if one has begun."""
    return [each for each in waiting if "reset" in each.internal_data]
