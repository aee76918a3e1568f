"""Reads tasks, sub-processes and what makes them repeat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bpmn.findings import Finding
from bpmn.names import EXTENSION, MODEL, SUB_PROCESSES, bare, local
from bpmn.spiff.activities.activity import Activity
from bpmn.spiff.activities.passing import EVERYTHING, Assignments, Passing
from bpmn.spiff.activities.repeated import Behavior, Loop, MultiInstance
from bpmn.spiff.activities.sub_process import AdHocSubProcess, CallActivity, EventSubProcess, SubProcess
from bpmn.spiff.activities.tasks import DecisionTask, JobTask, PlainTask, ReceiveTask, ScriptTask, SendTask, UserTask
from bpmn.spiff.boundary import CompensationScope
from bpmn.spiff.events.definitions import (
    CompensateDefinition,
    Definition,
    EscalationDefinition,
    MessageDefinition,
    SignalDefinition,
)
from bpmn.spiff.events.start import StartEvent
from bpmn.spiff.node import Node
from bpmn.spiff.parsers.events import definition_of, definitions_of, message_of
from bpmn.spiff.parsers.shared import File, XmlNode, child_text, drawn, flag, number
from bpmn.spiff.process_spec import ProcessSpec
from domain.errors import DefinitionInvalid

Inside = Callable[[XmlNode, File], ProcessSpec]
MOST_TOKENS_A_STEP = 100
JOBS = frozenset({"serviceTask", "sendTask", "businessRuleTask"})


def read_activity(node: XmlNode, process: ProcessSpec, file: File, inside: Inside) -> Node:
    """The spec of an activity; one that repeats becomes a container around it."""
    name = node.get("id", "")
    multiple = node.find(f"{MODEL}multiInstanceLoopCharacteristics")
    loop = node.find(f"{MODEL}standardLoopCharacteristics")
    if multiple is None and loop is None:
        return with_quantities(read_single(node, process, file, inside, {}), node)
    inner = read_single(node, process, file, inside, {"name": f"{name} (instance)"})
    container: Activity
    if multiple is not None:
        container = multi_instance(multiple, node, process, file, inner)
    else:
        assert loop is not None
        container = standard_loop(loop, node, process, inner)
    return with_quantities(container, node)


def with_quantities(activity: Activity, node: XmlNode) -> Activity:
    """How many tokens it takes and gives (BPMN 2.0 section 10.2.1). Raises DefinitionInvalid below one."""
    activity.start_quantity = number(node, "startQuantity", 1)
    activity.completion_quantity = number(node, "completionQuantity", 1)
    if not 1 <= min(quantities(activity)) <= max(quantities(activity)) <= MOST_TOKENS_A_STEP:
        raise refusal(
            node,
            f"số token vào và ra phải từ 1 đến {MOST_TOKENS_A_STEP}",
            f"token quantities must be from 1 to {MOST_TOKENS_A_STEP}",
        )
    return activity


def quantities(activity: Activity) -> tuple[int, int]:
    """Tokens it takes to begin, and gives at its end."""
    return activity.start_quantity, activity.completion_quantity


def read_single(node: XmlNode, process: ProcessSpec, file: File, inside: Inside, named: dict[str, Any]) -> Activity:
    """The activity as it runs once."""
    kind, facts = local(node), drawn(node)
    if kind in SUB_PROCESSES:
        return read_sub_process(node, process, file, inside, named)
    if kind == "callActivity":
        called = bare(node.get("calledElement")) or None
        return CallActivity(process, facts, called=called, passing=read_passing(node), **named)
    if kind in ("userTask", "manualTask"):
        return UserTask(process, facts, **named)
    if kind == "scriptTask":
        return ScriptTask(process, facts, script=node.findtext(f"{MODEL}script") or "", **named)
    if kind in JOBS and facts.attributes.get("topic"):
        return JobTask(process, facts, **named)
    if kind == "businessRuleTask" and facts.attributes.get("decision"):
        return DecisionTask(process, facts, decision=facts.attributes["decision"], **named)
    if kind == "sendTask" and node.get("messageRef"):
        return SendTask(process, facts, message=message_of(node, node, file), **named)
    if kind == "receiveTask":
        return ReceiveTask(process, facts, definitions=[message_of(node, node, file)], **named)
    return PlainTask(process, facts, **named)


def read_passing(node: XmlNode) -> Passing:
    """What passes between a call activity and what it calls, as the normaliser writes it."""
    inputs, outputs = (assignments(node, f"{MODEL}{tag}") for tag in ("dataInputAssociation", "dataOutputAssociation"))
    all_in, all_out = (
        node.get(f"{EXTENSION}{name}", "mapped" if mapped else "all") == "all"
        for name, mapped in (("inputs", inputs), ("outputs", outputs))
    )
    return Passing(inputs, outputs, all_in, all_out) if not (all_in and all_out) or inputs or outputs else EVERYTHING


def assignments(node: XmlNode, tag: str) -> Assignments:
    """Which variable gets the value of which expression, by the associations of one direction."""
    return tuple(
        (child_text(each, "to") or "", child_text(each, "from") or "null")
        for each in node.iterfind(f"{tag}/{MODEL}assignment")
    )


def read_sub_process(
    node: XmlNode, process: ProcessSpec, file: File, inside: Inside, named: dict[str, Any]
) -> Activity:
    """An embedded, ad-hoc or event sub-process, or a transaction."""
    spec = inside(node, file)
    if local(node) == "subProcess" and flag(node, "triggeredByEvent", default=False):
        start = spec.node(spec.start_events[0]) if spec.start_events else None
        if not isinstance(start, StartEvent):
            raise refusal(node, "chưa có sự kiện bắt đầu", "it has no start event")
        return EventSubProcess(process, drawn(node), inside=spec, start=start, **named)
    made = AdHocSubProcess if local(node) == "adHocSubProcess" else SubProcess
    activity = made(process, drawn(node), inside=spec, **named)
    if any(can_be_undone(spec.node(name)) for name in spec.task_specs):
        facts = {} if not named else {"suffix": named["name"]}
        activity.done_record = CompensationScope(
            process, drawn(node), activity=node.get("id", ""), inside=spec, **facts
        )
    return activity


def can_be_undone(node: Node) -> bool:
    """Whether the node lets the scope around it be undone from within."""
    definitions = node.definitions if isinstance(node, EventSubProcess) else ()
    return node.remembers or any(isinstance(each, CompensateDefinition) for each in definitions)


def multi_instance(marker: XmlNode, node: XmlNode, process: ProcessSpec, file: File, inner: Activity) -> MultiInstance:
    """The container of a multi-instance activity."""
    return MultiInstance(
        process,
        drawn(node),
        inner=inner,
        sequential=flag(marker, "isSequential", default=False),
        collection=marker.get(f"{EXTENSION}collection") or child_text(marker, "loopDataInputRef"),
        cardinality=child_text(marker, "loopCardinality"),
        element_variable=marker.get(f"{EXTENSION}elementVariable") or item_name(marker, "inputDataItem"),
        output_collection=marker.get(f"{EXTENSION}outputCollection") or child_text(marker, "loopDataOutputRef"),
        output_element=marker.get(f"{EXTENSION}outputElement") or item_name(marker, "outputDataItem"),
        completion_condition=child_text(marker, "completionCondition"),
        behavior=behavior_of(marker, node, file),
    )


def behavior_of(marker: XmlNode, node: XmlNode, file: File) -> Behavior:
    """What single runs throw. Raises DefinitionInvalid for what no boundary event of the activity could catch."""
    kind = marker.get("behavior", "All")
    if kind == "Complex":
        rules = marker.findall(f"{MODEL}complexBehaviorDefinition")
        return Behavior(complex=tuple((child_text(rule, "condition") or "false", thrown_by(rule, node, file))
                                      for rule in rules))  # fmt: skip
    definition = file.drawing.by_id.get(bare(marker.get(f"{kind.lower()}BehaviorEventRef")))
    event = None if definition is None else may_throw(definition_of(definition, marker, file), node)
    return Behavior(each=event if kind == "None" else None, first=event if kind == "One" else None)


def thrown_by(rule: XmlNode, node: XmlNode, file: File) -> tuple[Definition, ...]:
    """The events of one complex definition."""
    event = rule.find(f"{MODEL}event")
    found = [] if event is None else definitions_of(event, file)
    return tuple(may_throw(each, node) for each in found)


def may_throw(event: Definition | None, node: XmlNode) -> Definition:
    """An event that a run may throw without ending the activity."""
    if isinstance(event, (SignalDefinition, EscalationDefinition, MessageDefinition)):
        return event
    raise refusal(
        node,
        "một lần chạy chỉ phát được tín hiệu, thông điệp hoặc sự kiện chuyển cấp",
        "single runs may throw a signal, a message or an escalation only",
    )


def item_name(marker: XmlNode, tag: str) -> str | None:
    """The variable one item goes by."""
    item = marker.find(f"{MODEL}{tag}")
    return (item.get("name") or item.get("id")) if item is not None else None


def standard_loop(marker: XmlNode, node: XmlNode, process: ProcessSpec, inner: Activity) -> Loop:
    """The container of a standard loop."""
    maximum = number(marker, "loopMaximum", 0) if marker.get("loopMaximum") else None
    if maximum is not None and maximum < 0:
        raise refusal(node, "số lần lặp tối đa phải từ 0 trở lên", "the loop maximum must be 0 or more")
    return Loop(
        process,
        drawn(node),
        inner=inner,
        condition=child_text(marker, "loopCondition"),
        maximum=maximum,
        test_before=flag(marker, "testBefore", default=False),
    )


def refusal(node: XmlNode, message: str, english: str) -> DefinitionInvalid:
    """What cannot run, with the element."""
    name = node.get("name") or node.get("id") or ""
    finding = Finding(
        "error", node.get("id"), None, f"“{name}”: {message}", "Sửa lại bước này", f"{name}: {english}", "mend the step"
    )
    return DefinitionInvalid([finding])
