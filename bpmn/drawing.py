"""A drawing as its readers ask about it: nodes by id, what leads where, what lies in what."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import cast

from lxml import etree

from bpmn.findings import Finding, Severity
from bpmn.names import ACTIVITIES, DRAWN_ID, EVENT_DEFINITIONS, FLOW_NODES, INSERTED_FOR, MODEL, SCOPES, WORDS, local

Node = etree._Element
MOST_NAMED = 8  # nodes that one finding lists by name
SCOPE_TAGS = tuple(f"{MODEL}{tag}" for tag in sorted(SCOPES))


class Drawing:
    """The questions, answered from indexes built once; the tree must not change meanwhile."""

    def __init__(self, root: Node) -> None:
        self.root = root

    @cached_property
    def by_id(self) -> dict[str, Node]:
        """Every BPMN element with an id."""
        return {name: node for node in self.root.iter(f"{MODEL}*") if (name := node.get("id"))}

    @cached_property
    def processes(self) -> list[Node]:
        """The executable processes of the file, in its order; the others are drawn for people."""
        return [each for each in self.root.findall(f"{MODEL}process") if each.get("isExecutable") == "true"]

    @cached_property
    def nodes(self) -> list[Node]:
        """Every activity, event and gateway that can run."""
        return [node for process in self.processes for node in process.iter(f"{MODEL}*") if local(node) in FLOW_NODES]

    @cached_property
    def flows(self) -> list[Node]:
        """Every sequence flow between them."""
        return [flow for process in self.processes for flow in process.iter(f"{MODEL}sequenceFlow")]

    @cached_property
    def _outgoing(self) -> dict[str, list[Node]]:
        return grouped(self.flows, "sourceRef")

    @cached_property
    def _incoming(self) -> dict[str, list[Node]]:
        return grouped(self.flows, "targetRef")

    @cached_property
    def _boundaries(self) -> dict[str, list[Node]]:
        return grouped(self.of_type("boundaryEvent"), "attachedToRef")

    @cached_property
    def _by_type(self) -> dict[str, list[Node]]:
        types: dict[str, list[Node]] = {}
        for node in self.nodes:
            types.setdefault(local(node), []).append(node)
        return types

    def of_type(self, *tags: str) -> list[Node]:
        """The flow nodes of these types, type by type."""
        return [node for tag in tags for node in self._by_type.get(tag, [])]

    def outgoing(self, node: Node) -> list[Node]:
        """The sequence flows that leave `node`."""
        return self._outgoing.get(node.get("id", ""), [])

    def incoming(self, node: Node) -> list[Node]:
        """The sequence flows that arrive at `node`."""
        return self._incoming.get(node.get("id", ""), [])

    def boundaries(self, node: Node) -> list[Node]:
        """The boundary events on `node`."""
        return self._boundaries.get(node.get("id", ""), [])

    def source(self, flow: Node) -> Node | None:
        """The node a flow leaves."""
        return self.by_id.get(flow.get("sourceRef", ""))

    def target(self, flow: Node) -> Node | None:
        """The node a flow leads to."""
        return self.by_id.get(flow.get("targetRef", ""))

    def successors(self, node: Node) -> list[Node]:
        """The nodes directly behind `node`."""
        return [found for flow in self.outgoing(node) if (found := self.target(flow)) is not None]

    @cached_property
    def scopes(self) -> list[Node]:
        """Every process and sub-process that can run, outer ones first."""
        return [node for process in self.processes for node in process.iter(*SCOPE_TAGS)]


def grouped(nodes: Sequence[Node], attribute: str) -> dict[str, list[Node]]:
    """The nodes by the value of an attribute."""
    groups: dict[str, list[Node]] = {}
    for node in nodes:
        groups.setdefault(node.get(attribute, ""), []).append(node)
    return groups


def children(scope: Node, *tags: str) -> list[Node]:
    """The BPMN children of these types (all flow nodes without one) lying directly in `scope`."""
    wanted = tags or FLOW_NODES
    return [child for child in scope if local(child) in wanted]


def scope_of(node: Node) -> Node | None:
    """The process or sub-process `node` lies in."""
    return next((found for found in node.iterancestors() if local(found) in SCOPES), None)


def process_of(node: Node) -> Node | None:
    """The process `node` lies in; a process lies in itself."""
    return next((found for found in (node, *node.iterancestors()) if local(found) == "process"), None)


def is_illustration(node: Node) -> bool:
    """Whether the node lies in a process that is drawn for people alone."""
    process = process_of(node)
    return process is not None and process.get("isExecutable") == "false"


def is_for_running(node: Node) -> bool:
    """Whether the node lies in a process that says it is executable."""
    process = process_of(node)
    return process is not None and process.get("isExecutable") == "true"


def event_definitions(event: Node) -> list[Node]:
    """What an event waits for or does; several for a multiple event, none for a plain one."""
    return [child for child in event if local(child) in EVENT_DEFINITIONS]


def is_event_sub_process(node: Node) -> bool:
    """Whether it is a sub-process that an event starts."""
    return local(node) == "subProcess" and node.get("triggeredByEvent") == "true"


def is_compensation(node: Node) -> bool:
    """Whether no flow leads here because compensation does."""
    return local(node) in ACTIVITIES and node.get("isForCompensation") == "true"


def condition_of(flow: Node) -> str:
    """The condition on a flow; empty when there is none."""
    return (flow.findtext(f"{MODEL}conditionExpression") or "").strip()


def drawn_id(node: Node) -> str | None:
    """The id somebody finds in the drawing: of the node itself or of the nearest around it that has one."""
    for each in (node, *node.iterancestors()):
        found = each.get(INSERTED_FOR) or each.get(DRAWN_ID) or each.get("id")
        if found and local(each) != "definitions":
            return found
    return None


def titled(node: Node) -> tuple[str, str]:
    """What to call a node in a sentence, in Vietnamese and English: its kind and its name."""
    vietnamese, english = WORDS.get(local(node), ("phần tử", "element"))
    name = " ".join(node.get("name", "").split()) or drawn_id(node) or ""
    return f"{vietnamese} “{name}”", f"{english} “{name}”"


def finding(
    severity: Severity,
    node: Node,
    message: str,
    remedy: str,
    message_en: str,
    remedy_en: str,
    *,
    against_standard: bool = False,
) -> Finding:
    """A finding at `node`; `{}` in a message is replaced by what the node is called, the sentence capitalised."""
    vietnamese, english = titled(node)
    said, said_en = message.replace("{}", vietnamese), message_en.replace("{}", english)
    return Finding(
        severity=severity,
        element=drawn_id(node),
        line=line_of(node),
        message=said[:1].upper() + said[1:],
        remedy=remedy,
        message_en=said_en,
        remedy_en=remedy_en,
        against_standard=against_standard,
    )


def findings_together(
    severity: Severity, nodes: Sequence[Node], message: str, remedy: str, message_en: str, remedy_en: str
) -> Finding:
    """One finding about what several nodes have in common, at the first; `{}` is replaced by what they are called."""
    vietnamese, english = zip(*map(titled, dict.fromkeys(nodes)), strict=True)
    more = len(vietnamese) - MOST_NAMED
    said = ", ".join(vietnamese[:MOST_NAMED]) + (f" và {more} phần tử khác" if more > 0 else "")
    said_en = ", ".join(english[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    message, message_en = message.replace("{}", said), message_en.replace("{}", said_en)
    return finding(severity, nodes[0], message, remedy, message_en, remedy_en)


def line_of(node: Node) -> int | None:
    """The line of the file `node` stands in; that of what it was inserted for when it is new."""
    lines = [cast("int | None", each.sourceline) for each in (node, *node.iterancestors())]
    return next(filter(None, lines), None)
