"""Each constraint of the standard has a drawing of its own that breaks it; the sound drawings break none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from bpmn.checks import check_file
from bpmn.checks.standard import FAMILIES, Rule
from bpmn.checks.standard.document import Document
from bpmn.library import shipped
from bpmn.parsing import parse_xml
from bpmn.surroundings import Surroundings
from web.cli.bpmn import bpmn

DRAWINGS = Path(__file__).parents[2] / "bpmn"
BESIDE = Surroundings(folder=DRAWINGS)
SOUND = sorted(DRAWINGS.glob("sound*.bpmn"))

# The drawing (standard_….bpmn), the rule it breaks, and the element at fault.
BREACHES: dict[str, tuple[str, str | None]] = {
    "ad_hoc_without_activity": ("activities.ad_hoc_holds_activities", "gather"),
    "association_into_process_input": ("data.process_data_faces_outward", "fill"),
    "association_of_two_sources": ("data.associations_have_one_source", "fill"),
    "association_of_two_types": ("item_types.associated_data_are_of_one_type", "fill"),
    "awaited_also_led_to": ("event_gateways.are_the_only_way_to_what_follows", "later"),
    "behaviour_without_event": ("behaviour.behaviour_has_its_events", "read"),
    "boundary_error_not_interrupting": ("boundaries.what_always_interrupts_says_so", "failed"),
    "boundary_in_other_level": ("boundaries.lie_beside_their_activity", "late"),
    "boundary_leading_nowhere": ("boundaries.lead_on", "late"),
    "boundary_led_to": ("boundaries.have_no_incoming", "late"),
    "boundary_of_nothing": ("events.wait_for_something", "late"),
    "call_of_another_file": ("calls.what_is_called_is_there", "call"),
    "call_with_other_data": ("calls.calls_match_what_they_call", "call"),
    "called_without_plain_start": ("calls.what_is_called_starts_plainly", "called"),
    "cancel_of_a_step": ("boundaries.cancel_belongs_to_transactions", "off"),
    "cancel_outside_transaction": ("boundaries.cancel_belongs_to_transactions", "other_end"),
    "choreography_in_process": ("activities.hold_no_choreography", "misplaced"),
    "choreography_message_to_outside": ("choreographies.messages_go_between_those_taking_part", "exchange"),
    "choreography_of_an_error": ("choreographies.events_are_seen_by_all", "play_end"),
    "choreography_task_of_three": ("choreographies.tasks_have_two_sides", "exchange"),
    "closed_differently": ("collaborations.closed_as_their_choreography", "both"),
    "collection_not_agreed": ("item_types.collections_are_collections_of_their_type", "all"),
    "compensation_in_other_process": ("boundaries.compensated_activities_can_be_seen", "back"),
    "compensation_with_flow": ("boundaries.compensation_has_no_flow", "undo"),
    "condition_in_words": ("expressions.are_formal_where_they_run", "f2"),
    "conditional_only_flow": ("flows.conditions_leave_choices", "f7"),
    "conversation_link_between_pools": ("collaborations.links_join_a_conversation_and_a_side", "talking"),
    "conversation_naming_choreography": ("collaborations.only_collaborations_name_choreographies", "general"),
    "conversation_of_one": ("collaborations.conversations_have_two_sides", "talk"),
    "data_in_no_set": ("data.every_data_is_in_a_set", "sent"),
    "default_of_another": ("flows.defaults_leave_their_element", "choice"),
    "definition_of_another_event": ("events.own_definitions_are_not_shared", "later"),
    "direction_not_kept": ("gateways.keep_their_direction", "merge"),
    "empty_formal_expression": ("expressions.are_written_out", "mine_number"),
    "end_leading_on": ("levels.ends_have_no_outgoing", "other_end"),
    "end_not_reached": ("levels.ends_are_reached", "other_done"),
    "end_of_a_timer": ("events.carry_what_their_place_allows", "urged"),
    "end_without_start": ("levels.starts_and_ends_go_together", "other_end"),
    "ends_do_not_know_flow": ("flows.are_known_at_their_ends", "merge"),
    "error_not_interrupting": ("events.errors_interrupt", "recalled"),
    "error_without_code": ("events.thrown_errors_and_escalations_have_codes", "done"),
    "escalation_without_code": ("events.thrown_errors_and_escalations_have_codes", "urge"),
    "event_data_missing": ("item_types.events_have_data_for_each_definition", "ring"),
    "event_data_of_other_type": ("item_types.events_have_data_for_each_definition", "ring"),
    "event_gateway_before_task": ("event_gateways.lead_to_what_is_awaited", "hear3"),
    "event_gateway_mixed": ("event_gateways.do_not_mix_messages_and_receive_tasks", "race"),
    "event_gateway_with_one_way": ("event_gateways.have_two_ways_out", "race"),
    "event_not_in_a_flow": ("levels.intermediate_events_stand_in_a_flow", "passing"),
    "event_sub_process_in_flow": ("flows.do_not_touch_event_sub_processes", "recall"),
    "event_sub_process_with_two_starts": ("events.one_event_starts_an_event_sub_process", "recall"),
    "flow_in_other_level": ("flows.stay_in_their_level", "i2"),
    "flow_not_immediate": ("flows.are_immediate_where_they_run", "f1"),
    "flow_to_another_file": ("references.lead_somewhere", "f6"),
    "gateway_of_one_way": ("gateways.part_or_join", "alone"),
    "global_conversation_not_empty": ("collaborations.global_conversations_are_empty", "general"),
    "import_not_there": ("imports.files_are_there", None),
    "import_of_a_broken_file": ("imports.drawings_follow_the_schema", None),
    "import_of_other_types": ("imports.files_have_their_namespace", None),
    "import_of_other_namespace": ("imports.files_have_their_namespace", None),
    "import_with_same_id": ("imports.ids_are_unique_over_files", "begin"),
    "import_without_element": ("references.lead_somewhere", "letter"),
    "import_of_nothing": ("imports.say_what_they_bring", None),
    "impossible_multiplicity": ("collaborations.multiplicities_are_possible", "other_pool"),
    "incoming_of_another": ("flows.ends_name_their_own_flows", "done"),
    "initiated_from_outside": ("choreographies.somebody_taking_part_begins", "exchange"),
    "instantiating_and_led_to": ("event_gateways.what_starts_a_case_is_not_led_to", "hear"),
    "interface_bound_wrongly": ("services.offered_interfaces_are_bound", "work"),
    "interface_not_bound": ("services.offered_interfaces_are_bound", "work"),
    "interrupted_twice": ("events.one_event_interrupts_a_scope_once", "again_begin"),
    "item_of_other_type": ("behaviour.runs_get_one_item_each", "read"),
    "key_without_property": ("correlation.keys_have_properties", "by_number"),
    "link_not_named_back": ("links.name_their_other_end", "jump"),
    "link_to_other_level": ("links.stay_in_their_level", "jump"),
    "link_two_ways": ("links.lead_one_way", "jump"),
    "link_with_two_targets": ("links.have_one_target", "land2"),
    "link_without_target": ("links.name_their_other_end", "jump"),
    "message_flow_from_receiver": ("message_flows.leave_senders_and_reach_receivers", "begin"),
    "message_flow_inside": ("message_flows.join_two_pools", "told"),
    "message_flow_to_gateway": ("references.lead_somewhere", "question"),
    "message_flow_to_plain_start": ("message_flows.events_at_their_ends_are_messages", "other_begin"),
    "message_without_operation": ("events.message_events_name_an_operation", "recalled"),
    "node_in_two_lanes": ("activities.lanes_hold_nodes_of_their_process", "clerk"),
    "node_leading_nowhere": ("levels.everything_leads_on", "forgotten"),
    "node_not_reached": ("levels.everything_is_led_to", "forgotten"),
    "nothing_undone": ("boundaries.compensation_leads_to_what_undoes", "undo"),
    "optional_not_listed": ("data.optional_data_is_listed", "register_in"),
    "parallel_event_gateway_inside": ("event_gateways.only_a_start_waits_for_all", "race"),
    "parameter_of_other_resource": ("activities.resources_are_bound_by_their_parameters", "on_floor"),
    "pool_drawn_twice": ("collaborations.pools_are_drawn_once", "third"),
    "prefix_of_elsewhere": ("references.prefixes_are_declared", "tone"),
    "property_found_twice": ("correlation.properties_are_found_in_every_message_once", "number"),
    "public_and_executable": ("activities.public_processes_do_not_run", "work"),
    "quantity_of_zero": ("activities.quantities_are_at_least_one", "reply"),
    "reference_called_otherwise": ("data.references_are_called_after_their_object", "file_drafted"),
    "reference_of_other_type": ("item_types.associated_data_are_of_one_type", "looked_up"),
    "reference_to_nothing": ("references.lead_somewhere", "sender"),
    "reference_to_wrong_type": ("references.lead_somewhere", "file"),
    "repeated_over_foreign_data": ("behaviour.run_over_their_own_data", "read"),
    "repeated_over_nothing": ("behaviour.say_how_often", "send"),
    "schema_unknown_attribute": ("schema.validity", "send"),
    "schema_unknown_element": ("schema.validity", "nowhere"),
    "schema_unknown_value": ("schema.validity", "merge"),
    "schema_wrong_order": ("schema.validity", "too_late"),
    "send_of_other_type": ("services.message_tasks_hold_what_their_message_holds", "send"),
    "send_with_two_inputs": ("services.message_tasks_have_one_set", "send"),
    "service_of_other_type": ("services.service_tasks_take_what_their_operation_takes", "register"),
    "service_with_two_outputs": ("services.service_tasks_have_the_sets_of_their_operation", "register"),
    "set_of_foreign_data": ("data.sets_list_their_own_data", "read_in"),
    "sets_not_mutual": ("data.sets_name_each_other", "register_in"),
    "signal_without_name": ("events.messages_and_signals_are_named", "rung"),
    "start_leading_nowhere": ("levels.starts_lead_on", "second"),
    "start_led_to": ("levels.starts_have_no_incoming", "other_begin"),
    "start_without_end": ("levels.starts_and_ends_go_together", "other_begin"),
    "state_on_data_object": ("data.data_objects_and_their_references_share_the_work", "file"),
    "sub_process_with_inputs": ("activities.sub_processes_take_data_as_they_are", "prepare"),
    "structure_not_imported": ("structures.are_found_where_they_are_imported_from", "typed"),
    "structure_unknown_to_xml": ("structures.are_types_of_xml_schema", "figure"),
    "subscription_not_bound": ("correlation.subscriptions_bind_their_key", "mine"),
    "task_in_choreography": ("choreographies.hold_no_process_activities", "alone"),
    "text_of_no_format": ("activities.texts_name_a_format", "note"),
    "type_of_nothing": ("references.lead_somewhere", "floor"),
    "undone_by_a_step": ("boundaries.compensation_leads_to_what_undoes", "undo"),
    "undoing_in_flow": ("boundaries.what_undoes_has_no_flow", "retract"),
}


def rules() -> Iterator[tuple[str, Rule]]:
    """Every rule by the family it belongs to and its name."""
    for family in FAMILIES:
        for rule in family:
            yield f"{rule.__module__.rpartition('.')[2]}.{rule.__name__}", rule


def strict(path: Path) -> int:
    """The exit code of `bangiao bpmn check --strict`."""
    return CliRunner().invoke(bpmn, ["check", "--strict", str(path)]).exit_code


@pytest.mark.parametrize("name", BREACHES)
def test_a_breach_is_found_at_its_element_and_refused_when_strict(name: str) -> None:
    path = DRAWINGS / f"standard_{name}.bpmn"
    rule, element = BREACHES[name]
    document = Document(parse_xml(path.read_bytes()), DRAWINGS)
    assert element in [each.element for each in dict(rules())[rule](document)]
    assert element in [each.element for each in check_file(path.read_bytes(), BESIDE) if each.against_standard]
    assert strict(path) == 1


def test_every_rule_has_a_drawing_and_every_drawing_a_rule() -> None:
    assert {rule for rule, _ in BREACHES.values()} == dict(rules()).keys()
    assert BREACHES.keys() == {path.stem.removeprefix("standard_") for path in DRAWINGS.glob("standard_*.bpmn")}


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.stem)
def test_a_sound_drawing_passes_when_strict(path: Path) -> None:
    assert [each for each in check_file(path.read_bytes(), BESIDE) if each.severity != "advice"] == []
    assert strict(path) == 0


def test_the_shipped_processes_keep_to_the_standard() -> None:
    assert [each for definition in shipped() for each in check_file(definition.xml)] == []


def test_what_is_drawn_for_people_alone_stops_no_deployment() -> None:
    """An impossible event is an error where it runs, and said where it does not."""
    running = (DRAWINGS / "standard_end_of_a_timer.bpmn").read_bytes()
    drawn = (DRAWINGS / "standard_cancel_outside_transaction.bpmn").read_bytes()
    assert "error" in {each.severity for each in check_file(running)}
    assert "error" not in {each.severity for each in check_file(drawn)}


def test_without_a_place_no_imported_file_is_looked_for() -> None:
    """What comes over the network names no file of this machine."""
    xml = (DRAWINGS / "standard_import_not_there.bpmn").read_bytes()
    assert [each for each in check_file(xml) if each.severity != "advice"] == []
    outside = xml.replace(b"not_there.bpmn", b"/etc/hostname")
    assert [each for each in check_file(outside, BESIDE) if each.severity != "advice"] == []
