"""What a drawing leaves open is mended on a copy, said so, and then read by SpiffWorkflow's own parser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser

from bpmn.definitions import Definition, read_definition
from bpmn.drawing import Drawing, condition_of
from bpmn.findings import Finding
from bpmn.names import EXTENSION, MODEL, local
from bpmn.normaliser import normalise
from bpmn.parsing import parse_xml

DRAWINGS = Path(__file__).parents[2] / "bpmn"
REPAIRS = sorted(path.stem for path in DRAWINGS.glob("repair_*.bpmn"))
SILENT = {  # what nobody would call a change to the drawing
    "repair_links", "repair_shared_definition", "repair_reserved_ids", "repair_global_task",
    "repair_instantiating_receive", "repair_instantiating_gateway",
}  # fmt: skip


def definition_of(name: str) -> Definition:
    return read_definition((DRAWINGS / f"{name}.bpmn").read_bytes())


def drawing_of(name: str) -> Drawing:
    return Drawing(etree.fromstring(definition_of(name).normalised))


def repairs_of(name: str) -> list[tuple[str | None, str]]:
    return [(each.element, each.severity) for each in definition_of(name).findings if each.severity == "repaired"]


def path_from(drawing: Drawing, name: str) -> list[str]:
    """The types of the nodes from `name` on, as long as one flow leads on."""
    node, types = drawing.by_id[name], []
    while True:
        types.append(local(node))
        following = drawing.successors(node)
        if len(following) != 1:
            return types
        node = following[0]


@pytest.mark.parametrize("name", REPAIRS)
def test_the_mended_drawing_is_read_by_the_engines_parser(name: str) -> None:
    definition = definition_of(name)
    parser: Any = BpmnParser()
    parser.add_bpmn_str(definition.normalised)
    for process in definition.processes:
        assert parser.get_spec(process.id).task_specs


@pytest.mark.parametrize("name", REPAIRS)
def test_what_a_designer_would_miss_is_said(name: str) -> None:
    assert bool(repairs_of(name)) == (name not in SILENT)


@pytest.mark.parametrize("name", REPAIRS)
def test_mending_leaves_the_drawing_alone_and_is_done_once(name: str) -> None:
    root = parse_xml((DRAWINGS / f"{name}.bpmn").read_bytes())
    before = etree.tostring(root)
    mended, _ = normalise(root)
    assert etree.tostring(root) == before
    again, findings = normalise(mended)
    assert findings == []
    assert etree.tostring(again) == etree.tostring(mended)


def test_a_process_that_does_not_say_it_runs_is_meant_to() -> None:
    assert definition_of("repair_no_executable_mark").processes[0].is_executable
    assert repairs_of("repair_no_executable_mark") == [("work", "repaired")]


def test_nodes_and_flows_without_id_get_one() -> None:
    definition = definition_of("repair_no_ids")
    assert [process.id for process in definition.processes] == ["process_1"]
    assert path_from(drawing_of("repair_no_ids"), "begin") == ["startEvent", "userTask", "endEvent"]


def test_without_a_start_the_first_steps_begin_together() -> None:
    drawing = drawing_of("repair_no_start")
    start = drawing.of_type("startEvent")[0]
    gateway = drawing.successors(start)[0]
    assert local(gateway) == "parallelGateway"
    assert {node.get("id") for node in drawing.successors(gateway)} == {"draft", "review"}


def test_a_step_that_leads_nowhere_leads_to_an_end() -> None:
    assert path_from(drawing_of("repair_no_end"), "draft") == ["userTask", "endEvent"]


def test_several_flows_out_of_a_step_are_a_parallel_split() -> None:
    drawing = drawing_of("repair_several_flows")
    gateway = drawing.successors(drawing.by_id["draft"])[0]
    assert local(gateway) == "parallelGateway"
    assert {flow.get("id") for flow in drawing.outgoing(gateway)} == {"f2", "f3"}


def test_conditional_flows_out_of_a_step_are_an_inclusive_split_with_its_default() -> None:
    drawing = drawing_of("repair_conditional_flows")
    gateway = drawing.successors(drawing.by_id["draft"])[0]
    assert (local(gateway), gateway.get("default")) == ("inclusiveGateway", "f2")
    assert [condition_of(flow) for flow in drawing.outgoing(gateway)] == ["", "urgent"]
    assert drawing.by_id["draft"].get("default") is None


def test_links_of_one_name_are_joined_and_keep_their_kind_for_the_reader() -> None:
    drawing = drawing_of("repair_links")
    assert [node.get("id") for node in drawing.successors(drawing.by_id["jump"])] == ["landing"]
    assert definition_of("repair_links").elements["landing"].type == "intermediateCatchEvent"


def test_a_shared_event_definition_is_put_into_its_event() -> None:
    event = drawing_of("repair_shared_definition").by_id["wait"]
    assert event.findtext(f"{MODEL}timerEventDefinition/{MODEL}timeDuration") == "P3D"


def test_an_event_without_a_message_gets_one_called_as_it_is() -> None:
    drawing = drawing_of("repair_nameless_message")
    reference = drawing.by_id["wait"].find(f"{MODEL}messageEventDefinition")
    assert reference is not None
    assert drawing.by_id[reference.get("messageRef") or ""].get("name") == "Có trả lời"


def test_empty_repetition_markers_go() -> None:
    drawing = drawing_of("repair_empty_loops")
    assert not list(drawing.root.iter(*(f"{MODEL}{tag}LoopCharacteristics" for tag in ("standard", "multiInstance"))))


def test_data_is_left_out_and_a_repetition_runs_over_the_variable_behind_it() -> None:
    assert not list(drawing_of("repair_data").root.iter(f"{MODEL}dataObjectReference", f"{MODEL}dataStore"))
    xml = (DRAWINGS / "repair_data.bpmn").read_text().replace(
        'name="Soạn dự thảo"', 'name="Soạn dự thảo"', 1
    ).replace(
        '<dataOutputAssociation id="o">',
        '<multiInstanceLoopCharacteristics id="each"><loopDataInputRef>paper</loopDataInputRef>'
        "</multiInstanceLoopCharacteristics><dataOutputAssociation id=\"o\">",
    )  # fmt: skip
    mended, _ = normalise(parse_xml(xml.encode()))
    assert next(mended.iter(f"{MODEL}loopDataInputRef")).text == "Dự thảo"


def test_the_one_flow_without_condition_is_the_default() -> None:
    assert drawing_of("repair_unconditional_default").by_id["choice"].get("default") == "f3"


def test_the_condition_of_a_default_flow_is_dropped() -> None:
    assert condition_of(drawing_of("repair_default_with_condition").by_id["f3"]) == ""


def test_reserved_names_are_changed_and_remembered() -> None:
    definition = definition_of("repair_reserved_ids")
    assert set(definition.renamed.values()) == {"Start", "End", "work.EndJoin"}
    assert {"Start", "End", "work.EndJoin"} <= definition.elements.keys()
    assert not {"Start", "End", "work.EndJoin"} & Drawing(etree.fromstring(definition.normalised)).by_id.keys()


def test_what_was_inserted_is_no_element_of_the_drawing() -> None:
    definition = definition_of("repair_several_flows")
    inserted = Drawing(etree.fromstring(definition.normalised)).by_id.keys() - definition.elements.keys() - {"sample"}
    assert inserted == {"draft_split", "draft_to_draft_split"}


def test_several_starts_of_a_sub_process_begin_together() -> None:
    drawing = drawing_of("repair_several_starts")
    starts = [node for node in drawing.by_id["part"] if local(node) == "startEvent"]
    assert len(starts) == 1
    assert {node.get("id") for node in drawing.successors(drawing.successors(starts[0])[0])} == {"left", "right"}


def test_a_global_task_is_a_process_of_one_step() -> None:
    definition = definition_of("repair_global_task")
    drawing = Drawing(etree.fromstring(definition.normalised))
    called = drawing.by_id[drawing.by_id["call"].get("calledElement") or ""]
    assert [local(node) for node in called if local(node) != "sequenceFlow"] == ["startEvent", "scriptTask", "endEvent"]
    assert definition.elements["shared"].type == "globalScriptTask"
    assert [process.id for process in definition.processes] == ["work"]


def test_a_receive_task_that_instantiates_stands_behind_the_message_it_receives() -> None:
    drawing = drawing_of("repair_instantiating_receive")
    start = drawing.of_type("startEvent")[0]
    definition = start.find(f"{MODEL}messageEventDefinition")
    assert definition is not None
    assert definition.get("messageRef") == "m1"
    assert [node.get("id") for node in drawing.successors(start)] == ["wait"]


def test_events_behind_an_instantiating_gateway_are_starts() -> None:
    drawing = drawing_of("repair_instantiating_gateway")
    assert [node.get("id") for node in drawing.of_type("startEvent")] == ["letter", "call"]


def test_a_foreign_condition_is_translated_and_shown() -> None:
    assert condition_of(drawing_of("repair_foreign_condition").by_id["yes"]) == "bool(approved) and (not bool(urgent))"
    assert repairs_of("repair_foreign_condition") == [("yes", "repaired")]


def test_the_collection_of_other_engines_is_adopted() -> None:
    xml = (DRAWINGS / "sound.bpmn").read_text().replace(
        "</userTask>",
        '<multiInstanceLoopCharacteristics xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
        'camunda:collection="${parts}" camunda:elementVariable="part" /></userTask>',
    )  # fmt: skip
    mended, _ = normalise(parse_xml(xml.encode()))
    marker = next(mended.iter(f"{MODEL}multiInstanceLoopCharacteristics"))
    assert (marker.get(f"{EXTENSION}collection"), marker.get(f"{EXTENSION}elementVariable")) == ("parts", "part")


def test_references_lose_the_prefix_of_their_namespace() -> None:
    xml = (DRAWINGS / "advice_message_nobody_sends.bpmn").read_text().replace('messageRef="m1"', 'messageRef="tns:m1"')
    findings: tuple[Finding, ...] = read_definition(xml.encode()).findings
    assert "Trả lời" in findings[-1].message
    assert json.dumps(findings[-1].to_json())
