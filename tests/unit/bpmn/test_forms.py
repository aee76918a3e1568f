"""Forms: what is refused when a schema is read, and how what was typed becomes variables."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn.forms import SUPPORTED, Form, as_it_stands, filled, read_form
from bpmn.forms.patterns import LONGEST_MATCHED, matches
from bpmn.forms.values import parse_number, shown_number
from domain.errors import FormInvalid


def one(kind: str, key: str = "x", **more: Any) -> Form:
    return read_form({"id": "one", "components": [{"type": kind, "key": key, "label": "Ô", **more}]})


def value(form: Form, sent: Any, variables: dict[str, Any] | None = None) -> Any:
    return form.validate({"x": sent}, variables or {})["x"]


def refusal(form: Form, sent: Any, variables: dict[str, Any] | None = None) -> tuple[str, str]:
    with pytest.raises(FormInvalid) as refused:
        form.validate({"x": sent}, variables or {})
    return refused.value.fields["x"], refused.value.english_fields["x"]


def test_a_field_says_in_its_own_words_what_is_missing() -> None:
    told = {"requiredWhen": "not documents", "missing": "Đính kèm hoặc ghi", "missingEn": "attach or write"}
    form = one("textarea", properties=told)
    assert refusal(form, " ", {"documents": 0}) == ("Đính kèm hoặc ghi", "attach or write")
    assert value(form, "", {"documents": 1}) == ""


@pytest.mark.parametrize(
    ("form", "sent", "expected"),
    [
        (one("textfield"), ["  Kế hoạch  "], "Kế hoạch"),
        (one("textfield"), None, ""),
        (one("textarea"), "a\r\nb", "a\nb"),
        (one("number"), ["8"], 8),
        (one("number"), "1.234,5", 1234.5),
        (one("number"), "1.234", 1234),
        (one("number"), "12.5", 12.5),
        (one("number"), 3.0, 3.0),
        (one("number", decimalDigits=0), 3.0, 3),
        (one("number"), "", None),
        (one("datetime", subtype="date"), "2026-03-16", "2026-03-16"),
        (one("datetime", subtype="date"), "16/3/2026", "2026-03-16"),
        (one("datetime", subtype="date"), "", None),
        (one("datetime", subtype="date"), date(2026, 3, 16), "2026-03-16"),
        (one("checkbox"), None, False),
        (one("checkbox"), ["on"], True),
        (one("checkbox"), False, False),
        (one("radio", values=[{"value": True, "label": "Có"}, {"value": False, "label": "Không"}]), "false", False),
        (one("radio", values=[{"value": True, "label": "Có"}, {"value": False, "label": "Không"}]), True, True),
        (one("select", values=[{"value": "a", "label": "A"}]), "", None),
        (one("select", values=[{"value": 1, "label": "Một"}]), "1", 1),
        (one("checklist", values=[{"value": "a"}, {"value": "b"}]), ["b", "b", "a"], ["b", "a"]),
        (one("checklist", values=[{"value": "a"}]), None, []),
        (one("filepicker"), "0B1F8D1C-5E44-4D3B-9C9A-3F5A6A1F1A11", ["0b1f8d1c-5e44-4d3b-9c9a-3f5a6a1f1a11"]),
        (one("textfield", validate={"validationType": "email"}), "van.thu@yenha.example", "van.thu@yenha.example"),
        (one("textfield", validate={"pattern": r"\d+/[A-Z]+-[A-Z]+"}), "45/KH-SNNMT", "45/KH-SNNMT"),
    ],
)
def test_what_was_sent_becomes_a_typed_value(form: Form, sent: Any, expected: Any) -> None:
    found = value(form, sent)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("form", "sent"),
    [
        (one("textfield", validate={"required": True}), "   "),
        (one("textfield"), "hai\ndòng"),
        (one("textfield"), "x" * 501),
        (one("textfield"), 5),
        (one("textfield"), ["a", "b"]),
        (one("textarea", validate={"maxLength": 3}), "bốn!"),
        (one("textarea"), "x" * 20_001),
        (one("textfield", validate={"minLength": 3}), "ab"),
        (one("textfield", validate={"pattern": "[0-9]+"}), "12a"),
        (one("textfield", validate={"pattern": "[0-9]+"}), "1" * (LONGEST_MATCHED + 1)),
        (one("textfield", validate={"validationType": "email"}), "van.thu"),
        (one("textfield", validate={"validationType": "phone"}), "không có"),
        (one("number"), "tám"),
        (one("number"), "1e5"),
        (one("number"), float("inf")),
        (one("number"), float("nan")),
        (one("number"), 10**400),
        (one("number"), True),
        (one("number", validate={"min": 0}), "-1"),
        (one("number", validate={"max": 100}), "100,5"),
        (one("number", decimalDigits=0), "1,5"),
        (one("number", validate={"required": True}), ""),
        (one("datetime", subtype="date"), "2026-02-30"),
        (one("datetime", subtype="date"), "mai"),
        (one("datetime", subtype="date"), 20260316),
        (one("datetime", subtype="date", validate={"required": True}), None),
        (one("checkbox", validate={"required": True}), None),
        (one("checkbox"), "perhaps"),
        (one("radio", values=[{"value": "a", "label": "A"}]), "b"),
        (one("radio", values=[{"value": "a", "label": "A"}], validate={"required": True}), None),
        (one("checklist", values=[{"value": "a"}]), ["a", "z"]),
        (one("checklist", values=[{"value": "a"}], validate={"required": True}), []),
        (one("filepicker"), "../../etc/passwd"),
        (one("filepicker", validate={"required": True}), None),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence_in_both_languages(form: Form, sent: Any) -> None:
    vietnamese, english = refusal(form, sent)
    assert "“Ô”" in vietnamese
    assert english
    assert english != vietnamese


def test_no_is_an_answer_to_a_required_choice() -> None:
    form = one("radio", values=[{"value": True}, {"value": False}], validate={"required": True})
    assert value(form, "false") is False


def test_fields_the_form_does_not_have_are_left_out() -> None:
    form = read_form(
        {"components": [{"type": "textfield", "key": "x"}, {"type": "textfield", "key": "y", "readonly": True}]}
    )
    assert form.validate({"x": "a", "y": "b", "csrf_token": "c", "due_date": "2030-01-01"}, {}) == {"x": "a"}


def test_options_come_from_a_variable_and_nothing_else_is_accepted() -> None:
    form = one("select", valuesKey="units")
    offered = {"units": ["p1", {"value": "p2", "label": "Phòng Hai"}, {"label": "không có giá trị"}, None]}
    assert value(form, "p2", offered) == "p2"
    refusal(form, "p3", offered)
    refusal(form, "p1", {})


def test_a_hidden_field_is_neither_required_nor_taken() -> None:
    form = one("textfield", validate={"required": True}, conditional={"hide": '=kind == "simple"'})
    assert form.validate({"x": "a"}, {"kind": "simple"}) == {}
    assert form.validate({"x": "a"}, {"kind": "other"}) == {"x": "a"}
    refusal(form, "", {})


def test_a_condition_as_form_editors_write_it_is_read() -> None:
    form = one("textfield", validate={"required": True}, conditional={"hide": '=kind = "simple" and count(parts) = 0'})
    assert form.validate({}, {"kind": "simple", "parts": []}) == {}
    with pytest.raises(FormInvalid):
        form.validate({}, {"kind": "simple", "parts": [1]})


def test_a_hidden_group_hides_its_fields_and_conditions_see_what_was_just_typed() -> None:
    form = read_form(
        {
            "components": [
                {"type": "group", "id": "g", "conditional": {"hide": 'answer != "issued"'},
                 "components": [{"type": "number", "key": "x", "validate": {"required": True}}]},
                {"type": "select", "key": "answer", "values": [{"value": "issued"}, {"value": "more"}]},
            ]
        }
    )  # fmt: skip
    assert form.validate({"answer": "more", "x": "not a number"}, {}) == {"answer": "more"}
    assert form.validate({"answer": "issued", "x": "4"}, {"answer": "more"}) == {"answer": "issued", "x": 4}
    with pytest.raises(FormInvalid):
        form.validate({"answer": "issued"}, {})


def test_a_note_can_be_required_by_the_decision_beside_it() -> None:
    form = read_form(
        {
            "components": [
                {"type": "radio", "key": "decision", "values": [{"value": "approve"}, {"value": "return"}]},
                {"type": "textarea", "key": "x", "label": "Lý do",
                 "properties": {"requiredWhen": 'decision == "return"'}},
            ]
        }
    )  # fmt: skip
    assert form.validate({"decision": "approve"}, {}) == {"decision": "approve", "x": ""}
    with pytest.raises(FormInvalid) as refused:
        form.validate({"decision": "return"}, {})
    assert refused.value.fields == {"x": "Chưa nhập “Lý do”"}


def test_a_program_reads_what_is_required_now_without_our_expressions() -> None:
    note = {"type": "textarea", "key": "note", "validate": {"maxLength": 9}, "properties": {"requiredWhen": "late"}}
    other = {"type": "textfield", "key": "other"}
    schema = {"components": [{"type": "group", "components": [note, other]}]}
    for late in (True, False):
        shown = as_it_stands(schema, {"late": late})["components"][0]["components"]
        assert [each.get("validate", {}).get("required", False) for each in shown] == [late, False]
        assert shown[0]["validate"]["maxLength"] == 9
    assert "required" not in note["validate"]


def test_first_values_are_the_variables_the_default_or_for_a_decision_nothing() -> None:
    form = read_form(
        {
            "components": [
                {"type": "textfield", "key": "kept", "defaultValue": "d"},
                {"type": "textfield", "key": "new", "defaultValue": "d"},
                {"type": "textfield", "key": "number", "properties": {"default": 'document["number"]'}},
                {"type": "textfield", "key": "decision", "properties": {"fresh": True}},
            ]
        }
    )
    variables = {"kept": "k", "decision": "return", "document": {"number": "45/KH"}}
    assert form.initial(variables) == {"kept": "k", "new": "d", "number": "45/KH", "decision": None}
    assert form.initial({})["number"] is None


@pytest.mark.parametrize(
    "component",
    [
        {"type": "html", "id": "x", "content": "<script>"},
        {"type": "iframe", "id": "x", "url": "https://example.invalid"},
        {"type": "dynamiclist", "id": "x", "path": "rows", "components": []},
        {"type": "textfield", "id": "x"},
        {"type": "textfield", "key": "x.y"},
        {"type": "textfield", "key": "csrf_token"},
        {"type": "textfield", "key": "x", "label": {"vi": "Ô"}},
        {"type": "textfield", "key": "x", "validate": {"minLength": "nhiều"}},
        {"type": "textfield", "key": "x", "validate": {"maxLength": -1}},
        {"type": "textfield", "key": "x", "validate": {"pattern": "(a+)+$"}},
        {"type": "textfield", "key": "x", "validate": {"pattern": "("}},
        {"type": "textfield", "key": "x", "validate": {"pattern": r"(a)\1"}},
        {"type": "textfield", "key": "x", "validate": {"pattern": "(?=a)a*"}},
        {"type": "textfield", "key": "x", "validate": {"pattern": "(a|aa)*"}},
        {"type": "textfield", "key": "x", "validate": {"pattern": "a*a*a*a*a*a*b"}},
        {"type": "textfield", "key": "x", "conditional": {"hide": "__import__('os')"}},
        {"type": "textfield", "key": "x", "conditional": {"hide": "=for a in b return a + 1"}},
        {"type": "textfield", "key": "x", "properties": {"requiredWhen": "a ="}},
        {"type": "text", "id": "x", "text": "{{ a.b }}"},
        {"type": "datetime", "key": "x", "subtype": "time"},
        {"type": "select", "key": "x"},
        {"type": "select", "key": "x", "valuesExpression": "=units"},
        {"type": "radio", "key": "x", "values": [{"label": "không có giá trị"}]},
        {"type": "radio", "key": "x", "values": [{"value": "true"}, {"value": True}]},
        {"type": "group", "id": "x", "path": "inner", "components": []},
        "textfield",
    ],
)
def test_what_is_not_supported_is_refused_at_its_component(component: Any) -> None:
    with pytest.raises(FormInvalid) as refused:
        read_form({"components": [component]})
    assert len(refused.value.fields) == 1
    assert all(refused.value.fields.values())
    assert all(refused.value.english_fields.values())


def test_everything_that_is_refused_is_said_at_once() -> None:
    with pytest.raises(FormInvalid) as refused:
        read_form(
            {"components": [{"type": "html", "id": "a"}, {"type": "table", "id": "b"}, {"type": "number", "key": "c"}]}
        )
    assert set(refused.value.fields) == {"a", "b"}


@pytest.mark.parametrize("schema", ["", "[]", "{}", '{"components": {}}', b"\xff", "[" * 100_000, " " * 400_000])
def test_a_file_that_is_no_schema_is_refused(schema: str | bytes) -> None:
    with pytest.raises(FormInvalid):
        read_form(schema)


def test_one_variable_belongs_to_one_field() -> None:
    field = {"type": "textfield", "key": "x"}
    with pytest.raises(FormInvalid):
        read_form({"components": [field, {"type": "group", "id": "g", "components": [field]}]})


def test_groups_nest_only_so_deep_and_a_form_is_only_so_long() -> None:
    deep: dict[str, Any] = {"type": "textfield", "key": "x"}
    for level in range(20):
        deep = {"type": "group", "id": f"g{level}", "components": [deep]}
    with pytest.raises(FormInvalid):
        read_form({"components": [deep]})
    with pytest.raises(FormInvalid):
        read_form({"components": [{"type": "textfield", "key": f"x{n}"} for n in range(201)]})


def test_the_pages_button_is_not_the_forms() -> None:
    assert one("textfield").components == read_form(
        json.dumps({"components": [{"type": "textfield", "key": "x", "label": "Ô"}, {"type": "button", "id": "b"}]})
    ).components  # fmt: skip


def test_no_accepted_pattern_stalls_on_any_text_it_is_matched_against() -> None:
    form = one("textfield", validate={"pattern": "[ab]*a*[ab]*b*c"})
    started = time.process_time()
    refusal(form, "ab" * (LONGEST_MATCHED // 2))
    assert time.process_time() - started < 10


@given(st.text(max_size=300))
def test_for_every_text_matching_ends(text: str) -> None:
    assert matches("[0-9]+/[A-Z]+-[A-Z]+", text) in (True, False)


@given(st.floats(-1e9, 1e9).map(lambda number: round(number, 3)) | st.integers(-(10**12), 10**12))
def test_for_every_number_what_a_field_shows_is_read_back_as_the_same(number: float) -> None:
    shown = shown_number(number)
    if "e" not in shown:
        assert parse_number(shown) == number


@given(st.dictionaries(st.sampled_from(["x", "y", "z"]), st.none() | st.booleans() | st.text() | st.lists(st.text())))
def test_for_every_submission_a_form_answers_with_values_or_sentences(sent: dict[str, Any]) -> None:
    form = read_form(
        {
            "components": [
                {"type": "textarea", "key": "x", "validate": {"required": True}},
                {"type": "number", "key": "y"},
                {"type": "datetime", "subtype": "date", "key": "z"},
            ]
        }
    )
    try:
        answered = set(form.validate(sent, {}))
    except FormInvalid as refused:
        answered = set(refused.fields) & set(refused.english_fields)
        answered |= {"x", "y", "z"} if answered else set()
    assert answered == {"x", "y", "z"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=10,
)
PARTS = (
    "key", "id", "label", "values", "validate", "components", "conditional", "properties", "layout", "valuesKey",
    "defaultValue", "decimalDigits", "text", "path", "appearance", "subtype", "description",
)  # fmt: skip


@given(st.sampled_from(SUPPORTED) | st.text(max_size=5), st.dictionaries(st.sampled_from(PARTS), JSON, max_size=6))
def test_for_every_component_reading_gives_a_form_that_answers_or_says_what_is_wrong(
    kind: str, parts: dict[str, Any]
) -> None:
    with suppress(FormInvalid):
        form = read_form({"components": [{"id": "x", "key": "x", **parts, "type": kind}]})
        form.validate(form.initial({}), {})


def test_a_form_filled_in_by_nobody_is_accepted() -> None:
    form = read_form(
        {
            "components": [
                {"type": "radio", "key": "go", "values": [{"value": "on"}, {"value": "back"}],
                 "validate": {"required": True}},
                {"type": "textarea", "key": "why", "properties": {"requiredWhen": 'go == "on"'},
                 "validate": {"minLength": 5}},
                {"type": "datetime", "subtype": "date", "key": "day", "validate": {"required": True}},
                {"type": "number", "key": "share", "validate": {"required": True, "min": 0, "max": 100}},
            ]
        }
    )  # fmt: skip
    answers = filled(form, {}, date(2026, 3, 16))
    assert form.validate(answers, {}) == {"go": "on", "why": "–––––", "day": "2026-03-16", "share": 100}
