"""Reads events."""

from __future__ import annotations

from bpmn.drawing import event_definitions
from bpmn.names import EXTENSION, MODEL, TIMES, bare, local
from bpmn.spiff.boundary import BoundaryEvent, CompensationBoundary
from bpmn.spiff.events.definitions import (
    CancelDefinition,
    CompensateDefinition,
    ConditionalDefinition,
    Definition,
    ErrorDefinition,
    EscalationDefinition,
    LinkDefinition,
    MessageDefinition,
    SignalDefinition,
    TerminateDefinition,
    TimerDefinition,
)
from bpmn.spiff.events.end import EndEvent
from bpmn.spiff.events.intermediate import IntermediateCatchEvent, IntermediateThrowEvent
from bpmn.spiff.events.start import StartEvent
from bpmn.spiff.node import Node
from bpmn.spiff.parsers.shared import File, XmlNode, child_text, drawn, flag
from bpmn.spiff.process_spec import ProcessSpec


def definitions_of(event: XmlNode, file: File) -> list[Definition]:
    """What the event waits for or throws."""
    found = (definition_of(node, event, file) for node in event_definitions(event))
    return [definition for definition in found if definition is not None]


def definition_of(node: XmlNode, event: XmlNode, file: File) -> Definition | None:
    """One event definition; None when it says nothing that could come or be thrown."""
    kind = local(node).removesuffix("EventDefinition")
    if kind == "message":
        return message_of(node, event, file)
    if kind == "signal":
        return SignalDefinition(file.named(node.get("signalRef")), own(event, node, "payload"))
    if kind == "timer":
        text = next((text for tag in TIMES if (text := child_text(node, tag))), None)
        return TimerDefinition(text or "None")
    if kind == "error":
        return ErrorDefinition(file.code(node.get("errorRef"), "errorCode"))
    if kind == "escalation":
        return EscalationDefinition(file.code(node.get("escalationRef"), "escalationCode"))
    if kind == "conditional":
        return ConditionalDefinition(child_text(node, "condition") or "false")
    if kind == "compensate":
        waits = flag(node, "waitForCompletion", default=True)
        return CompensateDefinition(bare(node.get("activityRef")) or None, waits)
    if kind == "link":
        return LinkDefinition(node.get("name", ""))
    return CancelDefinition() if kind == "cancel" else TerminateDefinition()


def message_of(node: XmlNode, event: XmlNode, file: File) -> MessageDefinition:
    """The message of an event or task; the correlation nearest to it counts."""
    reference = node.get("messageRef")
    correlation = own(event, node, "correlation") or file.extension(reference, "correlation")
    return MessageDefinition(file.named(reference), correlation, own(event, node, "payload"))


def own(event: XmlNode, node: XmlNode, name: str) -> str | None:
    """Our attribute on the event or on its definition."""
    return node.get(f"{EXTENSION}{name}") or event.get(f"{EXTENSION}{name}") or None


def read_event(node: XmlNode, process: ProcessSpec, file: File) -> Node | None:
    """The spec of an event; None for a compensation boundary, which `tie_compensation` reads."""
    kind, facts = local(node), drawn(node)
    definitions = definitions_of(node, file)
    parallel = flag(node, "parallelMultiple", default=False)
    if kind == "startEvent":
        interrupting = flag(node, "isInterrupting", default=True)
        return StartEvent(process, facts, definitions=definitions, interrupting=interrupting, parallel=parallel)
    if kind == "endEvent":
        return EndEvent(process, facts, definitions=definitions)
    if kind == "intermediateCatchEvent":
        return IntermediateCatchEvent(process, facts, definitions=definitions, parallel=parallel)
    if kind == "intermediateThrowEvent":
        return IntermediateThrowEvent(process, facts, definitions=definitions)
    if any(isinstance(each, CompensateDefinition) for each in definitions):
        return None
    return BoundaryEvent(
        process,
        facts,
        host_name=bare(node.get("attachedToRef")),
        definitions=definitions,
        interrupting=flag(node, "cancelActivity", default=True) or interrupts_always(definitions),
        parallel=parallel,
    )


def interrupts_always(definitions: list[Definition]) -> bool:
    """Errors and cancellation leave nothing to go on with (BPMN 2.0 table 10.90)."""
    return any(isinstance(each, (ErrorDefinition, CancelDefinition)) for each in definitions)


def handler_of(boundary: XmlNode, file: File) -> str | None:
    """The activity that undoes, by the association from the boundary event; None when none is drawn."""
    scope = boundary.getparent()
    for association in scope.iter(f"{MODEL}association") if scope is not None else ():
        ends = [bare(association.get("sourceRef")), bare(association.get("targetRef"))]
        if boundary.get("id") in ends:
            other = ends[1] if ends[0] == boundary.get("id") else ends[0]
            return other if other in file.drawing.by_id else None
    return None


def read_compensation(node: XmlNode, process: ProcessSpec, file: File) -> CompensationBoundary | None:
    """The tie between an activity and its handler."""
    handler = handler_of(node, file)
    if handler is None or handler not in process.task_specs:
        return None
    return CompensationBoundary(process, drawn(node), activity=bare(node.get("attachedToRef")), handler=handler)
