"""Every kind of fault is found at its element, with a sentence and a remedy; a sound drawing has none."""

from __future__ import annotations

import json
from dataclasses import astuple
from pathlib import Path

import pytest

from bpmn.checks import check_file
from bpmn.definitions import read_definition
from bpmn.findings import Finding, has_errors, in_order
from bpmn.surroundings import Surroundings
from domain.errors import DefinitionInvalid

DRAWINGS = Path(__file__).parents[2] / "bpmn"
FORMS = {"draft": {"title", "total"}, "review": {"note", "total"}}
NOTHING_THERE = Surroundings(variables_of_form=FORMS.get, is_deployed={"work"}.__contains__)
CONFORMANCE = Path(__file__).parents[3] / ".." / "shared" / "conformance" / "models"

# The drawing, the element at fault, and a piece of what is said about it.
ERRORS = {
    "error_no_process": (None, "không có quy trình nào"),
    "error_not_executable": ("work", "chạy được"),
    "error_duplicate_id": ("draft", "dùng hai lần"),
    "error_flow_to_nowhere": ("f2", "điểm cuối “gone”"),
    "error_boundary_on_nothing": ("late", "“gone”"),
    "error_unknown_message": ("wait", "thông điệp “gone”"),
    "error_unknown_default": ("choice", "nhánh mặc định “gone”"),
    "error_start_with_incoming": ("begin", "đi vào"),
    "error_end_with_outgoing": ("done", "đi ra"),
    "error_flow_across_border": ("f3", "ranh giới"),
    "error_event_gateway_before_task": ("draft", "cổng chờ sự kiện"),
    "error_circle_without_start": ("work", "không có chỗ bắt đầu"),
    "error_gateway_circle": ("back", "quay mãi"),
    "error_timer_circle": ("back", "quay mãi"),
    "error_timer_start_in_sub_process": ("inner", "bắt đầu thường"),
    "error_event_sub_process_without_event": ("recall", "đúng một sự kiện bắt đầu"),
    "error_boundary_on_event_sub_process": ("late", "không gắn được"),
    "error_only_event_sub_processes": ("work", "không có bước nào của mình"),
    "error_boundary_behind_event_gateway": ("late", "đứng sau cổng chờ sự kiện"),
    "error_catch_of_nothing": ("wait", "chưa ghi chờ điều gì"),
    "error_link_without_partner": ("jump", "mối nối"),
    "error_cancel_outside_transaction": ("done", "giao dịch"),
    "error_call_of_nothing": ("call", "chưa chọn quy trình"),
    "error_error_start": ("begin", "do sự kiện khởi động"),
    "error_flows_without_condition": ("f2", "chưa có điều kiện"),
    "error_condition_calls_method": ("yes", "phương thức"),
    "error_condition_in_foreign_language": ("yes", "ngôn ngữ khác"),
    "error_script_with_loop": ("count", "for"),
    "error_attribute_unreadable": ("draft", "Đơn vị nhận việc"),
    "error_unknown_role": ("draft", "king"),
    "error_timer_without_time": ("wait", "chưa ghi thời gian"),
    "error_timer_unreadable": ("wait", "ba ngày"),
    "error_start_quantity": ("draft", "startQuantity"),
    "error_run_throws_error": ("draft", "mỗi lần lặp"),
    "error_conditional_start": ("begin", "điều kiện"),
    "error_parallel_start": ("begin", "cùng đến"),
    "error_parallel_event_gateway": ("begin", "mọi sự kiện"),
}
ADVICE = {
    "advice_unreachable": ("review", "Không đường nào"),
    "advice_deadlock": ("join", "kẹt"),
    "advice_parallel_writes": ("split", "total"),
    "advice_parallel_forms": ("split", "total"),
    "advice_called_not_deployed": ("call", "chưa được phát hành"),
    "advice_no_role": ("draft", "vai trò"),
    "advice_no_unit": ("draft", "đơn vị"),
    "advice_time_without_zone": ("wait", "múi giờ"),
    "advice_message_nobody_sends": ("wait", "không bước nào"),
    "advice_no_default": ("choice", "mặc định"),
    "advice_idle_service": ("draft", "đi qua ngay"),
    "advice_calls_itself": ("draft", "chính quy trình của mình"),
    "advice_second_start": ("other", "thứ hai"),
    "advice_unknown_form": ("draft", "lost"),
}


