"""Forms as HTML, read back as a browser would."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from lxml import html

from bpmn.forms import Form, read_form
from bpmn.library import shipped
from domain.errors import FormInvalid
from web.forms import render_form
from web.language import prepare_languages

EVERYTHING = {
    "id": "everything",
    "components": [
        {"type": "text", "id": "intro", "text": "Trả lại: {{note}}", "properties": {"textEn": "Returned: {{note}}"}},
        {"type": "textfield", "key": "number", "label": "Số", "validate": {"required": True, "maxLength": 30},
         "description": "Ví dụ 45/KH-SNNMT", "properties": {"labelEn": "Number"}},
        {"type": "textarea", "key": "words", "label": "Nội dung"},
        {"type": "number", "key": "share", "label": "Tỷ lệ", "appearance": {"suffixAdorner": "%"},
         "validate": {"min": 0, "max": 100}},
        {"type": "datetime", "subtype": "date", "key": "day", "dateLabel": "Ngày", "layout": {"columns": 8}},
        {"type": "select", "key": "level", "label": "Mức", "values": [{"value": "a", "label": "Một phần"},
         {"value": "b", "label": "Toàn trình"}]},
        {"type": "radio", "key": "agrees", "label": "Ý kiến", "validate": {"required": True},
         "values": [{"value": True, "label": "Nhất trí", "labelEn": "Agrees"}, {"value": False, "label": "Có ý kiến"}]},
        {"type": "checkbox", "key": "sure", "label": "Đã kiểm tra"},
        {"type": "checklist", "key": "units", "label": "Đơn vị", "valuesKey": "offered"},
        {"type": "filepicker", "key": "files", "label": "Tệp", "multiple": True},
        {"type": "group", "id": "inner", "label": "Công văn", "conditional": {"hide": "not by_letter"},
         "components": [{"type": "textfield", "key": "letter", "label": "Số công văn"}]},
        {"type": "textfield", "key": "seen", "label": "Chỉ xem", "readonly": True},
        {"type": "separator", "id": "rule"},
    ],
}  # fmt: skip


@pytest.fixture
def app() -> Flask:
    app = Flask("web")
    prepare_languages(app)
    return app


def page(app: Flask, form: Form, values: dict[str, Any], **more: Any) -> html.HtmlElement:
    with app.test_request_context("/"):
        return html.fromstring(f"<form>{render_form(form, values, **more)}</form>")


def sent(page: html.HtmlElement) -> dict[str, list[str]]:
    """What a browser would send, by name."""
    gathered: dict[str, list[str]] = {}
    for name, value in page.form_values():
        gathered.setdefault(name, []).append(value)
    return gathered


def test_what_a_page_shows_is_what_it_sends_and_what_the_form_accepts(app: Flask) -> None:
    form = read_form(EVERYTHING)
    values = {
        "number": "45/KH-SNNMT", "words": "\nDòng đầu trống\nThứ hai", "share": 12.5, "day": "2026-03-16", "level": "b",
        "agrees": False, "sure": True, "units": ["p2"], "files": ["0b1f8d1c-5e44-4d3b-9c9a-3f5a6a1f1a11"],
        "letter": "7/CV",
    }  # fmt: skip
    variables = {"offered": [{"value": "p1", "label": "Phòng Một"}, {"value": "p2", "label": "Phòng Hai"}],
                 "by_letter": True}  # fmt: skip
    read_back = form.validate(sent(page(app, form, variables | values)), variables)
    assert read_back == values | {"words": "Dòng đầu trống\nThứ hai"}


def test_every_control_has_a_label_and_its_help_and_error_are_tied_to_it(app: Flask) -> None:
    form = read_form(EVERYTHING)
    with pytest.raises(FormInvalid) as refused:
        form.validate({"share": "nhiều"}, {"by_letter": True})
    shown = page(app, form, {"by_letter": True, "offered": ["p1"], "share": ["nhiều"]}, errors=refused.value.fields)
    ids = {element.get("id") for element in shown.xpath(".//*[@id]")}
    for control in shown.xpath(".//input[not(@type='hidden')] | .//textarea | .//select"):
        assert shown.xpath(f".//label[@for='{control.get('id')}']"), control.get("name")
        assert set((control.get("aria-describedby") or "").split()) <= ids
    number = shown.get_element_by_id("f-number")
    assert number.get("aria-describedby") == "f-number-hint f-number-error"
    assert number.get("aria-invalid") == "true"
    assert "Chưa nhập “Số”" in shown.get_element_by_id("f-number-error").text_content()
    assert shown.get_element_by_id("f-agrees").get("aria-describedby") == "f-agrees-error"
    assert shown.get_element_by_id("f-share").get("value") == "nhiều"
    assert {link.get("href") for link in shown.xpath(".//*[@role='alert']//a")} == {
        "#f-number",
        "#f-agrees",
        "#f-share",
    }


def test_nothing_typed_becomes_markup(app: Flask) -> None:
    form = read_form(EVERYTHING)
    hostile = '"><script>alert(1)</script></textarea>'
    shown = page(
        app,
        form,
        {"number": hostile, "words": hostile, "note": hostile, "offered": [hostile], "seen": hostile},
        errors={"number": hostile},
    )
    assert not shown.xpath(".//script")
    assert shown.get_element_by_id("f-number").get("value") == hostile


def test_a_condition_on_the_variables_hides_and_one_on_the_form_itself_does_not(app: Flask) -> None:
    form = read_form(EVERYTHING)
    assert not page(app, form, {"by_letter": False}).xpath(".//*[@name='letter']")
    schema = {
        "components": [
            {"type": "radio", "key": "kind", "label": "Loại", "values": [{"value": "a", "label": "A"}]},
            {"type": "textfield", "key": "why", "label": "Vì sao", "conditional": {"hide": 'kind == "a"'}},
        ]
    }
    assert page(app, read_form(schema), {"kind": "a"}).xpath(".//*[@name='why']")


def test_english_words_stand_in_where_the_form_has_them(app: Flask) -> None:
    form = read_form(EVERYTHING)
    shown = page(app, form, {"note": "x"}, language="en").text_content()
    assert "Number" in shown
    assert "Agrees" in shown
    assert "Returned: x" in shown


def test_dates_numbers_and_choices_use_what_the_browser_offers(app: Flask) -> None:
    shown = page(app, read_form(EVERYTHING), {"offered": ["p1"], "by_letter": True})
    assert shown.get_element_by_id("f-day").get("type") == "date"
    assert shown.get_element_by_id("f-share").get("inputmode") == "decimal"
    assert [box.get("type") for box in shown.xpath(".//*[@name='agrees']")] == ["radio", "radio"]
    assert shown.get_element_by_id("f-agrees").tag == "fieldset"
    assert not shown.xpath(".//*[@style]")
    assert not shown.xpath(".//*[@onclick]")


@pytest.mark.parametrize(
    ("key", "schema"), [pytest.param(k, s, id=f"{d.key}-{k}") for d in shipped() for k, s in d.forms.items()]
)
def test_every_shipped_form_renders_in_both_languages(app: Flask, key: str, schema: dict[str, Any]) -> None:
    form = read_form(json.dumps(schema), key)
    for language in ("vi", "en"):
        shown = page(app, form, form.initial({"part": {"by_letter": True}}), language=language)
        names = {control.get("name") for control in shown.xpath(".//*[@name]")}
        assert names == {field.key for field in form.fields} or key == "contribution"
        assert shown.text_content().strip()
