"""A whole file as the rules of the standard ask about it: every element, also what never runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from lxml import etree

from bpmn.checks.standard.neighbours import imported_drawings
from bpmn.drawing import finding, is_illustration, process_of
from bpmn.findings import Finding, Severity
from bpmn.names import ACTIVITIES, EVENT_DEFINITIONS, FLOW_NODES, MODEL, OURS, SCOPES, bare, local

Node = etree._Element

CHOREOGRAPHY_ACTIVITIES = frozenset({"choreographyTask", "subChoreography", "callChoreography"})
CHOREOGRAPHIES = frozenset({"choreography", "globalChoreographyTask"})
CONVERSATION_NODES = frozenset({"conversation", "subConversation", "callConversation"})
LEVELS = SCOPES | {"choreography", "subChoreography"}
NODES = FLOW_NODES | CHOREOGRAPHY_ACTIVITIES
HOLDERS = frozenset({"dataInput", "dataOutput", "dataObject", "dataObjectReference", "dataStore", "dataStoreReference",
                     "property", "inputDataItem", "outputDataItem"})  # fmt: skip
ARTIFACTS = frozenset({"association", "group", "textAnnotation"})


class Document:
    """The questions, answered from indexes built once; the tree must not change meanwhile.

    `folder` is where the file lies, None when it came without a place: then no imported file is looked for.
    """

    def __init__(self, root: Node, folder: Path | None = None) -> None:
        self.root = root
        self.folder = folder
        self.is_ours = OURS in root.nsmap.values()
        self.target = root.get("targetNamespace", "")
        self._named_by: dict[tuple[Node, str], frozenset[Node]] = {}
        self._kinds: dict[Node, frozenset[str]] = {}
        self._counts: dict[Node, tuple[int, int]] = {}

    @cached_property
    def by_type(self) -> dict[str, list[Node]]:
        """Every BPMN element by its tag, in the order of the file."""
        types: dict[str, list[Node]] = {}
        for node in self.root.iter(f"{MODEL}*"):
            types.setdefault(local(node), []).append(node)
        return types

    @cached_property
    def by_id(self) -> dict[str, Node]:
        """Every BPMN element with an id."""
        return {name: node for node in self.root.iter(f"{MODEL}*") if (name := node.get("id"))}

    @cached_property
    def imported(self) -> frozenset[str]:
        """The namespaces of all files the drawing imports, of whatever kind."""
        return frozenset(each.get("namespace", "") for each in self.of_type("import"))

    @cached_property
    def neighbours(self) -> dict[str, list[Document | None]]:
        """The imported drawings by namespace, without those they import; None for one that could not be read."""
        read = imported_drawings(self.root, self.folder)
        return {space: [None if root is None else Document(root) for root in roots] for space, roots in read.items()}

    @cached_property
    def _flows_by_source(self) -> dict[str, list[Node]]:
        return self._grouped("sourceRef")

    @cached_property
    def _flows_by_target(self) -> dict[str, list[Node]]:
        return self._grouped("targetRef")

    def _grouped(self, attribute: str) -> dict[str, list[Node]]:
        groups: dict[str, list[Node]] = {}
        for flow in self.of_type("sequenceFlow"):
            end = self.named(flow.get(attribute))
            groups.setdefault("" if end is None else end.get("id", ""), []).append(flow)
        return groups

    def of_type(self, *tags: str) -> list[Node]:
        """The elements of these types, type by type."""
        return [node for tag in tags for node in self.by_type.get(tag, [])]

    def named(self, reference: str | None) -> Node | None:
        """What a reference names, here or in an imported drawing; None when it is nowhere to be found."""
        name = (reference or "").strip()
        if name in self.by_id:
            return self.by_id[name]
        space, plain = self.space_of(name), bare(name)
        if space == self.target and plain in self.by_id:
            return self.by_id[plain]
        files = (each for each in self.neighbours.get(space, ()) if each is not None)
        return next((each.by_id[plain] for each in files if plain in each.by_id), None)

    def space_of(self, reference: str) -> str:
        """The namespace a reference leads into: this file's, unless its prefix is that of an import."""
        prefix, colon, _ = reference.strip().partition(":")
        space = self.root.nsmap.get(prefix) if colon else None
        return space if space is not None and space in self.imported else self.target

    def may_lead_elsewhere(self, reference: str) -> bool:
        """Whether a reference that names nothing here may name something in a file that could not be read."""
        space = self.space_of(reference)
        if space == self.target:
            return None in self.neighbours.get(space, ())
        return None in self.neighbours.get(space, [None])

    def named_by(self, node: Node | None, tag: str) -> frozenset[Node]:
        """What the children of a type name; kept, since many may ask the same element."""
        if node is None:
            return frozenset()
        key = (node, tag)
        if key not in self._named_by:
            found = (self.named(text) for text in texts(node, tag))
            self._named_by[key] = frozenset(each for each in found if each is not None)
        return self._named_by[key]

    def type_named(self, reference: str | None) -> str:
        """The tag of what a reference names; empty when it names nothing."""
        return local(self.named(reference))

    def leaving(self, node: Node) -> list[Node]:
        """The sequence flows out of `node`."""
        return self._flows_by_source.get(node.get("id", ""), []) if node.get("id") else []

    def arriving(self, node: Node) -> list[Node]:
        """The sequence flows into `node`."""
        return self._flows_by_target.get(node.get("id", ""), []) if node.get("id") else []

    def definitions(self, event: Node) -> list[Node]:
        """The definitions of an event: its own and those it refers to."""
        referred = (self.named(child.text) for child in event if local(child) == "eventDefinitionRef")
        own = [child for child in event if local(child) in EVENT_DEFINITIONS]
        return own + [each for each in referred if local(each) in EVENT_DEFINITIONS and each is not None]

    def kinds(self, event: Node) -> frozenset[str]:
        """The kinds of an event's definitions: message, timer, error and so on."""
        if event not in self._kinds:
            found = (local(each).removesuffix("EventDefinition") for each in self.definitions(event))
            self._kinds[event] = frozenset(found)
        return self._kinds[event]

    def counts(self, node: Node) -> tuple[int, int]:
        """How many flows arrive at a node and leave it, drawn or written, whichever is more."""
        if node not in self._counts:
            arriving, leaving = len(set(texts(node, "incoming"))), len(set(texts(node, "outgoing")))
            self._counts[node] = max(arriving, len(self.arriving(node))), max(leaving, len(self.leaving(node)))
        return self._counts[node]

    def structure(self, reference: str | None) -> str | None:
        """What tells two item definitions apart: the structure, else the definition itself; None for no definition."""
        item = self.named(reference)
        if item is None and reference and self.may_lead_elsewhere(reference):
            return reference.strip()
        if local(item) != "itemDefinition" or item is None:
            return None
        return spelt_out(item, item.get("structureRef", "")) or item.get("id") or ""

    def home_of(self, node: Node) -> Document:
        """The drawing a node lies in: this one or an imported one."""
        files = [each for group in self.neighbours.values() for each in group if each is not None]
        root = node.getroottree().getroot()
        return next((each for each in files if each.root is root), self)

    def levels(self) -> Iterator[Node]:
        """Every process, sub-process, choreography and sub-choreography."""
        yield from self.of_type(*sorted(LEVELS))


