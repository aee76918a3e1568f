"""Each error as a page of ours or as a problem document, in the reader's language."""

from __future__ import annotations

import json
import re

import pytest

from domain.errors import (
    BangiaoError,
    BpmnError,
    Busy,
    Conflict,
    DefinitionInvalid,
    DocumentUnreadable,
    ExpressionInvalid,
    FormInvalid,
    InstanceClosed,
    Invalid,
    NotAllowed,
    NotFound,
    TaskAlreadyCompleted,
)
from tests.unit.web.conftest import Office
from web.errors import status_of
from web.rights import GUEST, ROUTES
from web.session import NotSignedIn


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotSignedIn(), 401),
        (NotAllowed(), 403),
        (NotFound(), 404),
        (Conflict(), 409),
        (TaskAlreadyCompleted(), 409),
        (InstanceClosed(), 409),
        (Invalid(), 422),
        (DefinitionInvalid([]), 422),
        (ExpressionInvalid(""), 422),
        (DocumentUnreadable(), 422),
        (FormInvalid({}), 422),
        (Busy(), 503),
        (BpmnError("X"), 500),
        (BangiaoError(), 500),
    ],
)
def test_each_branch_of_the_tree_has_its_status(error: BangiaoError, status: int) -> None:
    assert status_of(error) == status


def test_an_unknown_page_says_so_in_our_look_and_language(office: Office) -> None:
    page = office.guest().get("/khong-co")
    assert page.status_code == 404
    assert "Không tìm thấy trang" in page.text
    assert "look.css" in page.text
    assert "Page not found" in office.guest().get("/khong-co?lang=en").text


def test_under_api_every_error_is_a_problem_document(office: Office) -> None:
    answer = office.guest().get("/api/v1/khong-co")
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"
    assert answer.json is not None
    assert answer.json["status"] == 404
    assert answer.json["title"] == "Không tìm thấy trang"


def test_a_wrong_method_says_which_are_right(office: Office) -> None:
    answer = office.sign_in("lua").get("/sign-out")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]
    assert "đường dẫn trong danh mục" in answer.text


def test_too_large_a_body_is_refused_with_the_limit(office: Office) -> None:
    office.app.config["MAX_CONTENT_LENGTH"] = 2 * 1024 * 1024
    browser = office.guest()
    browser.get("/sign-in")
    answer = browser.post("/sign-in", {"login": "x" * (3 * 1024 * 1024)})
    assert answer.status_code == 413
    assert "không quá 2 MB" in answer.text


def test_a_fault_of_ours_is_told_by_a_number_that_stands_in_the_log(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> str:
        raise RuntimeError("a secret of the machine")

    monkeypatch.setitem(ROUTES, "broken", GUEST)
    office.app.add_url_rule("/broken", "broken", fail)
    answer = office.guest().get("/broken")
    assert answer.status_code == 500
    assert "a secret of the machine" not in answer.text
    found = re.search(r"số tra cứu ([0-9A-F]{8})", answer.text)
    assert found is not None
    (line,) = capsys.readouterr().err.strip().splitlines()
    logged = json.loads(line)
    assert logged["reference"] == found[1]
    assert "a secret of the machine" in logged["exception"]


def test_every_answer_carries_the_headers_that_shut_out_strange_scripts(office: Office) -> None:
    for address in ("/sign-in", "/healthz", "/khong-co", "/static/look.css"):
        answer = office.guest().get(address)
        answer.close()
        headers = answer.headers
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


def test_the_cookie_is_secure_over_https_and_never_open_to_scripts(office: Office) -> None:
    client = office.app.test_client()
    over_https = client.get("/sign-in", base_url="https://localhost").headers["Set-Cookie"]
    assert "Secure" in over_https
    assert "HttpOnly" in over_https
    assert "SameSite=Lax" in over_https
    assert "Secure" not in office.app.test_client().get("/sign-in").headers["Set-Cookie"]
