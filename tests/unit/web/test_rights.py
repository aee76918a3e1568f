"""Every route against every kind of person, and what the table does not name."""

from __future__ import annotations

from uuid import UUID

import pytest
from werkzeug.routing import Rule

from domain.rights import TABLE
from tests.unit.web.conftest import PEOPLE, Office
from web.rights import ROUTES

NOTHING = UUID("00000000-0000-4000-8000-00000000dead")
LOGINS = (None, *PEOPLE)
ONLY_FOR = {"health.metrics": ("quantri",), "cases.variables": ("nhuan", "quantri")}


def address_of(rule: Rule, ids: dict[str, str]) -> str:
    """The rule's address with these ids, and with ids of nothing for other nouns."""
    values: dict[str, object] = {}
    for name in rule.arguments:
        is_number = type(rule._converters[name]).__name__ == "IntegerConverter"
        values[name] = ids.get(name, 1 if is_number else str(NOTHING))
    built = rule.build(values)
    assert built is not None, rule
    return str(built[1])


def test_every_route_stands_in_the_table_and_the_table_names_only_routes(office: Office) -> None:
    endpoints = {rule.endpoint for rule in office.app.url_map.iter_rules()}
    assert endpoints <= ROUTES.keys()
    assert {access.verb for access in ROUTES.values() if access.verb} <= TABLE.keys()


def test_a_route_missing_from_the_table_is_refused(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(ROUTES, "desk.mine")
    assert office.sign_in("quantri").get("/desk").status_code == 404


@pytest.mark.parametrize("login", LOGINS)
def test_each_route_answers_each_person_as_the_table_says(office: Office, login: str | None) -> None:
    """A guest reaches nothing but sign-in and health; a stranger sees neither the case nor its tasks."""
    instance_id = office.start()
    task = office.task(instance_id)
    ids = {
        "task_id": str(task.id),
        "instance_id": str(instance_id),
        "document_id": str(task.id),
        "filename": "look.css",
    }
    sees_case = login in ("lua", "thuan", "khoat", "nhuan", "hac", "quantri")
    browser = office.guest() if login is None else office.sign_in(login)
    for rule in office.app.url_map.iter_rules():
        access = ROUTES[rule.endpoint]
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        status = browser.get(address_of(rule, ids)).status_code
        if access.guest:
            assert status in (200, 303), rule
        elif login is None:
            assert status in (303, 401), rule
        elif access.of is not None and not sees_case:
            assert status == 404, rule
        elif rule.endpoint in ONLY_FOR:
            assert status == (200 if login in ONLY_FOR[rule.endpoint] else 403), rule
        else:
            assert status in (200, 303, 403, 404), rule


@pytest.mark.parametrize("login", [None, "hien", "ve"])
def test_no_post_of_a_stranger_changes_a_case(office: Office, login: str | None) -> None:
    instance_id = office.start()
    task = office.task(instance_id)
    ids = {"task_id": str(task.id), "instance_id": str(instance_id)}
    browser = office.guest() if login is None else office.sign_in(login)
    browser.get("/sign-in")
    for rule in office.app.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and ROUTES[rule.endpoint].of is not None:
            answer = browser.post(address_of(rule, ids), {"outcome": "submit", "text": "x"})
            assert answer.status_code in ((303, 401) if login is None else (404,)), rule
            assert answer.status_code != 303 or "/sign-in" in answer.headers["Location"]
    (after,) = office.tasks(instance_id, only_open=False)
    assert (after.state, after.assignee_id, after.version) == (task.state, task.assignee_id, task.version)


def test_a_form_without_the_csrf_field_is_refused(office: Office) -> None:
    browser = office.sign_in("lua")
    answer = browser.client.post("/account/choices", data={"language": "en"})
    assert answer.status_code == 400
    assert "Quay lại, tải lại trang" in answer.text
