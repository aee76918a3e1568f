"""Cases over the API: started, messaged, moved by the clock, stuck and freed."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any


def test_a_case_is_started_and_told_about(office: Any, program: Any) -> None:
    caller = program("quantri")
    caller.deploy("two_steps")
    answer = caller.post(
        "/instances",
        {"definition": "two_steps", "business_key": "BK-1", "variables": {"unit": str(office.units["TC"]), "n": None}},
    )
    assert answer.status_code == 201
    assert answer.json["status"] == "active"
    address = f"/instances/{answer.json['id']}"
    assert caller.get(address).json["business_key"] == "BK-1"
    assert caller.get(f"{address}/variables").json == {"variables": {"unit": str(office.units["TC"]), "n": None}}
    told = caller.get(f"{address}/explanation").json
    assert "soạn thảo" in told["sentence"]
    (wait,) = told["waiting_for"]
    assert (wait["kind"], wait["element_id"]) == ("user_task", "draft")
    assert wait["due_at"]
    assert wait["remedies"]
    assert program("lua").get(f"{address}/variables").status_code == 403
    english = program("quantri", **{"Accept-Language": "en"}).get(f"{address}/explanation").json
    assert english["sentence"] != told["sentence"]


def test_what_cannot_be_started_is_refused(program: Any) -> None:
    caller = program("quantri")
    caller.deploy("awaiting")
    assert caller.post("/instances", {"definition": "nothing"}).status_code == 404
    assert caller.post("/instances", {"definition": "awaiting", "version": 9}).status_code == 404
    assert caller.post("/instances", {"definition": "awaiting", "version": "1"}).status_code == 422
    assert caller.post("/instances", {"definition": "awaiting", "process": "other"}).status_code == 422
    assert program("lua").post("/instances", {"definition": "awaiting"}).status_code == 403


def test_a_case_is_suspended_resumed_and_terminated(program: Any) -> None:
    caller = program("quantri")
    caller.deploy("awaiting")
    address = f"/instances/{caller.start('awaiting', number='1')}"
    assert caller.post(f"{address}/suspend", {"reason": "chờ ý kiến"}).json["status"] == "suspended"
    assert caller.post("/messages", {"name": "reply", "correlation": "1"}).json == {"received": 0}
    assert caller.get(address).json["status"] == "suspended"
    assert caller.post(f"{address}/resume").json["status"] == "active"
    assert caller.post(f"{address}/terminate").json["status"] == "terminated"
    assert caller.post(f"{address}/terminate").json["status"] == "terminated"
    assert caller.post(f"{address}/suspend").status_code == 409
    assert "chờ ý kiến" in [each["text"] for each in caller.items("/records")]


def test_a_message_reaches_the_case_it_is_meant_for(program: Any) -> None:
    caller = program("hac")  # a clerk
    program("quantri").deploy("awaiting")
    first, second = (caller.start("awaiting", number=number) for number in ("12", "13"))
    assert caller.post("/messages", {"name": "reply", "correlation": "99"}).json == {"received": 0}
    sent = {"name": "reply", "correlation": "13", "variables": {"answer": "đồng ý"}}
    assert caller.post("/messages", sent).json == {"received": 1}
    waits = [caller.get(f"/instances/{each}/explanation").json["waiting_for"][0]["kind"] for each in (first, second)]
    assert waits == ["message", "user_task"]


def test_the_clock_fires_what_is_due_in_order(office: Any, program: Any) -> None:
    caller = program("quantri")
    caller.deploy("reminded")
    instance = caller.start("reminded", unit=str(office.units["TC"]), urged=0)
    assert len(caller.items("/timers")) == 2
    before = office.system.now()
    told = caller.post("/clock", {"advance_seconds": 2 * 86_400 + 60}).json
    assert told["done"] > 0
    assert datetime.fromisoformat(told["now"]) == office.system.now() == before + timedelta(days=2, minutes=1)
    assert [each["element_id"] for each in caller.items(f"/instances/{instance}/history")].count("count") == 2
    caller.post("/clock", {"advance_seconds": 9 * 86_400})
    assert caller.get(f"/instances/{instance}").json["status"] == "completed"
    assert [
        each["state"] for each in caller.items(f"/instances/{instance}/history") if each["element_id"] == "work"
    ] == ["cancelled"]
    for wrong in (-1, "x", 1e12, [1]):
        assert caller.post("/clock", {"advance_seconds": wrong}).status_code == 422, wrong


def test_there_is_no_clock_to_move_under_the_wall_clock(office: Any, program: Any) -> None:
    caller = program("quantri")
    object.__setattr__(office.system.settings, "clock", "wall")
    assert caller.post("/clock", {"advance_seconds": 1}).status_code == 404


def test_a_stuck_case_is_freed(program: Any) -> None:
    caller = program("quantri")
    caller.deploy("failing")
    instance = caller.start("failing", total=10, parts=0)
    caller.post(f"/tasks/{caller.task(instance)['id']}/complete", {"variables": {}})
    assert caller.get(f"/instances/{instance}").json["status"] == "incident"
    assert [each["id"] for each in caller.items("/instances?status=incident")] == [instance]
    assert caller.items("/instances?status=active&definition=failing") == []
    (incident,) = caller.items("/incidents")
    assert (incident["instance_id"], incident["element_id"]) == (instance, "divide")
    assert caller.post(f"/incidents/{incident['id']}/retry").json["resolution"] == "retried"
    (again,) = caller.items("/incidents")
    assert again["id"] != incident["id"]
    moved = caller.post(f"/instances/{instance}/move", {"from_element": "divide", "to_element": "read"})
    assert moved.status_code == 200, moved.text
    assert caller.task(instance)["element_id"] == "read"
    assert caller.post(f"/instances/{instance}/move", {"from_element": "read", "to_element": "lost"}).status_code == 422
    assert (
        caller.post(f"/instances/{instance}/move", {"from_element": "divide", "to_element": "read"}).status_code == 409
    )


def test_an_incident_is_settled(program: Any) -> None:
    caller = program("quantri")
    caller.deploy("failing")
    instance = caller.start("failing", total=10, parts=0)
    caller.post(f"/tasks/{caller.task(instance)['id']}/complete", {"variables": {}})
    (incident,) = caller.items("/incidents")
    settled = caller.post(f"/incidents/{incident['id']}/resolve", {"reason": "xử lý trên giấy"}).json
    assert (settled["resolution"], settled["resolved_by"]) == ("resolved", "quantri")
    assert caller.items("/incidents") == []
    assert len(caller.items("/incidents?all=1")) == 1


def test_a_case_goes_on_in_another_version(office: Any, program: Any) -> None:
    caller = program("quantri")
    caller.deploy("two_steps")
    instance = caller.start("two_steps", unit=str(office.units["TC"]))
    caller.deploy("two_steps", Duyệt="Phê duyệt")
    tried = caller.post(f"/instances/{instance}/migrate", {"version": 2, "dry_run": True}).json
    assert (tried["fits"], tried["version"]) == (True, 1)
    assert caller.post(f"/instances/{instance}/migrate", {"version": 2}).json["version"] == 2
    caller.post(f"/tasks/{caller.task(instance)['id']}/complete")
    assert caller.task(instance)["name"] == "Phê duyệt"
    assert caller.post(f"/instances/{instance}/migrate", {"version": 7}).status_code == 422


def test_a_job_is_listed_with_its_state(office: Any, program: Any) -> None:
    caller = program("quantri")
    caller.deploy("mailed")
    instance = caller.start("mailed", receiver="ai@yenha.example")
    assert [each["topic"] for each in caller.items("/jobs?state=ready")] == ["mail"]
    office.system.tick()
    assert caller.task(instance)["element_id"] == "file"
    assert [each["state"] for each in caller.items("/jobs")] == ["done"]


def test_units_and_people_are_listed(program: Any) -> None:
    caller = program("lua")
    assert [each["code"] for each in caller.items("/units?limit=2")] == ["QT", "SO"]
    people = {each["login"]: each for each in caller.items("/people")}
    assert people["khoat"]["posts"][0]["role"] == "head"
    assert "password_hash" not in people["khoat"]


PLAN = """KẾ HOẠCH
Công tác cải cách hành chính năm 2026

