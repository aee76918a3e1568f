"""Reads processes and sub-processes: every node on its own, then the flows between them."""

from __future__ import annotations

from bpmn.drawing import children, condition_of, is_compensation, is_event_sub_process
from bpmn.elements import own_id
from bpmn.names import ACTIVITIES, EVENTS, MODEL, bare, local
from bpmn.spiff.activities.activity import Activity
from bpmn.spiff.activities.repeated import Repeated
from bpmn.spiff.boundary import BoundaryEvent
from bpmn.spiff.flow import Flow
from bpmn.spiff.gateways.complex import ComplexGateway
from bpmn.spiff.gateways.event_based import EventBasedGateway
from bpmn.spiff.gateways.exclusive import ExclusiveGateway
from bpmn.spiff.gateways.inclusive import InclusiveGateway
from bpmn.spiff.gateways.parallel import ParallelGateway
from bpmn.spiff.node import Node, Root
from bpmn.spiff.parsers.activities import read_activity
from bpmn.spiff.parsers.events import read_compensation, read_event
from bpmn.spiff.parsers.shared import File, XmlNode, child_text, drawn, flag, is_inserted
from bpmn.spiff.process_spec import ProcessSpec

GATEWAYS = {
    "exclusiveGateway": ExclusiveGateway,
    "parallelGateway": ParallelGateway,
    "inclusiveGateway": InclusiveGateway,
    "eventBasedGateway": EventBasedGateway,
}


def read_process(scope: XmlNode, file: File) -> ProcessSpec:
    """The spec of a process or sub-process. Raises DefinitionInvalid."""
    name = scope.get("id", "")
    spec = ProcessSpec(name, element_id=own_id(scope), title=scope.get("name", ""))
    spec.start = Root(spec)
    spec.file = file.specs
    spec.sequential = scope.get("ordering") == "Sequential"
    spec.completion_condition = child_text(scope, "completionCondition")
    spec.cancel_remaining = flag(scope, "cancelRemainingInstances", default=True)
    nodes = children(scope)
    for node in nodes:
        made = read_node(node, spec, file)
        if made is not None:
            made.visible = made.visible and not is_inserted(node)
    connect(scope, spec)
    attach_boundaries(nodes, spec, file)
    mark_starts(nodes, spec)
    return spec


def read_node(node: XmlNode, spec: ProcessSpec, file: File) -> Node | None:
    """The spec of one node."""
    kind = local(node)
    if kind in EVENTS:
        return read_event(node, spec, file)
    if kind in ACTIVITIES:
        return read_activity(node, spec, file, read_process)
    if kind == "complexGateway":
        condition = child_text(node, "activationCondition")
        return ComplexGateway(spec, drawn(node), activation_condition=condition)
    return GATEWAYS[kind](spec, drawn(node))


def connect(scope: XmlNode, spec: ProcessSpec) -> None:
    """Give each node its flows, in the order of the file."""
    for number, element in enumerate(scope.findall(f"{MODEL}sequenceFlow")):
        source, target = bare(element.get("sourceRef")), bare(element.get("targetRef"))
        if source not in spec.task_specs or target not in spec.task_specs:
            continue
        condition = condition_of(element) or None
        if condition == "true" and not spec.node(source).visible:
            condition = None  # written on an inserted split; drawn, the flow has none
        flow = Flow(element.get("id") or f"flow {number}", source, target, condition)
        spec.node(source).outgoing.append(flow)
        spec.node(target).incoming.append(flow)
    for element in children(scope):
        if element.get("default") and element.get("id") in spec.task_specs:
            spec.node(element.get("id", "")).default = bare(element.get("default"))


def attach_boundaries(nodes: list[XmlNode], spec: ProcessSpec, file: File) -> None:
    """Tie boundary events to their hosts, and activities to what undoes them."""
    for element in nodes:
        if local(element) != "boundaryEvent":
            continue
        made = spec.task_specs.get(element.get("id", ""))
        host = spec.task_specs.get(bare(element.get("attachedToRef")))
        if isinstance(made, BoundaryEvent) and isinstance(host, Activity):
            host.boundaries.append(made)
        elif made is None and isinstance(host, Activity):
            undone = host.inner if isinstance(host, Repeated) else host
            undone.compensation = read_compensation(element, spec, file)


def mark_starts(nodes: list[XmlNode], spec: ProcessSpec) -> None:
    """Find where a run begins, and which sub-processes events start."""
    drawn_starts = [element for element in nodes if local(element) == "startEvent"]
    spec.start_events = [element.get("id", "") for element in drawn_starts]
    plain = [name for name in spec.start_events if not getattr(spec.node(name), "definitions", ())]
    spec.event_sub_processes = [element.get("id", "") for element in nodes if is_event_sub_process(element)]
    implicit = [
        element.get("id", "")
        for element in nodes
        if local(element) not in ("boundaryEvent", "startEvent")
        and not is_compensation(element)
        and not is_event_sub_process(element)
        and not spec.node(element.get("id", "")).incoming
    ]
    spec.starts = plain or (spec.start_events[:1] if spec.start_events else implicit)