def spelt_out(node: Node, name: str) -> str:
    """A name with the namespace its prefix stands for, so that two spellings of one are equal."""
    prefix, colon, plain = name.strip().partition(":")
    return f"{{{node.nsmap.get(prefix, prefix)}}}{plain}" if colon else prefix


def breach(
    node: Node, message: str, remedy: str, english: str, remedy_en: str, *, severity: Severity = "repaired"
) -> Finding:
    """A finding about a rule of the standard; an error only where the element is to run."""
    if severity == "error" and (is_illustration(node) or process_of(node) is None):
        severity = "repaired"
    return finding(severity, node, message, remedy, english, remedy_en, against_standard=True)


def texts(node: Node | None, tag: str) -> list[str]:
    """The texts of the children of a type."""
    return [] if node is None else [(child.text or "").strip() for child in node if local(child) == tag]


def children_of(node: Node, *tags: str) -> list[Node]:
    """The BPMN children of these types."""
    return [child for child in node if local(child) in tags]


def is_undone_by(node: Node) -> bool:
    """Whether it is an activity that compensation runs."""
    return local(node) in ACTIVITIES and node.get("isForCompensation") == "true"


def starts_by_event(node: Node) -> bool:
    """Whether it is an event sub-process, of any kind of sub-process."""
    return node.get("triggeredByEvent") == "true"


def listed(names: Iterable[str]) -> str:
    """Names in a sentence."""
    return ", ".join(sorted(names))
