"""Who is asking comes first; what is wrong is said in the caller's language; a key gets the first answer again."""

from __future__ import annotations

import re
from typing import Any

import pytest

from web.api.words import SUMMARIES

JSON = "application/json"


def test_without_a_token_nothing_is_read(program: Any) -> None:
    for answer in (
        program().get("/tasks"),
        program().post("/instances", data=b"<no json>", content_type="text/plain"),
        program(Authorization="Bearer bgt_nobody").post("/clock", {"advance_seconds": "x"}),
    ):
        assert answer.status_code == 401
        assert answer.mimetype == "application/problem+json"
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert answer.json["status"] == 401
        assert answer.json["detail"]


def test_rights_come_before_the_body(program: Any) -> None:
    official = program("lua")
    for address in ("/definitions", "/messages", "/signals", "/plans", "/clock"):
        assert official.post(address, data=b"{", content_type="text/plain").status_code == 403, address
    for address in ("/incidents", "/timers", "/jobs", "/records"):
        assert official.get(address).status_code == 403, address


def test_a_session_needs_its_form_field_and_a_token_does_not(office: Any, program: Any) -> None:
    browser = office.sign_in("quantri")
    assert browser.client.post("/api/v1/signals", json={"name": "x"}).status_code == 400
    answer = browser.client.post("/api/v1/signals", json={"name": "x"}, headers={"X-CSRFToken": browser.token})
    assert answer.status_code == 200, answer.text
    assert program("quantri").post("/signals", {"name": "x"}).status_code == 200


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", JSON, 422),
        (b'{"name": NaN}', JSON, 422),
        (b"[" * 100_000, JSON, 422),
        (b'{"name": "\xff"}', JSON, 422),
        (b"[]", JSON, 422),
        (b'"name"', JSON, 422),
        (b"", JSON, 422),
        (b"{}", JSON, 422),
        (b'{"name": null}', JSON, 422),
        (b'{"name": 5}', JSON, 422),
        (b'{"name": "x", "colour": 1}', JSON, 422),
        (b'{"name": "x", "variables": [1]}', JSON, 422),
        (b'{"name": "x\\u0000y"}', JSON, 422),
        (b"name=x", "application/x-www-form-urlencoded", 415),
        (b"<name/>", "application/xml", 415),
        (b'{"name": "x"}', JSON, 200),
        (b'{"name": "x", "variables": null, "colour": null}', JSON, 200),
    ],
)
def test_a_body_is_what_the_call_takes_or_is_refused(program: Any, body: bytes, kind: str, status: int) -> None:
    answer = program("quantri").post("/signals", data=body, content_type=kind)
    assert answer.status_code == status, answer.text
    assert answer.mimetype == (JSON if status == 200 else "application/problem+json")


def test_a_huge_body_is_refused(program: Any) -> None:
    body = b'{"name": "x", "variables": {"a": "' + b"a" * 6_000_000 + b'"}}'
    assert program("quantri").post("/signals", data=body, content_type=JSON).status_code == 413


def test_what_is_wrong_is_said_by_field_in_the_callers_language(program: Any) -> None:
    body = {"definition": 3, "colour": 1}
    answer = program("quantri").post("/instances", body)
    assert answer.json["fields"] == {"definition": "Phải là văn bản.", "colour": "Không có trường này."}
    english = program("quantri", **{"Accept-Language": "en-GB,en;q=0.9"}).post("/instances", body)
    assert english.json["fields"] == {"definition": "Not a valid string.", "colour": "Unknown field."}
    told = program("quantri").get("/tasks?limit=201&state=open").json["fields"]
    assert told["limit"] == "Phải từ 1 đến 200."
    assert told["state"] == "Phải là một trong: created, claimed, completed, cancelled."
    long = program("quantri").post("/instances", {"definition": "a" * 2001}).json["fields"]
    assert long == {"definition": "Dài quá 2000 ký tự."}


