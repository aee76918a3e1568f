"""Tasks over the API: seen by those who may, completed once, checked by their form."""

from __future__ import annotations

from typing import Any


def drafted(office: Any, program: Any) -> tuple[Any, str]:
    caller = program("quantri")
    caller.deploy("two_steps")
    return caller, caller.start("two_steps", unit=str(office.units["TC"]))


def test_a_task_goes_from_hand_to_hand(office: Any, program: Any) -> None:
    _, instance = drafted(office, program)
    lua, khoat = program("lua"), program("khoat")
    (task,) = lua.items("/tasks?mine=1")
    assert task["element_id"] == "draft"
    assert task["state"] == "created"
    assert task["candidates"] == [{"unit": str(office.units["TC"]), "role": "official"}]
    claimed = lua.post(f"/tasks/{task['id']}/claim").json
    assert (claimed["state"], claimed["assignee"]) == ("claimed", "lua")
    assert program("thuan").post(f"/tasks/{task['id']}/claim").status_code == 409
    assert lua.post(f"/tasks/{task['id']}/delegate", {"person": "thuan"}).json["assignee"] == "thuan"
    assert program("thuan").post(f"/tasks/{task['id']}/release").json["assignee"] is None
    assert khoat.post(f"/tasks/{task['id']}/assign", {"person": "lua", "reason": "việc gấp"}).json["assignee"] == "lua"
    assert lua.post(f"/tasks/{task['id']}/complete", {"variables": {"text": "xong"}}).json["state"] == "completed"
    assert [each["element_id"] for each in khoat.items("/tasks?mine=1")] == ["review"]
    assert khoat.get(f"/instances/{instance}").json["status"] == "active"
    history = khoat.items(f"/instances/{instance}/history")
    assert [(each["element_id"], each["by"]) for each in history] == [("begin", None), ("draft", "lua")]


def test_a_task_is_completed_once(office: Any, program: Any) -> None:
    caller, instance = drafted(office, program)
    task = caller.task(instance)
    assert caller.post(f"/tasks/{task['id']}/complete", {"variables": {}}).status_code == 200
    again = caller.post(f"/tasks/{task['id']}/complete", {"variables": {}})
    assert again.status_code == 409
    assert "Soạn thảo" in again.json["detail"]


def test_a_completion_is_taken_back_until_somebody_has_begun(office: Any, program: Any) -> None:
    _, instance = drafted(office, program)
    lua, khoat = program("lua"), program("khoat")
    (task,) = lua.items("/tasks?mine=1")
    lua.post(f"/tasks/{task['id']}/complete", {"variables": {"text": "nhầm"}})
    assert khoat.post(f"/tasks/{task['id']}/take-back").status_code == 403
    back = lua.post(f"/tasks/{task['id']}/take-back", {"reason": "nhầm tệp"})
    assert (back.status_code, back.json["state"]) == (200, "created")
    assert lua.post(f"/tasks/{task['id']}/take-back").status_code == 409
    lua.post(f"/tasks/{task['id']}/complete", {"variables": {"text": "đúng"}})
    (review,) = khoat.items("/tasks?mine=1")
    khoat.post(f"/tasks/{review['id']}/claim")
    refused = lua.post(f"/tasks/{task['id']}/take-back")
    assert refused.status_code == 409
    assert "Trịnh Hữu Khoát đã nhận" in refused.json["detail"]
    assert [each["element_id"] for each in khoat.items(f"/tasks?instance={instance}&state=claimed")] == ["review"]


def test_an_administrator_completes_on_behalf(office: Any, program: Any) -> None:
    caller, instance = drafted(office, program)
    caller.post(f"/tasks/{caller.task(instance)['id']}/complete")
    done = caller.items(f"/instances/{instance}/history")[1]
    assert (done["by"], done["on_behalf_of"]) == ("quantri", str(office.units["TC"]))


def test_somebody_elses_task_is_not_there(office: Any, program: Any) -> None:
    caller, instance = drafted(office, program)
    task = caller.task(instance)["id"]
    stranger = program("hien")
    assert stranger.get(f"/tasks/{task}").status_code == 404
    for verb in ("claim", "release", "complete", "assign", "delegate"):
        assert stranger.post(f"/tasks/{task}/{verb}", {"person": "hien"}).status_code == 404, verb
    assert stranger.get(f"/tasks?instance={instance}").status_code == 404
    assert stranger.get(f"/instances/{instance}").status_code == 404
    assert stranger.items("/instances") == []
    assert stranger.items("/tasks") == []
    assert stranger.get("/tasks?unit=TC").status_code == 403
    assert program("khoat").post(f"/tasks/{task}/complete", {}).status_code == 403, "the head sees it"


def test_lists_are_narrowed(office: Any, program: Any) -> None:
    caller, instance = drafted(office, program)
    caller.post(f"/tasks/{caller.task(instance)['id']}/complete")
    elements = {
        address: sorted(each["element_id"] for each in caller.items(address))  # both came up in the same instant
        for address in (
            f"/tasks?instance={instance}",
            f"/tasks?instance={instance}&state=completed",
            "/tasks?unit=TC&state=created",
            "/tasks?mine=1&state=completed",
            "/tasks?mine=1",
        )
    }
    assert list(elements.values()) == [["draft", "review"], ["draft"], ["review"], ["draft"], []]


def test_a_form_is_shown_and_checked(office: Any, program: Any) -> None:
    instance = str(office.start("simple"))
    caller = program("quantri")
    task = caller.task(instance)
    whole = caller.get(f"/tasks/{task['id']}").json
    assert whole["form"]["key"] == task["form"]
    fields = {each.get("key"): each for each in whole["form"]["schema"]["components"]}
    assert fields["draft_summary"]["validate"]["required"] is True  # the case holds no document yet
    assert whole["plan"]["number"] == "2.3"
    assert whole["variables"]["number"] == "2.3"
    answer = caller.post(f"/tasks/{task['id']}/complete", {"variables": {"is_approved_by_me": True}})
    assert answer.status_code == 422
    assert list(answer.json["fields"]) == ["is_approved_by_me"]
    assert caller.task(instance)["id"] == task["id"]
