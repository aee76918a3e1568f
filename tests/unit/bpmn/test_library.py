"""The shipped diagrams as drawings: valid, complete, readable."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import SpiffWorkflow.bpmn.parser
from lxml import etree

from bpmn.definitions import read_definition
from bpmn.expressions import variables_read
from bpmn.forms import read_form
from bpmn.library import KEYS, Shipped, shipped
from bpmn.surroundings import Surroundings

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DI = "{http://www.omg.org/spec/DD/20100524/DI}"
OURS = "{https://bangiao.vn/schema/bpmn/1.0}"

PURPOSES = {
    "draft", "contribute", "consolidate", "review", "sign", "issue", "answer", "supplement", "record", "check_in",
    "arrival",
}  # fmt: skip
STARTED_WITH = {
    "activity_id", "plan_id", "occurrence_id", "number", "title", "products", "lead", "department", "leader_unit",
    "clerk_unit", "coordinating", "due_date", "inputs_due_days", "silence_rule", "to_committee", "checkins",
    "proposed_definition", "due_in",
}  # fmt: skip
LETTER_WIDTH = 5.6  # pixels of a letter in a label, as bpmn-js draws it
LINE_HEIGHT = 14


@pytest.fixture(params=shipped(), ids=KEYS)
def each(request: pytest.FixtureRequest) -> Shipped:
    found: Shipped = request.param
    return found


def tree(each: Shipped) -> etree._Element:
    return etree.fromstring(each.xml)


def test_it_is_valid_by_the_schema_of_bpmn(each: Shipped) -> None:
    place = Path(SpiffWorkflow.bpmn.parser.__file__).parent / "schema" / "BPMN20.xsd"
    schema = etree.XMLSchema(etree.parse(place))
    assert schema.validate(tree(each)), schema.error_log


def test_it_needs_no_repair_and_no_advice(each: Shipped) -> None:
    filled = {key: read_form(schema).variables for key, schema in each.forms.items()}
    around = Surroundings(filled.get, {other.key for other in shipped()}.__contains__)
    definition = read_definition(each.xml, each.key, around)
    assert definition.findings == ()
    assert definition.process_id == definition.key == each.key
    assert definition.name == each.name


def test_every_user_task_says_who_does_it_with_which_form_and_what_for(each: Shipped) -> None:
    for task in tree(each).iter(f"{BPMN}userTask"):
        assert task.get(f"{OURS}role") in {"official", "head", "leader", "clerk"}
        assert task.get(f"{OURS}unit")
        assert task.get(f"{OURS}purpose") in PURPOSES
        assert task.get(f"{OURS}form") in each.forms


def test_every_gateway_that_chooses_has_a_default_and_conditions_on_the_others(each: Shipped) -> None:
    root = tree(each)
    flows = {flow.get("id"): flow for flow in root.iter(f"{BPMN}sequenceFlow")}
    for gateway in root.iter(f"{BPMN}exclusiveGateway"):
        outgoing = [flows[found.text] for found in gateway.findall(f"{BPMN}outgoing")]
        if len(outgoing) == 1:
            continue
        unconditional = [flow.get("id") for flow in outgoing if flow.find(f"{BPMN}conditionExpression") is None]
        assert unconditional == [gateway.get("default")]
        assert all(flow.get("name") for flow in outgoing)


def test_every_choice_a_gateway_asks_for_is_offered_by_a_form(each: Shipped) -> None:
    offered = {
        field.key: {option.value for option in field.options}
        for schema in each.forms.values()
        for field in read_form(schema).fields
        if field.options
    }
    asked = 0
    for condition in tree(each).iter(f"{BPMN}conditionExpression"):
        name, sign, literal = str(condition.text).partition(" == ")
        if sign and name in offered:
            asked += 1
            assert literal.strip('"') in offered[name]
        else:
            assert variables_read(str(condition.text)) <= STARTED_WITH
    assert asked or each.key == "standing"


def test_expressions_read_only_what_a_case_starts_with_or_an_element_stands_for(each: Shipped) -> None:
    local = {"part", "checkin_date"}
    for element in tree(each).iter(f"{BPMN}*"):
        for name in ("unit", "dueDate", "dueDays", "payload", "correlation", "collection", "outputElement"):
            if source := element.get(f"{OURS}{name}"):
                assert variables_read(source) <= STARTED_WITH | local, (element.get("id"), name)
    for timer in tree(each).iter(f"{BPMN}timeDate"):
        assert variables_read(str(timer.text)) <= STARTED_WITH | local


def test_timers_urge_and_complete_nothing_but_for_the_silence_rule(each: Shipped) -> None:
    interrupting = {
        event.get("id")
        for event in tree(each).iter(f"{BPMN}boundaryEvent")
        if event.find(f"{BPMN}timerEventDefinition") is not None and event.get("cancelActivity") != "false"
    }
    assert interrupting <= {"silence"}
    assert ("silence" in interrupting) == (each.key in ("activity", "periodic"))


# The drawing


@dataclass(frozen=True)
class Box:
    id: str
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def overlaps(self, other: Box) -> bool:
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def holds(self, other: Box) -> bool:
        return self.x <= other.x and other.right <= self.right and self.y <= other.y and other.bottom <= self.bottom


def box(name: str, place: etree._Element) -> Box:
    return Box(name, *(float(str(place.get(side))) for side in ("x", "y", "width", "height")))


def shapes(root: etree._Element) -> dict[str, Box]:
    found = {}
    for shape in root.iter(f"{BPMNDI}BPMNShape"):
        bounds = shape.find(f"{DC}Bounds")
        assert bounds is not None
        found[str(shape.get("bpmnElement"))] = box(str(shape.get("bpmnElement")), bounds)
    return found


def labels(root: etree._Element) -> Iterator[Box]:
    """The space the words of each label take, centred in its bounds and wrapped at their width."""
    names = {element.get("id"): str(element.get("name")) for element in root.iter(f"{BPMN}*")}
    for owner in root.iter(f"{BPMNDI}BPMNShape", f"{BPMNDI}BPMNEdge"):
        place = owner.find(f"{BPMNDI}BPMNLabel/{DC}Bounds")
        if place is None:
            continue
        drawn = box(f"label of {owner.get('bpmnElement')}", place)
        wide = len(names[owner.get("bpmnElement")]) * LETTER_WIDTH
        width = min(wide, max(drawn.width, 90))
        lines = 1 if wide <= width else 2
        left = drawn.x + (drawn.width - width) / 2
        yield Box(drawn.id, left, drawn.y, width, lines * LINE_HEIGHT)


def segments(root: etree._Element) -> Iterator[tuple[str, str, str, Box]]:
    """Each straight piece of each flow, with the ids of flow, source and target."""
    for flow in root.iter(f"{BPMN}sequenceFlow"):
        edge = root.find(f".//{BPMNDI}BPMNEdge[@bpmnElement='{flow.get('id')}']")
        assert edge is not None, flow.get("id")
        points = [(float(str(p.get("x"))), float(str(p.get("y")))) for p in edge.iter(f"{DI}waypoint")]
        for (x1, y1), (x2, y2) in itertools.pairwise(points):
            assert x1 == x2 or y1 == y2, f"{flow.get('id')} runs askew"
            line = Box(str(flow.get("id")), min(x1, x2), min(y1, y2), abs(x1 - x2), abs(y1 - y2))
            yield str(flow.get("id")), str(flow.get("sourceRef")), str(flow.get("targetRef")), line


def test_everything_is_drawn_inside_its_frame(each: Shipped) -> None:
    root = tree(each)
    drawn = shapes(root)
    process = root.find(f"{BPMN}process")
    assert process is not None
    for element in process.iter(f"{BPMN}*"):
        parent = element.getparent()
        if element.find(f"{BPMN}incoming") is None and element.find(f"{BPMN}outgoing") is None:
            continue
        found = drawn[str(element.get("id"))]
        if element.tag != f"{BPMN}boundaryEvent" and parent is not None and parent.tag == f"{BPMN}subProcess":
            assert drawn[str(parent.get("id"))].holds(found)


def test_no_two_shapes_overlap(each: Shipped) -> None:
    root = tree(each)
    events = {event.get("id") for event in root.iter(f"{BPMN}boundaryEvent")}
    drawn = [shape for shape in shapes(root).values() if shape.id not in events]
    for index, one in enumerate(drawn):
        for other in drawn[index + 1 :]:
            assert not one.overlaps(other) or one.holds(other) or other.holds(one), (one.id, other.id)


def test_no_label_covers_a_shape_or_another_label(each: Shipped) -> None:
    root = tree(each)
    frames = {frame.get("id") for frame in root.iter(f"{BPMN}subProcess")}
    placed = list(labels(root))
    for index, label in enumerate(placed):
        for shape in shapes(root).values():
            if shape.id in frames:
                assert shape.holds(label) or not shape.overlaps(label), (label.id, shape.id)
            else:
                assert not shape.overlaps(label), (label.id, shape.id)
        for other in placed[index + 1 :]:
            assert not label.overlaps(other), (label.id, other.id)


def test_no_flow_runs_through_a_shape_or_a_label(each: Shipped) -> None:
    root = tree(each)
    drawn, placed = shapes(root), list(labels(root))
    frames = {str(frame.get("id")) for frame in root.iter(f"{BPMN}subProcess")}
    hosts = {str(event.get("id")): event.get("attachedToRef") for event in root.iter(f"{BPMN}boundaryEvent")}
    for flow, source, target, line in segments(root):
        thick = Box(flow, line.x, line.y, line.width or 0.1, line.height or 0.1)
        for shape in drawn.values():
            if shape.id in (source, target, hosts.get(source)) or (shape.id in frames and shape.holds(thick)):
                continue
            assert not shape.overlaps(thick), (flow, shape.id)
        for label in placed:
            assert not label.overlaps(thick), (flow, label.id)
