"""A drawing as BPMN XML."""

from __future__ import annotations

from collections.abc import Iterator

from tests.unit.engine.spiff.conftest import HEAD
from tests.unit.engine.spiff.courses import SHARED
from tests.unit.engine.spiff.token_game.drawing import Drawing, Event, Flow, Node, Repeat, When

TAGS = {
    "start": "startEvent", "end": "endEvent", "task": "userTask", "pass": "task", "exclusive": "exclusiveGateway",
    "parallel": "parallelGateway", "inclusive": "inclusiveGateway", "event_based": "eventBasedGateway",
    "catch": "intermediateCatchEvent", "throw": "intermediateThrowEvent", "sub": "subProcess",
    "boundary": "boundaryEvent", "handler": "subProcess", "undoing": "userTask",
}  # fmt: skip
CODES = {"E1": "of_e1", "E2": "of_e2", "X1": "of_x1", "X2": "of_x2", "m": "of_m", "m2": "of_m2", "sig": "of_sig"}
CODES["sig2"] = "of_sig2"


def written(drawing: Drawing) -> str:
    """The whole file."""
    called = "".join(
        f'<process id="of_{node.id}" isExecutable="false">{level(node.inside)}</process>'
        for node in called_in(drawing)
        if node.inside is not None
    )
    return f'{HEAD}<process id="p" isExecutable="true">{level(drawing)}</process>{called}{SHARED}</definitions>'


def called_in(drawing: Drawing) -> Iterator[Node]:
    """The call activities of all levels."""
    for node in drawing.nodes:
        if node.called:
            yield node
        if node.inside is not None:
            yield from called_in(node.inside)


def level(drawing: Drawing) -> str:
    nodes = "".join(node_tag(node) for node in drawing.nodes)
    ties = "".join(tie(drawing, node) for node in drawing.nodes if node.kind == "undoing")
    return nodes + "".join(flow_tag(flow) for flow in drawing.flows) + ties


def node_tag(node: Node) -> str:
    inside = event_tag(node.event) + (level(node.inside) if node.inside and not node.called else "")
    if node.repeat is not None:
        inside = repeat_tag(node.repeat) + inside
    tag = "callActivity" if node.called else TAGS[node.kind]
    return f'<{tag} id="{node.id}"{attributes(node)}>{inside}</{tag}>'


def attributes(node: Node) -> str:
    found = f' default="{node.id}_{node.default}"' if node.default else ""
    if node.called:
        found += f' calledElement="of_{node.id}"'
    if node.kind == "boundary":
        found += f' attachedToRef="{node.host}" cancelActivity="{str(node.interrupting).lower()}"'
    if node.kind == "start" and node.event is not None:
        found += f' isInterrupting="{str(node.interrupting).lower()}"'
    if node.kind == "handler":
        found += ' triggeredByEvent="true"'
    if node.kind == "undoing":
        found += ' isForCompensation="true"'
    return found


def event_tag(event: Event | None) -> str:
    if event is None:
        return ""
    if event.kind == "link":
        return f'<linkEventDefinition name="{event.name}"/>'
    reference = f' {event.kind}Ref="{CODES[event.name]}"' if event.name else ""
    return f"<{event.kind}EventDefinition{reference}/>"


def tie(drawing: Drawing, undoing: Node) -> str:
    """The association from the compensation boundary event to the task that undoes."""
    event = next(n for n in drawing.attached[undoing.host] if n.event is not None and n.event.kind == "compensate")
    return f'<association id="{event.id}_tie" sourceRef="{event.id}" targetRef="{undoing.id}"/>'


def repeat_tag(repeat: Repeat) -> str:
    if repeat.kind == "loop":
        condition = f"<loopCondition>{told(repeat.when)}</loopCondition>"
        marks = f'loopMaximum="{repeat.times}" testBefore="{str(repeat.before).lower()}"'
        return f"<standardLoopCharacteristics {marks}>{condition}</standardLoopCharacteristics>"
    sequential = str(repeat.kind == "sequential").lower()
    cardinality = f"<loopCardinality>{repeat.times}</loopCardinality>"
    return (
        f'<multiInstanceLoopCharacteristics isSequential="{sequential}">{cardinality}'
        "</multiInstanceLoopCharacteristics>"
    )


def flow_tag(flow: Flow) -> str:
    inside = "" if flow.when is None else f"<conditionExpression>{told(flow.when)}</conditionExpression>"
    return f'<sequenceFlow id="{flow.id}" sourceRef="{flow.source}" targetRef="{flow.target}">{inside}</sequenceFlow>'


def told(when: When) -> str:
    """The condition in our expression language: `today()` gives the numbers that hold during one action."""
    return str(when) if isinstance(when, bool) else f"{when} in today()"
