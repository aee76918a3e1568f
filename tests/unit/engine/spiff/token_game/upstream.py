"""When an inclusive gateway is enabled (BPMN 2.0.2, 13.4.3, table 13.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.engine.spiff.token_game.drawing import Drawing, Node

if TYPE_CHECKING:
    from tests.unit.engine.spiff.token_game.game import Run


def inclusive_is_enabled(run: Run, gateway: Node) -> bool:
    """One incoming flow has a token, and no token can still reach an empty one without passing the gateway, unless
    it can also reach one that has a token."""
    incoming = run.drawing.into[gateway.id]
    empty = {flow.id for flow in incoming if not run.tokens[flow]}
    filled = {flow.id for flow in incoming} - empty
    for reached in positions(run, gateway):
        if reached & empty and not reached & filled:
            return False
    return bool(filled)


def positions(run: Run, gateway: Node) -> list[set[str]]:
    """For each token of the scope the flows it can still reach."""
    found = []
    for flow in run.tokens:
        if flow.target != gateway.id:
            found.append({flow.id} | ahead(run.drawing, flow.target, gateway))
    for activity in run.active:
        if activity.thrower is None:
            found.append(ahead(run.drawing, activity.node.id, gateway))
    return found


def ahead(drawing: Drawing, node: str, gateway: Node) -> set[str]:
    """The flows on all paths from `node` that do not pass the gateway; a boundary event leads on from its activity, a
    link to the one of its name."""
    seen: set[str] = set()
    flows: set[str] = set()
    places = [node]
    while places:
        place = places.pop()
        if place in seen or place == gateway.id:
            continue
        seen.add(place)
        places += [each.id for each in drawing.attached[place]]
        if (linked := drawing.led_by_link(drawing.by_id[place])) is not None:
            places.append(linked.id)
        for flow in drawing.out[place]:
            flows.add(flow.id)
            places.append(flow.target)
    return flows
