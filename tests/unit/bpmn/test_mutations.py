"""Whatever breaks BPMN 2.0 in a drawing that keeps to it is refused, at its element, wherever it is broken."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from lxml import etree

from bpmn.checks import Verdict, judge
from bpmn.checks.standard.document import Document
from bpmn.checks.standard.references import MAY_NAME_A_TYPE, references_of, targets
from bpmn.names import ACTIVITIES, BPMN, EVENT_DEFINITIONS, GATEWAYS, MODEL, local
from bpmn.spiff.schema import SCHEMA
from bpmn.surroundings import Surroundings

DRAWINGS = Path(__file__).parents[2] / "bpmn"
KEPT = [*sorted(DRAWINGS.glob("sound*.bpmn")), *sorted(DRAWINGS.glob("valid*.bpmn"))]
XSD = "{http://www.w3.org/2001/XMLSchema}"
NOT_TO_ELEMENTS = {"definition", "implementationRef"}  # to what lies outside of BPMN

Node = etree._Element
Change = Callable[[Node], None]


@cache
def drawn(path: Path) -> Node:
    return etree.parse(str(path)).getroot()


def changed(root: Node, place: int, change: Change) -> tuple[Verdict, Node]:
    """The verdict about a copy in which the element at `place` of the file is changed, and that element."""
    other = copy.deepcopy(root)
    node = list(other.iter(f"{MODEL}*"))[place]
    change(node)
    return judge(etree.tostring(other), Surroundings(folder=DRAWINGS)), node


def breaches(verdict: Verdict) -> set[str | None]:
    return {each.element for each in verdict.findings if each.against_standard}


def owners(node: Node) -> set[str | None]:
    """The ids a finding about `node` may stand at: its own and those around it; none for a file as a whole."""
    return {None} | {name for each in (node, *node.iterancestors()) if (name := each.get("id"))}


# References ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def references() -> dict[tuple[str, str], tuple[Path, int, str]]:
    """One place of every reference the drawings hold, by the type of its element and its name."""
    found: dict[tuple[str, str], tuple[Path, int, str]] = {}
    for path in KEPT:
        for place, node in enumerate(drawn(path).iter(f"{MODEL}*")):
            for name, value in references_of(node):
                if targets(node, name) is not False:
                    found.setdefault((local(node), name), (path, place, value))
    return found


def pointing(name: str, value: str, other: str) -> Change:
    """A change of the reference `name` from one value to another."""

    def change(node: Node) -> None:
        if name in node.attrib:
            node.set(name, other)
            return
        child = next(each for each in node if local(each) == name and (each.text or "").strip() == value)
        child.text = other

    return change


@pytest.mark.parametrize("key", sorted(references()), ids=".".join)
def test_a_reference_to_nothing_or_to_another_kind_is_refused(key: tuple[str, str]) -> None:
    path, place, value = references()[key]
    node = list(drawn(path).iter(f"{MODEL}*"))[place]
    wanted = targets(node, key[1])
    others = [] if key in MAY_NAME_A_TYPE else ["gone_from_here"]
    if isinstance(wanted, frozenset):
        named = Document(drawn(path)).by_id
        others += [name for name, each in named.items() if local(each) not in {*wanted, "definitions"}][:1]
    for other in others:
        verdict, place_of_fault = changed(drawn(path), place, pointing(key[1], value, other))
        assert not verdict.keeps_to_standard
        assert breaches(verdict) & owners(place_of_fault), other


def test_every_reference_of_the_metamodel_is_among_them() -> None:
    schema = etree.parse(str(files("SpiffWorkflow").joinpath(SCHEMA.replace("BPMN20", "Semantic"))))
    named = {
        str(each.get("name"))
        for each in schema.iter(f"{XSD}attribute", f"{XSD}element")
        if each.get("type") in ("xsd:QName", "xsd:IDREF", "xsd:IDREFS")
    }
    assert named - {name for _, name in references()} == NOT_TO_ELEMENTS


# Other breaches ──────────────────────────────────────────────────────────────────────────────────────────────────────


def with_attributes(**values: str) -> Change:
    def change(node: Node) -> None:
        for name, value in values.items():
            node.set(name, value)

    return change


def without(attribute: str) -> Change:
    return lambda node: node.attrib.__delitem__(attribute)


def with_child(tag: str, text: str | None = None, **values: str) -> Change:
    """A child put where the schema has it last, in front of the first."""

    def change(node: Node) -> None:
        child = etree.Element(f"{MODEL}{tag}", values)
        child.text = text
        node.insert(0, child)

    return change


def leave(node: Node) -> None:
    parent = node.getparent()
    assert parent is not None
    parent.remove(node)


def turn_into(tag: str) -> Change:
    def change(node: Node) -> None:
        node.tag = f"{MODEL}{tag}"

    return change


def carry(kind: str) -> Change:
    """The definitions of an event give place to one of another kind."""

    def change(node: Node) -> None:
        for child in [each for each in node if local(each) in EVENT_DEFINITIONS | {"eventDefinitionRef"}]:
            node.remove(child)
        etree.SubElement(node, f"{MODEL}{kind}EventDefinition")

    return change


def turn_round(node: Node) -> None:
    source, target = node.get("sourceRef", ""), node.get("targetRef", "")
    node.set("sourceRef", target)
    node.set("targetRef", source)


def take_the_id_of_another(node: Node) -> None:
    others = [each for each in node.getroottree().getroot().iter(f"{MODEL}*") if each is not node and each.get("id")]
    node.set("id", str(others[0].get("id")))


def empty(node: Node) -> None:
    for child in list(node):
        node.remove(child)
    node.text = None


def move_out(node: Node) -> None:
    """Out of the sub-process it lies in, to the level around."""
    parent = node.getparent()
    assert parent is not None
    around = parent.getparent()
    assert around is not None
    around.append(node)


def is_in_sub_process(node: Node) -> bool:
    return local(node.getparent()) in ("subProcess", "transaction")


def starts_by_event(node: Node | None) -> bool:
    return node is not None and node.get("triggeredByEvent") == "true"


def names(*tags: str) -> Callable[[Node], bool]:
    return lambda node: local(node) in tags


def has(attribute: str, *tags: str) -> Callable[[Node], bool]:
    return lambda node: attribute in node.attrib and (not tags or local(node) in tags)


def lies_in_a_flow(node: Node) -> bool:
    return any(local(child) in ("incoming", "outgoing") for child in node)


def holds(kind: str, *tags: str) -> Callable[[Node], bool]:
    return lambda node: local(node) in tags and node.find(f"{MODEL}{kind}EventDefinition") is not None


def is_gateway_of(least_in: int, least_out: int) -> Callable[[Node], bool]:
    return lambda node: (
        local(node) in GATEWAYS
        and len(node.findall(f"{MODEL}incoming")) >= least_in
        and len(node.findall(f"{MODEL}outgoing")) >= least_out
    )


MUTATIONS: dict[str, tuple[Callable[[Node], bool], Change]] = {
    "a flow is gone": (names("sequenceFlow"), leave),
    "a flow is turned round": (names("sequenceFlow"), turn_round),
    "a flow leaves its level": (lambda node: local(node) == "sequenceFlow" and is_in_sub_process(node), move_out),
    "a step leaves its level": (
        lambda node: local(node) in ACTIVITIES and is_in_sub_process(node) and lies_in_a_flow(node),
        move_out,
    ),
    "a flow is not immediate": (
        lambda node: local(node) == "sequenceFlow" and runs(node),
        with_attributes(isImmediate="false"),
    ),
    "an incoming is not written": (names("incoming"), leave),
    "an outgoing is not written": (names("outgoing"), leave),
    "an id is used twice": (lambda node: "id" in node.attrib and local(node) != "definitions", take_the_id_of_another),
    "an element is unknown": (names("task", "userTask", "endEvent", "dataInput", "messageFlow"), turn_into("stroll")),
    "an attribute is unknown": (lambda node: local(node) in ACTIVITIES, with_attributes(pace="slow")),
    "a flow has no target": (has("targetRef", "sequenceFlow", "messageFlow"), without("targetRef")),
    "a boundary event stands on nothing": (has("attachedToRef"), without("attachedToRef")),
    "a step is begun without a token": (lambda node: local(node) in ACTIVITIES, with_attributes(startQuantity="0")),
    "a step ends without a token": (lambda node: local(node) in ACTIVITIES, with_attributes(completionQuantity="-1")),
    "a step of the flow undoes": (
        lambda node: local(node) in ACTIVITIES and lies_in_a_flow(node),
        with_attributes(isForCompensation="true"),
    ),
    "a step of the flow is started by an event": (
        lambda node: local(node) == "subProcess" and lies_in_a_flow(node),
        with_attributes(triggeredByEvent="true"),
    ),
    "a public process runs": (
        lambda node: local(node) == "process" and node.get("isExecutable") in ("true", "1"),
        with_attributes(processType="Public"),
    ),
    "a gateway that parts converges": (is_gateway_of(1, 2), with_attributes(gatewayDirection="Converging")),
    "a gateway that joins diverges": (is_gateway_of(2, 1), with_attributes(gatewayDirection="Diverging")),
    "a gateway of one way in is mixed": (
        lambda node: local(node) in GATEWAYS and len(node.findall(f"{MODEL}incoming")) == 1,
        with_attributes(gatewayDirection="Mixed"),
    ),
    "a process starts by an error": (
        lambda node: local(node) == "startEvent" and local(node.getparent()) == "process",
        carry("error"),
    ),
    "a sub-process starts by a message": (
        lambda node: local(node) == "startEvent" and is_in_sub_process(node) and not starts_by_event(node.getparent()),
        carry("message"),
    ),
    "an event sub-process starts by a link": (
        lambda node: local(node) == "startEvent" and starts_by_event(node.getparent()),
        carry("link"),
    ),
    "an end waits for a time": (names("endEvent"), carry("timer")),
    "an end waits for a condition": (names("endEvent"), carry("conditional")),
    "a throw event terminates": (names("intermediateThrowEvent"), carry("terminate")),
    "a catch event waits for compensation": (names("intermediateCatchEvent"), carry("compensate")),
    "a boundary event terminates": (names("boundaryEvent"), carry("terminate")),
    "a boundary event waits for nothing": (names("boundaryEvent"), empty),
    "an error does not interrupt": (holds("error", "boundaryEvent"), with_attributes(cancelActivity="false")),
    "an end outside a transaction cancels": (
        lambda node: local(node) == "endEvent" and local(node.getparent()) == "process",
        carry("cancel"),
    ),
    "a link without its other end": (names("source", "target"), leave),
    "a formal expression is empty": (
        lambda node: node.get("{http://www.w3.org/2001/XMLSchema-instance}type") == "tFormalExpression",
        empty,
    ),
    "a set lists nothing": (names("dataInputRefs", "dataOutputRefs"), leave),
    "a set is gone": (names("inputSet", "outputSet"), leave),
    "a collection is none": (
        lambda node: local(node) in ("dataInput", "dataOutput") and node.get("isCollection") == "true",
        with_attributes(isCollection="false"),
    ),
    "a participant at least -1 times": (names("participantMultiplicity"), with_attributes(minimum="-1")),
    "a participant at most 0 times": (names("participantMultiplicity"), with_attributes(maximum="0")),
    "a conversation of one": (
        lambda node: local(node) == "participantRef" and local(node.getparent()) == "conversation",
        leave,
    ),
    "a choreography task begun from outside": (
        has("initiatingParticipantRef", "choreographyTask"),
        lambda node: node.remove(
            next(each for each in node if (each.text or "") == node.get("initiatingParticipantRef"))
        ),
    ),
    "a message flow to where it comes from": (
        names("messageFlow"),
        lambda node: node.set("targetRef", str(node.get("sourceRef"))),
    ),
    "an import of no kind": (names("import"), with_attributes(importType="text/plain")),
    "a drawing of another name": (
        lambda node: local(node) == "import" and node.get("importType") == BPMN and is_beside(node),
        with_attributes(namespace="https://elsewhere.example"),
    ),
    "a file that is not there": (
        lambda node: local(node) == "import" and is_beside(node),
        with_attributes(location="not_there.bpmn"),
    ),
    "a data object has a state": (names("dataObject"), with_child("dataState", name="mới")),
    "an operation takes nothing": (names("inMessageRef"), leave),
}


def runs(node: Node) -> bool:
    process = next((each for each in node.iterancestors() if local(each) == "process"), None)
    return process is not None and process.get("isExecutable") in ("true", "1")


def is_beside(node: Node) -> bool:
    return ":" not in node.get("location", ":")


def places(fits: Callable[[Node], bool]) -> Iterator[tuple[Path, int]]:
    """Where a mutation applies: the first two places of every drawing."""
    for path in KEPT:
        found = [place for place, node in enumerate(drawn(path).iter(f"{MODEL}*")) if fits(node)]
        yield from ((path, place) for place in found[:2])


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_mutation_of_a_drawing_that_keeps_to_the_standard_is_refused(name: str) -> None:
    fits, change = MUTATIONS[name]
    tried = list(places(fits))
    assert tried
    for path, place in tried:
        verdict, _ = changed(drawn(path), place, change)
        assert not verdict.keeps_to_standard, f"{path.stem}, element {place}"
        assert breaches(verdict), f"{path.stem}, element {place}"


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_the_drawings_that_are_mutated_keep_to_the_standard(path: Path) -> None:
    verdict = judge(path.read_bytes(), Surroundings(folder=DRAWINGS))
    assert verdict.keeps_to_standard, [each for each in verdict.findings if each.against_standard]