| STT | Nhiệm vụ | Sản phẩm | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian hoàn thành |
|---|---|---|---|---|---|
| 1 | Rà soát thủ tục hành chính | Báo cáo | Phòng Tổ chức và Pháp chế | Văn phòng Sở | Tháng 6/2026 |
| 2 | Công khai số liệu quan trắc | Bảng số liệu | Phòng Quan trắc và Thống kê | Văn phòng Sở | Tháng 9/2026 |
"""


def test_doubts_of_rows_are_settled_one_by_one(office: Any, program: Any) -> None:
    clerk = program("hac")
    doubted = PLAN.replace("Tháng 6/2026", "6 tháng").replace("| Phòng Quan trắc và Thống kê |", "| Tổ lạ |")
    parts = {"document": (io.BytesIO(doubted.encode()), "ke-hoach.txt")}
    plan = clerk.post("/plans", data=parts, content_type="multipart/form-data").json
    first, second = (f"/plans/{plan['id']}/activities/{each['id']}/settle" for each in plan["activities"])
    assert len(plan["not_ready"]) == 3
    assert clerk.post(second, {"doubt": 0}).status_code == 409  # a unit has to be named
    assert clerk.post(first, {"reading": "Hôm nào cũng được"}).status_code == 422
    assert clerk.post(first, {}).status_code == 422
    chosen = clerk.post(first, {"reading": "Chậm nhất ngày 30/6/2026"})
    assert chosen.json["activities"][0]["due_date"] == "2026-06-30"
    named = clerk.post(f"/plans/{plan['id']}/names", {"name": "Tổ lạ", "unit": str(office.units["QT"])})
    assert named.json["activities"][1]["lead_unit"] == str(office.units["QT"])
    assert clerk.post(f"/plans/{plan['id']}/accept").json["not_ready"] == []


def test_a_plan_is_read_reviewed_and_started(office: Any, program: Any) -> None:
    clerk = program("hac")
    parts = {"document": (io.BytesIO(PLAN.encode()), "ke-hoach.txt")}
    answer = clerk.post("/plans", data=parts, content_type="multipart/form-data")
    assert answer.status_code == 201, answer.text
    plan = answer.json
    assert [each["number"] for each in plan["activities"]] == ["1", "2"]
    assert plan["state"] == "draft"
    assert [each["id"] for each in clerk.items("/plans")] == [plan["id"]]
    assert program("lua").post("/plans", data={}, content_type="multipart/form-data").status_code == 403
    assert len(plan["not_ready"]) == 1
    assert "điều cần xem" in plan["not_ready"][0]
    assert clerk.post(f"/plans/{plan['id']}/start").status_code == 409
    assert program("lua").post(f"/plans/{plan['id']}/accept", {}).status_code == 403
    assert clerk.post(f"/plans/{plan['id']}/accept", {"kinds": ["budget"]}).status_code == 422
    accepted = clerk.post(f"/plans/{plan['id']}/accept", {"kinds": ["warnings"]})
    assert (accepted.status_code, accepted.json["not_ready"]) == (200, [])
    started = clerk.post(f"/plans/{plan['id']}/start")
    assert started.status_code == 202, started.text
    office.system.tick()
    assert clerk.get(f"/plans/{plan['id']}").json["state"] == "active"
    assert clerk.get(f"/plans/{plan['id']}").json["batches"][0]["done"] == 2
    assert clerk.post(f"/plans/{plan['id']}/start").status_code == 409


def test_what_is_no_plan_is_refused(program: Any) -> None:
    clerk = program("hac")
    for content, name in ((b"", "a.txt"), (b"PK\x03\x04rubbish", "a.docx"), (b"%PDF-1.7 rubbish", "a.pdf")):
        parts = {"document": (io.BytesIO(content), name)}
        assert clerk.post("/plans", data=parts, content_type="multipart/form-data").status_code == 422, name
    assert clerk.post("/plans", data={}, content_type="multipart/form-data").status_code == 422
    assert clerk.post("/plans", data=b"x", content_type="text/plain").status_code == 415
    assert clerk.get("/plans").json["items"] == []