def test_unknown_addresses_and_methods_are_problems(program: Any) -> None:
    caller = program("quantri")
    assert caller.get("/nothing").status_code == 404
    assert caller.get("/tasks/no-uuid").status_code == 404
    assert caller.get("/definitions/a%00b").status_code == 404
    assert caller.client.delete("/api/v1/tasks", headers=caller.headers).status_code == 405
    assert caller.get("/nothing").json["detail"]


def test_a_page_holds_what_was_asked_for_and_knows_the_next(program: Any) -> None:
    caller = program("quantri")
    caller.deploy("awaiting")
    ids = [caller.start("awaiting", number=str(number)) for number in range(5)]
    seen, address = [], "/instances?definition=awaiting&limit=2"
    while True:
        answer = caller.get(address).json
        seen += [each["id"] for each in answer["items"]]
        assert len(answer["items"]) <= 2
        if answer["next"] is None:
            break
        address = f"/instances?definition=awaiting&limit=2&after={answer['next']}"
    assert sorted(seen) == sorted(ids)
    for wrong in ("limit=0", "limit=201", "limit=x", "after=x", "status=lost"):
        assert caller.get(f"/instances?{wrong}").status_code == 422, wrong


def test_a_key_gets_the_first_answer_again(program: Any) -> None:
    caller = program("quantri")
    caller.deploy("awaiting")
    body = {"definition": "awaiting", "variables": {"number": "7"}}
    first, second = (caller.post("/instances", body, key="k-1") for _ in range(2))
    assert (first.status_code, first.data) == (second.status_code, second.data) == (201, first.data)
    assert len(caller.items("/instances?definition=awaiting")) == 1
    other = caller.post("/instances", {"definition": "awaiting", "variables": {"number": "8"}}, key="k-1")
    assert other.status_code == 409
    assert program("nhuan").post("/instances", body, key="k-1").status_code == 201, "another person's key is another"
    assert caller.post("/instances", body, key="x" * 201).status_code == 422


def test_a_key_may_be_used_again_after_a_refusal(program: Any) -> None:
    caller = program("quantri")
    body = {"definition": "awaiting", "variables": {"number": "7"}}
    assert caller.post("/instances", body, key="k-2").status_code == 404
    caller.deploy("awaiting")
    assert caller.post("/instances", body, key="k-2").status_code == 201


def test_the_description_is_open_to_all_and_complete(office: Any, program: Any) -> None:
    told = program().get("/openapi.json").json
    assert told["openapi"].startswith("3.1")
    rules = {
        re.sub(r"<(?:[^<>]+:)?(\w+)>", r"{\1}", str(rule))
        for rule in office.app.url_map.iter_rules()
        if str(rule).startswith("/api/v1/") and not rule.endpoint.startswith("api_description")
    }
    assert set(told["paths"]) == rules
    page = program().get("/docs")
    assert page.status_code == 200
    assert "/api/v1/tasks/{task_id}/complete" in page.text
    assert {f"/api/v1{path}" for _, path in SUMMARIES} == rules
    assert "Hoàn thành; 409" in page.text
    assert "http://" not in page.text.replace("http://localhost", "")


def test_of_two_calls_at_once_under_one_key_one_is_done(program: Any, at_once: Any) -> None:
    caller = program("quantri")
    caller.deploy("awaiting")
    body = {"definition": "awaiting", "variables": {"number": "7"}}
    callers = [program("quantri") for _ in range(4)]
    answers = at_once([lambda each=each: each.post("/instances", body, key="k-9") for each in callers])
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json["id"] for answer in answers}) == 1
    assert len(caller.items("/instances?definition=awaiting")) == 1


def test_a_task_completed_twice_at_once_is_completed_once(office: Any, program: Any, at_once: Any) -> None:
    caller = program("quantri")
    caller.deploy("two_steps")
    instance = caller.start("two_steps", unit=str(office.units["TC"]))
    address = f"/tasks/{caller.task(instance)['id']}/complete"
    callers = [program("quantri") for _ in range(4)]
    answers = at_once([lambda each=each: each.post(address, {"variables": {}}) for each in callers])
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert caller.task(instance)["element_id"] == "review"
