"""Whether every reference leads to an element of the kind the metamodel asks for."""

from __future__ import annotations

from collections.abc import Iterator

from bpmn.checks.standard.document import (
    CHOREOGRAPHIES,
    CONVERSATION_NODES,
    HOLDERS,
    NODES,
    Document,
    Node,
    breach,
)
from bpmn.findings import Finding
from bpmn.names import ACTIVITIES, EVENT_DEFINITIONS, EVENTS, FLOW_NODES, GLOBAL_TASKS, MODEL, XML_SCHEMA, local

COLLABORATIONS = frozenset({"collaboration", "globalConversation"}) | CHOREOGRAPHIES
INTERACTION = ACTIVITIES | EVENTS | {"participant"} | CONVERSATION_NODES
CALLABLE = frozenset({"process", *GLOBAL_TASKS})
ITEM = frozenset({"itemDefinition"})
EXPRESSIONS = (
    "conditionExpression", "condition", "activationCondition", "completionCondition", "loopCondition",
    "loopCardinality", "timeDate", "timeDuration", "timeCycle", "from", "to", "formalExpression", "transformation",
    "messagePath", "dataPath",
)  # fmt: skip

# What a reference of this name leads to, wherever it stands.
TARGETS: dict[str, frozenset[str]] = {
    "attachedToRef": ACTIVITIES,
    "calledElement": CALLABLE,
    "calledChoreographyRef": CHOREOGRAPHIES,
    "calledCollaborationRef": COLLABORATIONS,
    "definitionalCollaborationRef": COLLABORATIONS,
    "choreographyRef": CHOREOGRAPHIES,
    "eventDefinitionRef": EVENT_DEFINITIONS,
    "oneBehaviorEventRef": EVENT_DEFINITIONS,
    "noneBehaviorEventRef": EVENT_DEFINITIONS,
    "activityRef": ACTIVITIES,
    "default": frozenset({"sequenceFlow"}),
    "incoming": frozenset({"sequenceFlow"}),
    "outgoing": frozenset({"sequenceFlow"}),
    "innerConversationNodeRef": CONVERSATION_NODES,
    "outerConversationNodeRef": CONVERSATION_NODES,
    "correlationPropertyRef": frozenset({"correlationProperty"}),
    "correlationKeyRef": frozenset({"correlationKey"}),
    "itemSubjectRef": ITEM,
    "itemRef": ITEM,
    "dataObjectRef": frozenset({"dataObject"}),
    "dataStoreRef": frozenset({"dataStore"}),
    "errorRef": frozenset({"error"}),
    "escalationRef": frozenset({"escalation"}),
    "signalRef": frozenset({"signal"}),
    "operationRef": frozenset({"operation"}),
    "interfaceRef": frozenset({"interface"}),
    "supportedInterfaceRef": frozenset({"interface"}),
    "endPointRef": frozenset({"endPoint"}),
    "processRef": frozenset({"process"}),
    "supports": frozenset({"process"}),
    "flowNodeRef": NODES,
    "categoryValueRef": frozenset({"categoryValue"}),
    "inputDataRef": frozenset({"inputSet", "dataInput"}),
    "outputDataRef": frozenset({"outputSet", "dataOutput"}),
    "inputSetRefs": frozenset({"inputSet"}),
    "outputSetRefs": frozenset({"outputSet"}),
    "loopDataInputRef": HOLDERS,
    "loopDataOutputRef": HOLDERS,
    "resourceRef": frozenset({"resource"}),
    "parameterRef": frozenset({"resourceParameter"}),
} | {
    name: frozenset({target})
    for target, names in {
        "participant": ("participantRef", "innerParticipantRef", "outerParticipantRef", "initiatingParticipantRef"),
        "messageFlow": ("messageFlowRef", "innerMessageFlowRef", "outerMessageFlowRef"),
        "message": ("messageRef", "inMessageRef", "outMessageRef"),
        "dataInput": ("dataInputRefs", "optionalInputRefs", "whileExecutingInputRefs"),
        "dataOutput": ("dataOutputRefs", "optionalOutputRefs", "whileExecutingOutputRefs"),
    }.items()
    for name in names
}
# What it leads to when it stands in this element; None for anything with an id.
SPECIAL: dict[tuple[str, str], frozenset[str] | None] = {
    **{("sequenceFlow", name): NODES for name in ("sourceRef", "targetRef")},
    **{("messageFlow", name): INTERACTION for name in ("sourceRef", "targetRef")},
    **{("association", name): None for name in ("sourceRef", "targetRef")},
    **{
        ("conversationLink", name): CONVERSATION_NODES | {"participant"} | FLOW_NODES
        for name in ("sourceRef", "targetRef")
    },
    **{
        (tag, name): HOLDERS
        for tag in ("dataInputAssociation", "dataOutputAssociation", "dataAssociation")
        for name in ("sourceRef", "targetRef")
    },
    **{("linkEventDefinition", name): frozenset({"linkEventDefinition"}) for name in ("source", "target")},
    **{(tag, "structureRef"): ITEM for tag in ("error", "escalation", "signal")},
    ("lane", "partitionElementRef"): None,
    **{("relationship", name): None for name in ("source", "target")},
    ("resourceParameter", "type"): ITEM,
    **{(tag, "evaluatesToTypeRef"): ITEM for tag in EXPRESSIONS},
}
# What names another file's process rightly: cases call what is deployed.
MAY_BE_ELSEWHERE = frozenset({"calledElement"})
# What names nothing in the file may name a type: many tools write it there instead of an item definition.
MAY_NAME_A_TYPE = frozenset({("signal", "structureRef")})
# What the schema has as IDREF leads to an element of the same file, whatever is imported.
STAY_HERE = frozenset({
    "default", "dataObjectRef", "flowNodeRef", "inputDataRef", "outputDataRef", "dataInputRefs", "optionalInputRefs",
    "whileExecutingInputRefs", "outputSetRefs", "dataOutputRefs", "optionalOutputRefs", "whileExecutingOutputRefs",
    "inputSetRefs",
})  # fmt: skip
ENDS_STAY_HERE = frozenset({"sequenceFlow", "dataInputAssociation", "dataOutputAssociation", "dataAssociation"})
# What may be a type of XML Schema as well.
TYPE_NAMES = frozenset({"type", "evaluatesToTypeRef"})
TYPES = frozenset({"structureRef", "type", "evaluatesToTypeRef", "implementationRef"})


