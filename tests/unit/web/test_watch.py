"""Theo dõi điểm kẹt: what is stuck and why, what frees it, and who may."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import event

from engine.definitions import deploy
from engine.instances import start_instance
from engine.user_tasks import complete_user_task
from office.organisation import user_of
from storage.tables import Batch, Incident, Post
from storage.transactions import Work, reading
from tests.unit.web.conftest import NOW, Office

FAILING = (Path(__file__).parents[2] / "bpmn" / "failing.bpmn").read_bytes()


def titles(page: str) -> list[str]:
    return re.findall(r'<a class="t"[^>]*>([^<]*)</a>', page)


def broken_case(office: Office, title: str = "Tính mức hỗ trợ") -> UUID:
    """A case whose script divides by nothing."""

    def command(work: Work) -> UUID:
        if not work.definitions.versions("failing"):
            deploy(work, FAILING, now=NOW)
        instance = start_instance(work, "failing", {}, title=title, now=NOW)
        work.flush()
        (task,) = work.user_tasks.of_instance(instance.id, only_open=True)
        administrator = user_of(work, office.people["quantri"], NOW.date())
        complete_user_task(work, task.id, administrator, {"total": 10, "parts": 0}, NOW)
        return instance.id

    return office.system.run(command)


def only_incident(office: Office) -> Incident:
    with reading(office.system.database) as work:
        (found,) = work.incidents.page()
    return found


def status_of(office: Office, instance_id: UUID) -> str:
    with reading(office.system.database) as work:
        return work.instances.get(instance_id).status


def dismiss(office: Office, login: str) -> None:
    """End every post of this person yesterday."""

    def command(work: Work) -> None:
        for post in work.posts.all_of(office.people[login]):
            assert isinstance(post, Post)
            post.valid_to = NOW.date() - timedelta(days=1)

    office.system.run(command)


def test_faults_come_first_then_work_nobody_has_then_the_longest_overdue(office: Office) -> None:
    office.start(number="1", title="Còn hạn", due_date="2026-03-30")
    office.start(number="2", title="Quá hạn ít", due_date="2026-03-11")
    office.start(number="3", title="Quá hạn lâu", due_date="2026-03-02")
    broken_case(office, "Hỏng")
    page = office.sign_in("quantri").get("/watch").text
    assert titles(page) == ["Hỏng", "Quá hạn lâu", "Quá hạn ít"]
    assert "Lỗi tính toán" in page
    assert "Quá hạn 8 ngày" in page
    everything = office.sign_in("quantri").get("/watch?kind=all").text
    assert titles(everything)[-1] == "Còn hạn"


def test_work_of_a_post_nobody_holds_is_stuck_and_an_administrator_gives_it_to_somebody(office: Office) -> None:
    instance_id = office.start(title="Không ai nhận", due_date="2026-03-30")
    administrator = office.sign_in("quantri")
    assert titles(administrator.get("/watch?kind=nobody").text) == []
    dismiss(office, "lua")
    dismiss(office, "thuan")
    page = administrator.get("/watch?kind=nobody").text
    assert titles(page) == ["Không ai nhận"]
    assert "Không có người nhận" in page
    task = office.task(instance_id)
    address = f"/watch/tasks/{task.id}/assign"
    assert "Phùng Khắc Hiển" in administrator.get(address).text
    fields = {"person": str(office.people["hien"]), "reason": "Vị trí đang trống"}
    assert administrator.post(address, fields).status_code == 303
    assert office.task(instance_id).assignee_id == office.people["hien"]
    assert titles(administrator.get("/watch?kind=nobody").text) == []
    history = administrator.get(f"/cases/{instance_id}/history").text
    assert "Vị trí đang trống" in history
    assert "Phùng Khắc Hiển" in history


def test_an_administrator_completes_for_somebody_and_the_record_says_so(office: Office) -> None:
    instance_id = office.start("simple")
    task = office.task(instance_id)
    administrator = office.sign_in("quantri")
    administrator.get(f"/watch/tasks/{task.id}/assign")
    administrator.post(f"/watch/tasks/{task.id}/assign", {"person": str(office.people["lua"])})
    assert "Làm thay" in administrator.get("/watch?kind=all").text

    def command(work: Work) -> None:
        complete_user_task(work, task.id, user_of(work, office.people["quantri"], NOW.date()), {}, NOW)

    office.system.run(command)
    assert "thay mặt Vi Thị Lụa" in administrator.get(f"/cases/{instance_id}/history").text


def test_a_mended_variable_lets_the_case_go_on_and_stands_on_record(office: Office) -> None:
    instance_id = broken_case(office)
    incident = only_incident(office)
    administrator = office.sign_in("quantri")
    page = administrator.get(f"/incidents/{incident.id}").text
    assert "<code>parts</code>" in page
    assert incident.message in page.replace("&#39;", "'").replace("&#34;", '"')
    refused = administrator.post(f"/incidents/{incident.id}/mend", {"name": "parts", "value": "hai"})
    assert refused.status_code == 422
    assert "JSON" in refused.text
    fields = {"name": "parts", "value": "2", "reason": "Nhập thiếu số phần"}
    assert administrator.post(f"/incidents/{incident.id}/mend", fields).status_code == 303
    with reading(office.system.database) as work:
        assert work.incidents.open_of_instance(instance_id) == []
    history = administrator.get(f"/cases/{instance_id}/history").text
    assert "sửa biến “parts”" in history
    assert "Nhập thiếu số phần" in history


def test_a_retry_that_fails_again_says_so(office: Office) -> None:
    broken_case(office)
    incident = only_incident(office)
    administrator = office.sign_in("quantri")
    administrator.get("/watch")
    answer = administrator.post(f"/incidents/{incident.id}/retry")
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/incidents/")
    assert "vẫn lỗi" in administrator.get(answer.headers["Location"]).text
    assert only_incident(office).id != incident.id


def test_settling_an_incident_asks_how_and_closes_it(office: Office) -> None:
    broken_case(office)
    incident = only_incident(office)
    administrator = office.sign_in("quantri")
    assert "required" in administrator.get(f"/incidents/{incident.id}/resolve").text
    assert administrator.post(f"/incidents/{incident.id}/resolve", {"reason": "Làm bằng giấy"}).status_code == 303
    assert "Không có lỗi nào chờ sửa" in administrator.get("/incidents").text
    assert "Đã xử lý" in administrator.get("/incidents?all=1").text


@pytest.mark.parametrize(("deed", "status"), [("suspend", "suspended"), ("terminate", "terminated")])
def test_one_case_is_stopped_with_its_reason(office: Office, deed: str, status: str) -> None:
    instance_id = office.start()
    leader = office.sign_in("nhuan")
    address = f"/watch/cases/{instance_id}/{deed}"
    assert leader.get(address).status_code == 200
    assert leader.post(address, {"reason": "Chờ văn bản mới"}).status_code == 303
    assert status_of(office, instance_id) == status
    assert "Chờ văn bản mới" in leader.get(f"/cases/{instance_id}/history").text


def test_ending_a_case_needs_a_reason(office: Office) -> None:
    instance_id = office.start()
    leader = office.sign_in("nhuan")
    leader.get("/watch")
    assert leader.post(f"/watch/cases/{instance_id}/terminate").status_code == 422
    assert status_of(office, instance_id) == "active"


def test_a_suspended_case_is_found_and_goes_on(office: Office) -> None:
    instance_id = office.start(title="Tạm gác")
    leader = office.sign_in("nhuan")
    leader.get("/watch")
    leader.post(f"/watch/cases/{instance_id}/suspend")
    assert titles(leader.get("/watch?kind=suspended").text) == ["Tạm gác"]
    leader.post(f"/watch/cases/{instance_id}/resume")
    assert status_of(office, instance_id) == "active"
    assert titles(leader.get("/watch?kind=suspended").text) == []


def newest_batch(office: Office) -> Batch:
    with reading(office.system.database) as work:
        return work.batches.newest(1)[0]


def test_several_cases_are_stopped_each_in_its_own_transaction_and_the_missed_ones_are_named(office: Office) -> None:
    ids = [office.start(number=str(number), title=f"Việc {number}") for number in range(3)]
    leader = office.sign_in("nhuan")
    chosen = "&".join(f"case={each}" for each in ids)
    assert "Tạm dừng 3 hồ sơ?" in leader.get(f"/watch/bulk?deed=suspend&{chosen}").text
    leader.post(f"/watch/cases/{ids[1]}/terminate", {"reason": "Trùng"})
    answer = leader.post("/watch/bulk", {"deed": "suspend", "case": [str(each) for each in ids], "reason": "Rà soát"})
    assert answer.status_code == 303
    office.system.tick()
    assert [status_of(office, each) for each in ids] == ["suspended", "terminated", "suspended"]
    batch = newest_batch(office)
    assert (batch.done, batch.failed, batch.state) == (2, 1, "finished")
    page = leader.get(answer.headers["Location"]).text
    assert "Mục chưa làm được" in page
    assert "Việc 1" in page
    assert "Tạm dừng 3 hồ sơ" in leader.get("/watch/batches").text


def test_open_work_of_several_cases_goes_to_one_person(office: Office) -> None:
    ids = [office.start(number=str(number)) for number in range(2)]
    administrator = office.sign_in("quantri")
    administrator.get("/watch/bulk?deed=assign&" + "&".join(f"case={each}" for each in ids))
    fields = {"deed": "assign", "case": [str(each) for each in ids], "person": str(office.people["thuan"])}
    assert administrator.post("/watch/bulk", fields).status_code == 303
    office.system.tick()
    assert {office.task(each).assignee_id for each in ids} == {office.people["thuan"]}


def test_a_leader_may_not_assign_and_nobody_acts_on_nothing(office: Office) -> None:
    instance_id = office.start()
    leader = office.sign_in("nhuan")
    leader.get("/watch")
    fields = {"deed": "assign", "case": str(instance_id), "person": str(office.people["lua"])}
    assert leader.post("/watch/bulk", fields).status_code == 403
    assert leader.get("/watch/bulk?deed=suspend").headers["Location"] == "/watch/cases"
    assert "Chưa chọn hồ sơ nào" in leader.get("/watch/cases").text
    assert leader.get(f"/watch/bulk?deed=nonsense&case={instance_id}").status_code == 404
    assert leader.get(f"/watch/cases/{instance_id}/nonsense").status_code == 404


def test_a_reminder_comes_once_a_day(office: Office) -> None:
    instance_id = office.start(title="Báo cáo quý", due_date="2026-03-09")
    task = office.task(instance_id)
    administrator = office.sign_in("quantri")
    administrator.get("/watch")
    for _ in range(2):
        assert administrator.post(f"/watch/tasks/{task.id}/remind").status_code == 303
    page = office.sign_in("lua").get("/notices").text
    assert page.count("Quản trị hệ thống nhắc làm") == 1


def test_filters_narrow_by_process_unit_age_and_folded_words(office: Office) -> None:
    office.start(number="3.6", title="Đôn đốc số hóa", due_date="2026-03-02")
    office.start("simple", number="5.1", title="Lập danh sách", due_date="2026-03-02")
    browser = office.sign_in("quantri")
    assert titles(browser.get("/watch?q=don doc").text) == ["Đôn đốc số hóa"]
    assert titles(browser.get("/watch?q=5.1").text) == ["Lập danh sách"]
    assert titles(browser.get("/watch?definition=simple").text) == ["Lập danh sách"]
    assert len(titles(browser.get(f"/watch?unit={office.units['TC']}").text)) == 2
    assert titles(browser.get(f"/watch?unit={office.units['QT']}").text) == []
    assert titles(browser.get("/watch?age=30").text) == []
    assert len(titles(browser.get("/watch?age=x&kind=x&unit=x&after=x").text)) == 2


def test_pages_miss_and_repeat_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.watch.PAGE", 3)
    for number in range(8):
        office.start(
            number=str(number), title=f"Việc {number}", due_date=None if number > 5 else f"2026-03-0{1 + number % 2}"
        )
    browser, address, seen = office.sign_in("quantri"), "/watch/cases", list[str]()
    for _ in range(5):
        page = browser.get(address).text
        seen += titles(page)
        more = re.search(r'href="([^"]+)" rel="next"', page)
        if more is None:
            break
        address = more[1].replace("&amp;", "&")
    assert sorted(seen) == [f"Việc {number}" for number in range(8)]


def test_where_cases_stand_is_counted_by_step(office: Office) -> None:
    for number in range(3):
        office.start("simple", number=str(number))
    page = office.sign_in("quantri").get("/watch").text
    assert '<th scope="row">Thực hiện, lập sản phẩm</th><td class="ht4">3</td>' in page
    assert "&#34;draft&#34;: 3" in page


def test_the_page_costs_the_same_for_two_cases_and_for_twenty(office: Office) -> None:
    administrator = office.sign_in("quantri")
    seen: list[str] = []
    event.listen(office.system.database.engine, "before_cursor_execute", lambda *told: seen.append(told[2]))
    counts: list[int] = []
    for more in (2, 18):
        for number in range(more):
            office.start(number=str(number), due_date="2026-03-02")
        seen.clear()
        page = administrator.get("/watch").text
        counts.append(len(seen))
        assert len(titles(page)) == min(20, sum((2, 18)[: (2, 18).index(more) + 1]))
    assert counts[0] == counts[1]
    assert counts[1] < 45


def test_the_cases_own_page_offers_the_deeds_to_whom_they_are_allowed(office: Office) -> None:
    instance_id = broken_case(office)
    page = office.sign_in("quantri").get(f"/cases/{instance_id}").text
    assert f"/incidents/{only_incident(office).id}" in page
    assert f"/watch/cases/{instance_id}/suspend" in page
    own = office.start()
    assert f"/watch/cases/{own}/terminate" in office.sign_in("nhuan").get(f"/cases/{own}").text
    assert "/watch/cases/" not in office.sign_in("lua").get(f"/cases/{own}").text


def test_late_work_is_counted_by_unit(office: Office) -> None:
    for number in range(3):
        office.start("simple", number=str(number), due_date="2026-03-02" if number else "2026-03-30")
    page = office.sign_in("nhuan").get("/watch").text
    assert "Quá hạn theo đơn vị" in page
    assert re.search(r'Phòng Tổ chức và Pháp chế</a></th><td class="num is-late">2</td><td class="num">3</td>', page)


@pytest.mark.parametrize("login", ["lua", "khoat", "hien"])
def test_officials_neither_see_nor_free_what_is_stuck(office: Office, login: str) -> None:
    broken_case(office)
    incident = only_incident(office)
    browser = office.sign_in(login)
    browser.get("/desk")
    for address in ("/watch", "/watch/cases", "/watch/batches", "/watch/timers", "/watch/jobs", "/incidents"):
        assert browser.get(address).status_code == 403, address
    assert browser.post(f"/incidents/{incident.id}/retry").status_code == 403
    assert only_incident(office).id == incident.id


def test_a_designer_reads_faults_but_retries_none(office: Office) -> None:
    broken_case(office)
    incident = only_incident(office)
    designer = office.sign_in("ve")
    page = designer.get(f"/incidents/{incident.id}").text
    assert incident.element_id
    assert "Thử lại" not in page
    assert "<code>parts</code>" not in page
    assert designer.post(f"/incidents/{incident.id}/retry").status_code == 403


def test_timers_and_jobs_are_listed(office: Office) -> None:
    office.start(title="Có hẹn giờ", due_date="2026-03-30")
    administrator = office.sign_in("quantri")
    timers = administrator.get("/watch/timers").text
    assert "Có hẹn giờ" in timers
    assert "Trước hạn 3 ngày làm việc" in timers
    assert "Việc tự động" in administrator.get("/watch/jobs?state=done").text
