"""Thiết kế quy trình: versions, findings, publishing from the editor and as a file, comparing, withdrawing."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from sqlalchemy import event
from werkzeug.test import TestResponse

from bpmn.library import shipped
from storage.transactions import reading
from tests.unit.web.conftest import Browser, Office

SIMPLE = next(each for each in shipped() if each.key == "simple")
RENAMED = SIMPLE.xml.replace("Duyệt kết quả".encode(), "Thẩm định kết quả".encode())
BROKEN = SIMPLE.xml.replace(b'sourceRef="received"', b'sourceRef="nowhere"')


def send_xml(browser: Browser, address: str, xml: bytes) -> TestResponse:
    """What the editor sends."""
    headers = {"X-CSRFToken": browser.token, "Accept": "application/json, application/problem+json"}
    return browser.client.post(address, data=xml, content_type="application/xml", headers=headers)


def send_file(browser: Browser, address: str, content: bytes, name: str = "x.bpmn", **fields: Any) -> TestResponse:
    fields = {"file": (io.BytesIO(content), name), **fields}
    return browser.post(address, fields, content_type="multipart/form-data")


def test_the_list_says_which_versions_run_and_how_many(office: Office) -> None:
    office.start("simple")
    designer = office.sign_in("ve")
    assert send_xml(designer, "/designer/simple/publish", RENAMED).status_code == 201
    office.start("simple", number="2.4")
    office.start("simple", number="2.5")
    page = designer.get("/designer").text
    assert "bản 2: 2" in page
    assert "bản 1: 1" in page
    assert "Lò Văn Vẽ" in page


def test_publishing_makes_a_version_and_leaves_running_cases_on_theirs(office: Office) -> None:
    instance_id = office.start("simple")
    designer = office.sign_in("ve")
    answer = send_xml(designer, "/designer/simple/publish?base=1", RENAMED)
    assert answer.status_code == 201
    assert (answer.json["key"], answer.json["version"]) == ("simple", 2)  # type: ignore[index]
    with reading(office.system.database) as work:
        on = work.definitions.get(work.instances.get(instance_id).definition_id)
        newest = work.definitions.newest("simple")
    assert on.version == 1
    assert newest is not None
    assert (newest.version, newest.origin, newest.deployed_by) == (2, "office", office.people["ve"])
    assert newest.xml == RENAMED


def test_a_drawing_that_cannot_run_is_refused_with_its_findings_and_nothing_is_kept(office: Office) -> None:
    designer = office.sign_in("ve")
    answer = send_xml(designer, "/designer/simple/publish", BROKEN)
    assert answer.status_code == 422
    assert any(each["severity"] == "error" for each in answer.json["findings"])  # type: ignore[index]
    checked = send_xml(designer, "/designer/simple/check", BROKEN)
    assert checked.status_code == 200
    assert any(each["severity"] == "error" for each in checked.json["findings"])  # type: ignore[index]
    with reading(office.system.database) as work:
        assert len(work.definitions.versions("simple")) == 1


def test_a_step_with_a_form_nobody_has_is_found(office: Office) -> None:
    designer = office.sign_in("ve")
    xml = SIMPLE.xml.replace(b'bangiao:form="draft"', b'bangiao:form="khong_co"')
    found = send_xml(designer, "/designer/simple/check", xml).json["findings"]  # type: ignore[index]
    assert any("khong_co" in each["message"] for each in found)


def test_a_drawing_overtaken_by_somebody_elses_version_is_refused(office: Office) -> None:
    assert send_xml(office.sign_in("quantri"), "/designer/simple/publish?base=1", RENAMED).status_code == 201
    designer = office.sign_in("ve")
    answer = send_xml(designer, "/designer/simple/publish?base=1", SIMPLE.xml)
    assert answer.status_code == 409
    assert "Bản 2" in answer.json["detail"]  # type: ignore[index]
    assert send_xml(designer, "/designer/simple/publish?base=2", SIMPLE.xml).status_code == 201
    assert send_xml(designer, "/designer/simple/publish?base=2", RENAMED).status_code == 201  # his own is no rival


def test_what_changed_is_said_element_by_element(office: Office) -> None:
    designer = office.sign_in("ve")
    xml = RENAMED.replace(b'bangiao:role="head"', b'bangiao:role="leader"')
    send_xml(designer, "/designer/simple/publish", xml)
    page = designer.get("/designer/simple/compare?before=1&after=2").text
    for words in ("Đổi tên", "Duyệt kết quả", "Thẩm định kết quả", "người làm", "head", "leader"):
        assert words in page
    assert "1 chỗ khác nhau" in page
    assert "Hai bản chạy như nhau" in designer.get("/designer/simple/compare?before=1&after=1").text
    assert designer.get("/designer/simple/compare?before=1&after=9").status_code == 404
    assert designer.get("/designer/simple/compare?before=x").status_code == 422


def test_a_copy_begins_under_its_own_key_and_can_be_published(office: Office) -> None:
    designer = office.sign_in("ve")
    designer.get("/designer/new")
    fields = {"name": "Xin ý kiến nội bộ", "key": "xin_y_kien", "source": "simple"}
    begun = designer.post("/designer/new", fields)
    assert begun.status_code == 303
    assert 'data-island="modeler"' in designer.get(begun.headers["Location"]).text
    xml = designer.get("/designer/xin_y_kien/beginning.bpmn?name=Xin ý kiến nội bộ&source=simple").data
    assert send_xml(designer, "/designer/xin_y_kien/publish", xml).status_code == 201
    page = designer.get("/designer/xin_y_kien").text
    assert "Xin ý kiến nội bộ" in page
    assert "của cơ quan" in page
    assert designer.post("/designer/new", fields).status_code == 422  # the key is taken now


def test_an_empty_beginning_can_be_published_and_run(office: Office) -> None:
    designer = office.sign_in("ve")
    xml = designer.get("/designer/trong/beginning.bpmn?name=Việc mới").data
    answer = send_xml(designer, "/designer/trong/publish", xml)
    assert answer.status_code == 201, answer.text
    assert office.task(office.start("trong")).name == "Bước đầu tiên"


@pytest.mark.parametrize("key", ["", "Có Dấu", "a b", "new", "simple", "1a"])
def test_keys_that_cannot_stand_are_refused(office: Office, key: str) -> None:
    designer = office.sign_in("ve")
    designer.get("/designer/new")
    answer = designer.post("/designer/new", {"name": "Thử", "key": key, "source": ""})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_without_javascript_a_file_is_checked_and_published(office: Office) -> None:
    designer = office.sign_in("ve")
    designer.get("/designer/simple/upload")
    checked = send_file(designer, "/designer/simple/upload", BROKEN, deed="check")
    assert "Phải sửa" in checked.text
    refused = send_file(designer, "/designer/simple/upload", BROKEN, deed="publish")
    assert refused.status_code == 422
    assert "Phải sửa" in refused.text
    assert send_file(designer, "/designer/simple/upload", b"", deed="publish").status_code == 422
    assert send_file(designer, "/designer/simple/upload", b"<a", deed="publish").status_code == 422
    done = send_file(designer, "/designer/simple/upload", RENAMED, deed="publish")
    assert done.status_code == 303
    assert "Đã phát hành bản 2" in designer.get("/designer/simple").text


def test_withdrawing_asks_first_and_says_what_goes_on(office: Office) -> None:
    office.start("simple")
    designer = office.sign_in("ve")
    assert "1 hồ sơ đang chạy vẫn chạy tiếp" in designer.get("/designer/simple/withdraw").text
    assert designer.post("/designer/simple/withdraw").status_code == 303
    assert "Ngừng dùng từ" in designer.get("/designer/simple").text
    assert "Ngừng dùng" in designer.get("/designer").text
    assert send_xml(designer, "/designer/simple/publish", RENAMED).status_code == 201
    assert "Bản 2, đang dùng" in designer.get("/designer/simple").text


def test_the_drawing_is_given_as_it_was_published(office: Office) -> None:
    designer = office.sign_in("ve")
    answer = designer.get("/designer/simple/versions/1/drawing.bpmn?download=1")
    assert answer.data == SIMPLE.xml
    assert "simple-1.bpmn" in answer.headers["Content-Disposition"]


def test_forms_are_listed_shown_and_replaced(office: Office) -> None:
    designer = office.sign_in("ve")
    assert "<code>draft</code>" in designer.get("/forms").text
    assert 'id="f-' in designer.get("/forms/draft").text
    schema = {
        "id": "gop_y",
        "name": "Phiếu góp ý",
        "components": [{"type": "textarea", "key": "noi_dung", "label": "Nội dung"}],
    }
    made = send_file(designer, "/forms", json.dumps(schema).encode(), "gop-y.json")
    assert made.status_code == 303
    page = designer.get("/forms/gop_y").text
    assert "Phiếu góp ý" in page
    assert "Nội dung" in page
    schema["name"] = "Phiếu góp ý mới"
    send_file(designer, "/forms", json.dumps(schema).encode(), "gop-y.json")
    assert "Phiếu góp ý mới" in designer.get("/forms/gop_y").text
    assert "Phiếu góp ý mới" not in designer.get("/forms/gop_y?version=1").text
    schema["components"] = [{"type": "iframe", "id": "x", "url": "http://a"}]
    refused = send_file(designer, "/forms", json.dumps(schema).encode(), "gop-y.json")
    assert refused.status_code == 422
    assert "<code>x</code>" in refused.text
    assert send_file(designer, "/forms", b"[1]", "gop-y.json").status_code == 422


@pytest.mark.parametrize("login", ["lua", "khoat", "nhuan"])
def test_only_designers_and_administrators_draw(office: Office, login: str) -> None:
    browser = office.sign_in(login)
    for address in ("/designer", "/designer/new", "/designer/simple/edit", "/designer/simple/withdraw", "/forms"):
        assert browser.get(address).status_code == 403, address
    assert send_xml(browser, "/designer/simple/publish", RENAMED).status_code == 403
    assert "Vẽ bản mới" not in browser.get("/designer/simple").text


def test_nothing_is_published_without_the_token_of_the_page(office: Office) -> None:
    designer = office.sign_in("ve")
    answer = designer.client.post("/designer/simple/publish", data=RENAMED, content_type="application/xml")
    assert answer.status_code == 400


def test_the_list_costs_the_same_however_many_versions(office: Office) -> None:
    designer = office.sign_in("ve")
    send_xml(designer, "/designer/simple/publish", RENAMED)
    counts: list[int] = []
    seen: list[str] = []
    event.listen(office.system.database.engine, "before_cursor_execute", lambda *told: seen.append(told[2]))
    for _ in range(2):
        seen.clear()
        assert designer.get("/designer").status_code == 200
        counts.append(len(seen))
        for xml in (SIMPLE.xml, RENAMED, SIMPLE.xml):
            send_xml(designer, "/designer/simple/publish", xml)
    assert counts[0] == counts[1]


def test_the_pages_speak_english(office: Office) -> None:
    designer = office.sign_in("ve")
    page = designer.get("/designer?lang=en").text
    assert "Process design" in page
    assert "Vẽ quy trình mới" not in page
