"""Notices: to a person or a role, unread until opened, nobody else's."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from domain.people import candidate_key
from storage.tables import Notice
from tests.unit.web.conftest import NOW, Office


def tell(office: Office, text: str, *, minutes_ago: int = 0, **to: object) -> UUID:
    notice = Notice(
        id=uuid4(), kind="new", text=text, cause=str(uuid4()), created_at=NOW - timedelta(minutes=minutes_ago), **to
    )
    office.system.run(lambda work: work.notices.add(notice))
    return notice.id


def test_a_notice_is_counted_read_once_and_leads_to_its_task(office: Office) -> None:
    task = office.task(office.start())
    notice_id = tell(office, "Việc mới dòng 2.3", person_id=office.people["lua"], task_id=task.id)
    lua = office.sign_in("lua")
    assert '<span class="bar-count">1</span>' in lua.get("/desk").text
    answer = lua.post(f"/notices/{notice_id}/read")
    assert answer.headers["Location"] == f"/tasks/{task.id}"
    assert "bar-count" not in lua.get("/desk").text


def test_a_notice_to_a_role_is_for_those_who_hold_it_and_for_nobody_else(office: Office) -> None:
    key = candidate_key(office.units["TC"], "official")
    notice_id = tell(office, "Sắp đến hạn dòng 2.3", candidate_key=key)
    assert "Sắp đến hạn dòng 2.3" in office.sign_in("thuan").get("/notices").text
    hien = office.sign_in("hien")
    assert "Sắp đến hạn dòng 2.3" not in hien.get("/notices").text
    assert hien.post(f"/notices/{notice_id}/read").status_code == 404
    hien.post("/notices/read")
    assert '<span class="bar-count">1</span>' in office.sign_in("lua").get("/desk").text


def test_a_notice_to_a_role_is_read_by_each_of_its_holders(office: Office) -> None:
    notice_id = tell(office, "Sắp đến hạn dòng 2.3", candidate_key=candidate_key(office.units["TC"], "official"))
    lua, thuan = office.sign_in("lua"), office.sign_in("thuan")
    lua.post(f"/notices/{notice_id}/read")
    assert "bar-count" not in lua.get("/desk").text
    assert '<span class="bar-count">1</span>' in thuan.get("/desk").text
    thuan.post("/notices/read")
    lua.post("/notices/read")
    assert "bar-count" not in thuan.get("/desk").text


def test_what_a_role_was_told_long_ago_is_no_news_to_who_comes_to_it(office: Office) -> None:
    key = candidate_key(office.units["TC"], "official")
    tell(office, "Việc của năm trước", candidate_key=key, minutes_ago=31 * 24 * 60)
    lua = office.sign_in("lua")
    assert "Việc của năm trước" in lua.get("/notices").text
    assert "bar-count" not in lua.get("/desk").text


def test_older_notices_come_on_the_next_page(office: Office) -> None:
    for number in range(53):
        tell(office, f"Thông báo số {number:02}", minutes_ago=number, person_id=office.people["lua"])
    lua = office.sign_in("lua")
    first = lua.get("/notices").text
    assert "Thông báo số 49" in first
    assert "Thông báo số 50" not in first
    more = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    second = lua.get(more).text
    assert "Thông báo số 50" in second
    assert "Thông báo số 52" in second
    assert "Thông báo số 49" not in second
    lua.post("/notices/read")
    assert "bar-count" not in lua.get("/desk").text
