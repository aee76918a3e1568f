"""Whether a token can get stuck at a gateway that waits for another one: every course of a small net is played through.

A scope becomes a net whose places are its flows. Data is not looked at: each choice may go either way. Scopes whose
courses are too many to play, or that hold a complex gateway, are left without advice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from lxml import etree

from bpmn.drawing import Drawing, children, finding, is_compensation, is_event_sub_process
from bpmn.findings import Finding
from bpmn.names import MODEL, local

MOST_WORK = 1_000_000  # steps tried for one drawing: about a second
MOST_NODES = 200  # of a scope that is played
MOST_JOINS = 40  # inclusive gateways among them
MOST_BRANCHES = 5  # of an inclusive gateway whose subsets are all tried

Marking = frozenset[str]
"""The flows that hold a token. A flow that would hold two is taken to hold one."""


@dataclass(frozen=True)
class Step:
    """One way a node can be passed: it takes tokens from `taken` and puts them on `given`."""

    taken: Marking
    given: Marking


@dataclass(frozen=True)
class InclusiveJoin:
    """A gateway that goes on when no token elsewhere can reach one of its empty flows.

    `upstream` maps each incoming flow to the flows from which a token can come there without passing the join.
    """

    incoming: Marking
    upstream: dict[str, Marking]
    ways: list[Marking]

    def moves(self, marking: Marking) -> list[Marking]:
        """The markings after it went on; none when it has nothing or still has to wait."""
        if not marking & self.incoming:
            return []
        others = marking - self.incoming
        if any(others & self.upstream[name] for name in self.incoming - marking):
            return []
        return [others | given for given in self.ways]


class Net:
    """A scope as places and steps."""

    def __init__(self, nodes: list[etree._Element], drawing: Drawing) -> None:
        self.steps = [step for node in nodes for step in steps_of(node, drawing)]
        self.joins = [
            InclusiveJoin(
                flows(drawing.incoming(node)),
                {name: upstream(name, node, drawing) for name in flows(drawing.incoming(node))},
                ways_out(node, drawing),
            )
            for node in nodes
            if local(node) == "inclusiveGateway" and len(drawing.incoming(node)) > 1
        ]
        self.first = [flows(drawing.outgoing(node)) for node in nodes if local(node) == "startEvent"]

    def after(self, marking: Marking) -> list[Marking]:
        """Every marking that can follow."""
        stepped = [(marking - step.taken) | step.given for step in self.steps if step.taken <= marking]
        return stepped + [moved for join in self.joins for moved in join.moves(marking)]

    def dead_ends(self, work: int) -> tuple[set[Marking], int]:
        """The markings with tokens from which nothing follows, and the work left; no markings when it ran out."""
        dead: set[Marking] = set()
        known: set[Marking] = set()
        waiting = list(self.first)
        while waiting:
            marking = waiting.pop()
            if marking in known:
                continue
            known.add(marking)
            work -= len(self.steps) + len(marking) * (len(self.joins) + 1)
            if work < 0:
                return set(), 0
            following = self.after(marking)
            waiting += following
            if marking and not following:
                dead.add(marking)
        return dead, work


def check(drawing: Drawing) -> Iterator[Finding]:
    """Advice for each joining gateway at which some course ends with a token left waiting."""
    work = MOST_WORK
    for scope in drawing.scopes:
        nodes = children(scope)
        if local(scope) == "adHocSubProcess" or len(nodes) > MOST_NODES or work <= 0:
            continue
        types = [local(node) for node in nodes]
        if "complexGateway" in types or types.count("inclusiveGateway") > MOST_JOINS:
            continue
        dead, work = Net(nodes, drawing).dead_ends(work)
        for node in held_at(dead, drawing):
            yield finding(
                "advice", node, "Có thể kẹt ở {}: cổng chờ đủ các nhánh, nhưng có lúc một nhánh không được đi",
                "Khép nhánh bằng cùng loại cổng đã mở: cổng chọn một khép bằng cổng chọn một",
                "a case may get stuck at {}: it waits for every branch, one of which may not be taken",
                "close branches with the kind of gateway that opened them",
            )  # fmt: skip


def held_at(dead: set[Marking], drawing: Drawing) -> list[etree._Element]:
    """The parallel gateways before which tokens stand in these markings, in the order of the file."""
    names = {drawing.by_id[flow].get("targetRef") for marking in dead for flow in marking}
    return [node for node in drawing.of_type("parallelGateway") if node.get("id") in names]


def steps_of(node: etree._Element, drawing: Drawing) -> Iterator[Step]:
    """The ways a node can be passed; an inclusive join has none here, it depends on the whole marking."""
    incoming, outgoing = drawing.incoming(node), drawing.outgoing(node)
    if not incoming or is_event_sub_process(node) or is_compensation(node):
        return
    if local(node) == "parallelGateway":
        yield Step(flows(incoming), flows(outgoing))
        return
    if local(node) == "inclusiveGateway" and len(incoming) > 1:
        return
    for flow in incoming:
        for given in ways_out(node, drawing):
            yield Step(flows([flow]), given)


def ways_out(node: etree._Element, drawing: Drawing) -> list[Marking]:
    """The sets of flows a token may leave a node by."""
    outgoing = drawing.outgoing(node)
    if local(node) in ("exclusiveGateway", "eventBasedGateway"):
        return [flows([flow]) for flow in outgoing]
    if local(node) == "inclusiveGateway":
        if len(outgoing) > MOST_BRANCHES:
            return [flows(outgoing), *(flows([flow]) for flow in outgoing)]
        sizes = range(1, len(outgoing) + 1)
        return [flows(list(chosen)) for size in sizes for chosen in combinations(outgoing, size)]
    ways = [flows(outgoing)]
    for event in drawing.boundaries(node):
        if event.find(f"{MODEL}compensateEventDefinition") is not None:
            continue
        caught = flows(drawing.outgoing(event))
        interrupting = event.get("cancelActivity", "true") != "false"
        ways.append(caught if interrupting else caught | flows(outgoing))
    return ways


def upstream(name: str, join: etree._Element, drawing: Drawing) -> Marking:
    """The flows from which a token can come to flow `name` without passing `join`."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        source = drawing.source(drawing.by_id[waiting.pop()])
        if source is not None and local(source) == "boundaryEvent":
            source = drawing.by_id.get(source.get("attachedToRef") or "")
        if source is None or source is join:
            continue
        fresh = flows(drawing.incoming(source)) - found
        found |= fresh
        waiting += fresh
    return frozenset(found)


def flows(found: list[etree._Element]) -> Marking:
    """The ids of these flows."""
    return frozenset(flow.get("id") or "" for flow in found)