def read(name: str) -> bytes:
    return (DRAWINGS / f"{name}.bpmn").read_bytes()


def line_of(xml: bytes, element: str) -> int:
    lines = xml.decode().splitlines()
    return next(number for number, line in enumerate(lines, 1) if f'id="{element}"' in line)


@pytest.mark.parametrize("name", ERRORS)
def test_a_fault_is_an_error_at_its_element(name: str) -> None:
    element, words = ERRORS[name]
    errors = [each for each in check_file(read(name)) if each.severity == "error"]
    assert (errors[0].element, words in errors[0].message) == (element, True), errors
    with pytest.raises(DefinitionInvalid) as refusal:
        read_definition(read(name))
    assert refusal.value.findings[0] == errors[0]


@pytest.mark.parametrize("name", ADVICE)
def test_a_doubtful_drawing_runs_with_advice(name: str) -> None:
    element, words = ADVICE[name]
    definition = read_definition(read(name), around=NOTHING_THERE)
    assert [(each.severity, each.element) for each in definition.findings] == [("advice", element)]
    assert words in definition.findings[0].message
    assert definition.findings[0].line == line_of(read(name), element)


def test_a_sound_drawing_has_no_finding() -> None:
    assert check_file(read("sound")) == []


@pytest.mark.parametrize("path", sorted(DRAWINGS.glob("*.bpmn")), ids=lambda path: path.stem)
def test_every_finding_speaks_both_languages_and_names_a_remedy(path: Path) -> None:
    for finding in check_file(path.read_bytes(), NOTHING_THERE):
        assert all((finding.message, finding.remedy, finding.message_en, finding.remedy_en)), finding
        assert "{}" not in finding.message + finding.message_en
        assert finding.line is not None
        assert json.dumps(finding.to_json())


def test_a_line_of_a_script_is_a_line_of_the_file() -> None:
    xml = read("error_script_with_loop")
    assert xml.decode().splitlines()[check_file(xml)[0].line - 1].startswith("for part")  # type: ignore[operator]


def test_what_lies_in_an_illustration_is_not_checked() -> None:
    """A second pool, drawn for people, may leave its conditions open."""
    open_ended = read("error_flows_without_condition").decode().replace('isExecutable="true"', 'isExecutable="false"')
    body = open_ended[open_ended.index("  <process") : open_ended.index("</definitions>")]
    for name in ("work", "begin", "choice", "draft", "review", "done", "f1", "f2", "f3", "f4", "f5"):
        body = body.replace(f'"{name}"', f'"other_{name}"').replace(f">{name}<", f">other_{name}<")
    assert check_file(read("sound").replace(b"</definitions>", body.encode() + b"</definitions>")) == []


def test_errors_come_first_and_nothing_is_said_twice() -> None:
    late = Finding("error", "b", 9, "lỗi")
    findings = [Finding("advice", "a", 1, "lời khuyên"), late, Finding("repaired", "c", 2, "đã sửa"), late]
    assert [astuple(each)[:2] for each in in_order(findings)] == [("error", "b"), ("repaired", "c"), ("advice", "a")]
    assert has_errors(findings)


REFUSED_RIGHTLY = {
    "betsy__LoopTask_NegativeLoopMaximum",
    "betsy__MultiInstanceTask_NegativeLoopCardinality",
    "betsy__Token_StartQuantity_Zero",
    "betsy__Token_CompletionQuantity_Zero",
}


@pytest.mark.skipif(not CONFORMANCE.exists(), reason="the conformance models are not beside the checkout")
@pytest.mark.parametrize("path", sorted(CONFORMANCE.glob("*.bpmn")), ids=lambda path: path.stem)
def test_the_structure_of_models_by_others_is_accepted(path: Path) -> None:
    """Their expressions are Java, so only what is not about expressions may be held against them."""
    xml = path.read_bytes().replace(b'isExecutable="false"', b'isExecutable="true"')
    about_expressions = ("FEEL", "assigns nothing", "cannot be read", "an expression cannot", "there is no function",
                         "calls code of another system")  # fmt: skip
    errors = [each for each in check_file(xml) if each.severity == "error"]
    held = [each for each in errors if not any(words in each.message_en for words in about_expressions)]
    assert bool(held) == (path.stem in REFUSED_RIGHTLY), held
