"""Who gets in, for how long, and where they are sent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from office.access_tokens import issue_token
from office.people import set_active
from storage.transactions import reading
from tests.unit.web.conftest import NOW, PASSWORD, Office
from web.navigation import way_on


def test_a_guest_is_sent_to_sign_in_and_back_to_the_page(office: Office) -> None:
    browser = office.guest()
    answer = browser.get("/desk/unit?part=lead")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/sign-in?next=/desk/unit?part%3Dlead"
    browser.get(answer.headers["Location"])
    answer = browser.post("/sign-in", {"login": "LUA ", "password": PASSWORD, "next": "/desk/unit?part=lead"})
    assert answer.headers["Location"] == "/desk/unit?part=lead"


@pytest.mark.parametrize(
    "address",
    ["//elsewhere.vn", "https://elsewhere.vn", "/\\elsewhere.vn", "/x\\y", "elsewhere", "", None, "/sign-out"],
)
def test_signing_in_sends_nobody_elsewhere(address: str | None) -> None:
    assert way_on(address) is None


def test_a_wrong_password_is_said_without_saying_which_was_wrong(office: Office) -> None:
    browser = office.guest()
    browser.get("/sign-in")
    wrong = browser.post("/sign-in", {"login": "lua", "password": "khong phai"})
    unknown = browser.post("/sign-in", {"login": "ai-do", "password": "khong phai"})
    assert wrong.status_code == unknown.status_code == 401
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in wrong.text
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in unknown.text


def test_after_five_wrong_passwords_even_the_right_one_waits(office: Office) -> None:
    browser = office.guest()
    browser.get("/sign-in")
    for _ in range(5):
        assert browser.post("/sign-in", {"login": "lua", "password": "sai"}).status_code == 401
    answer = browser.post("/sign-in", {"login": "lua", "password": PASSWORD})
    assert answer.status_code == 429
    assert "15 phút" in answer.text


def test_signing_in_starts_a_fresh_session(office: Office) -> None:
    browser = office.guest()
    browser.get("/sign-in")
    with browser.client.session_transaction() as session:
        session["planted"] = "by somebody else"
    browser.post("/sign-in", {"login": "lua", "password": PASSWORD})
    with browser.client.session_transaction() as session:
        assert "planted" not in session
        assert session["person"] == str(office.people["lua"])


def test_signing_out_ends_the_session(office: Office) -> None:
    browser = office.sign_in("lua")
    assert browser.post("/sign-out").status_code == 303
    assert browser.get("/desk").status_code == 303


def test_changing_the_password_ends_the_sessions_elsewhere_and_keeps_this_one(office: Office) -> None:
    here, elsewhere = office.sign_in("lua"), office.sign_in("lua")
    new = {"old": PASSWORD, "new": "mat-khau-moi-1", "again": "mat-khau-moi-1"}
    assert here.post("/account/password", new).status_code == 303
    assert here.get("/desk").status_code == 200
    assert elsewhere.get("/desk").status_code == 303


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"old": "sai", "new": "mat-khau-moi-1", "again": "mat-khau-moi-1"}, "Mật khẩu hiện tại không đúng"),
        ({"old": PASSWORD, "new": "ngan", "again": "ngan"}, "ít nhất 8 ký tự"),
        ({"old": PASSWORD, "new": "mat-khau-moi-1", "again": "mat-khau-moi-2"}, "không giống nhau"),
    ],
)
def test_a_bad_new_password_is_refused_with_its_reason(office: Office, fields: dict[str, str], sentence: str) -> None:
    answer = office.sign_in("lua").post("/account/password", fields)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_closed_account_is_out_at_once(office: Office) -> None:
    browser = office.sign_in("lua")
    office.system.run(lambda work: set_active(work, office.people["lua"], False))
    assert browser.get("/desk").status_code == 303


def test_a_bearer_token_acts_with_its_persons_rights_and_needs_no_csrf_field(office: Office) -> None:
    token = office.system.run(lambda work: issue_token(work, work.people.get(office.people["lua"]), "thử", NOW))
    client = office.app.test_client()
    headers = {"Authorization": f"Bearer {token}"}
    assert client.get("/desk", headers=headers).status_code == 200
    assert client.post("/notices/read", headers=headers).status_code == 303
    assert client.get("/metrics", headers=headers).status_code == 403
    assert (
        client.get("/desk", headers={"Authorization": "Bearer bgt_wrong", "Accept": "application/json"}).status_code
        == 401
    )


def test_the_last_use_of_a_token_is_kept_to_the_minute(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    token = office.system.run(lambda work: issue_token(work, work.people.get(office.people["lua"]), "thử", NOW))
    wall = NOW
    monkeypatch.setattr("web.session.wall_clock", lambda: wall)
    kept = []
    for seconds in (0, 30, 61):
        wall = NOW + timedelta(seconds=seconds)
        office.app.test_client().get("/api/v1/tasks", headers={"Authorization": f"Bearer {token}"})
        with reading(office.system.database) as work:
            kept.append(work.access_tokens.of(office.people["lua"])[0].last_used_at)
    assert kept == [NOW, NOW, NOW + timedelta(seconds=61)]


def test_a_person_sees_their_tokens_and_ends_one_at_once(office: Office) -> None:
    def issue(login: str) -> str:
        return office.system.run(lambda work: issue_token(work, work.people.get(office.people[login]), "Số liệu", NOW))

    token, _others = issue("lua"), issue("thuan")
    with reading(office.system.database) as work:
        mine, theirs = (work.access_tokens.of(office.people[login])[0].id for login in ("lua", "thuan"))
    lua = office.sign_in("lua")
    page = lua.get("/account").text
    assert "chưa dùng" in page
    assert f"/account/tokens/{theirs}/revoke" not in page
    assert lua.post(f"/account/tokens/{theirs}/revoke").status_code == 404
    assert lua.post(f"/account/tokens/{mine}/revoke").status_code == 303
    call = office.app.test_client().get("/desk", headers={"Authorization": f"Bearer {token}"})
    assert (call.status_code, call.mimetype) == (401, "application/problem+json")
    assert "Số liệu" not in lua.get("/account").text
    assert lua.post(f"/account/tokens/{mine}/revoke").status_code == 409