def references_of(node: Node) -> Iterator[tuple[str, str]]:
    """The references of one element as name and text: its attributes and its children without children."""
    for name, value in node.attrib.items():
        yield str(name), str(value)
    for child in node:
        if local(child) and len(child) == 0 and child.text and child.text.strip():
            yield local(child), child.text.strip()


def targets(node: Node, name: str) -> frozenset[str] | bool | None:
    """The types a reference may lead to, None for any element, False when it is no reference we know."""
    key = (local(node), name)
    if key in SPECIAL:
        return SPECIAL[key]
    return TARGETS.get(name, False)


def fits(found: Node, wanted: frozenset[str] | bool | None) -> bool:
    """Whether what a reference leads to is of the wanted types."""
    return not isinstance(wanted, frozenset) or local(found) in wanted


def lead_somewhere(document: Document) -> Iterator[Finding]:
    """Every reference of the metamodel: an element of the right kind, here or in an imported drawing."""
    for node in document.root.iter(f"{MODEL}*"):
        for name, value in references_of(node):
            wanted = targets(node, name)
            if wanted is False or not value.strip() or is_type_of_xml(node, name, value):
                continue
            found = document.named(value)
            if found is None and may_be_elsewhere(document, node, name, value):
                continue
            if found is None or not fits(found, wanted):
                place, place_en = places(document, value)
                yield breach(
                    node, f"{{}}: {name} “{value}” không trỏ tới phần tử phù hợp nào {place}, đã bỏ qua",
                    "Chọn lại phần tử được trỏ tới, hoặc xóa tham chiếu này",
                    f"{{}}: {name} “{value}” points to no fitting element of {place_en} and is left out",
                    "choose the element again, or delete the reference",
                )  # fmt: skip


def may_be_elsewhere(document: Document, node: Node, name: str, value: str) -> bool:
    """Whether what a reference names may rightly be missing here."""
    if name in MAY_BE_ELSEWHERE or (local(node), name) in MAY_NAME_A_TYPE:
        return True
    stays = name in STAY_HERE or (name in ("sourceRef", "targetRef") and local(node) in ENDS_STAY_HERE)
    return not stays and document.may_lead_elsewhere(value)


def places(document: Document, value: str) -> tuple[str, str]:
    """Where a reference was looked up, in Vietnamese and English."""
    if document.space_of(value) == document.target:
        return "trong tệp", "the file"
    return "trong tệp được nhập", "the imported file"


def is_type_of_xml(node: Node, name: str, value: str) -> bool:
    """Whether the reference is to a type of XML Schema."""
    prefix, colon, _ = value.strip().partition(":")
    return name in TYPE_NAMES and bool(colon) and node.nsmap.get(prefix) == XML_SCHEMA


def prefixes_are_declared(document: Document) -> Iterator[Finding]:
    """A prefix in a reference stands for a namespace, and for one of this file or of an import."""
    for node in document.root.iter(f"{MODEL}*"):
        for name, value in references_of(node):
            prefix, colon, _ = value.strip().partition(":")
            is_reference = targets(node, name) is not False and not is_type_of_xml(node, name, value)
            if not colon or value in document.by_id or not (is_reference or name in TYPES) or "//" in value:
                continue
            space = node.nsmap.get(prefix)
            if space is None or (is_reference and space != document.target and space not in document.imported):
                yield breach(
                    node, f"{{}}: tiền tố “{prefix}” của {name} “{value}” không thuộc tệp này hay tệp được nhập, "
                    "đã bỏ tiền tố", "Khai báo tiền tố với targetNamespace của tệp, hoặc bỏ tiền tố",
                    f"{{}}: the prefix of {name} “{value}” is neither this file's nor an import's and was dropped",
                    "declare the prefix with the file's targetNamespace, or drop it",
                )  # fmt: skip


RULES = (lead_somewhere, prefixes_are_declared)
