"""A task's page and the acts around it, on real cases of the shipped process."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID

import pytest
from sqlalchemy import event

from engine.instances import instance_variables, suspend_instance, terminate_instance
from storage.tables import UserTask
from storage.transactions import reading
from tests.unit.web.conftest import DRAFTED, NOW, Browser, Office

OPINION = "Giữ mẫu riêng cho cơ sở chế biến vì phải khai thêm lưu lượng theo mùa vụ."


def words(page: str) -> str:
    """The page as read: no tags, single blanks."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def consolidation(office: Office) -> tuple[UUID, UserTask, UUID]:
    """A case at its consolidation with one opinion: (case, the open task, the contribution)."""
    instance_id = office.start(coordinating=[{"unit": str(office.units["QT"]), "by_letter": False}])
    lua, hien = office.sign_in("lua"), office.sign_in("hien")
    draft = office.task(instance_id)
    lua.post(f"/tasks/{draft.id}/complete", DRAFTED)
    asked = office.task(instance_id)
    answer = hien.post(f"/tasks/{asked.id}/complete", {"agrees": "false", "text": OPINION})
    assert answer.status_code == 303, words(answer.text)
    with reading(office.system.database) as work:
        (found,) = work.contributions.of_instance(instance_id)
    return instance_id, office.task(instance_id), found.id


@pytest.fixture
def at_draft(office: Office) -> tuple[Office, Browser, UserTask]:
    task = office.task(office.start())
    return office, office.sign_in("lua"), task


def test_the_page_answers_what_when_why_and_what_comes_next(at_draft: tuple[Office, Browser, UserTask]) -> None:
    _office, lua, task = at_draft
    page = words(lua.get(f"/tasks/{task.id}").text)
    assert "Phương án rút gọn thủ tục cấp phép khai thác nước dưới đất" in page
    assert "Còn 2 ngày làm việc" in page
    assert "Mở ngày 12/3/2026 theo dòng 2.3 của kế hoạch 18/KH-SNNMT." in page
    assert "Chuyển sang bước “Duyệt dự thảo” (lãnh đạo đơn vị)." in page
    assert "Trước ngày 17/3/2026: hạn 16/3/2026" in page
    assert "Bước 1 trên 5." in page


def test_the_strip_follows_the_way_this_case_takes(office: Office) -> None:
    instance_id = office.start(coordinating=[{"unit": str(office.units["QT"]), "by_letter": False}], to_committee=True)
    page = words(office.sign_in("lua").get(f"/tasks/{office.task(instance_id).id}").text)
    assert "Bước 1 trên 8." in page
    assert page.index("Góp ý dự thảo") < page.index("Tổng hợp, tiếp thu, giải trình") < page.index("Ký văn bản")
    assert "Ghi nhận trả lời của UBND tỉnh" in page


def test_what_is_done_says_the_same_of_its_case_as_before(office: Office) -> None:
    """Its way through the process, why it was there, and who did it."""
    instance_id = office.start(coordinating=[{"unit": str(office.units["QT"]), "by_letter": False}], to_committee=True)
    task, lua = office.task(instance_id), office.sign_in("lua")
    lua.post(f"/tasks/{task.id}/complete", DRAFTED)
    page = words(lua.get(f"/tasks/{task.id}").text)
    assert "Mở ngày 12/3/2026 theo dòng 2.3 của kế hoạch 18/KH-SNNMT." in page
    assert "Chuyển sang bước “Góp ý dự thảo”" in page
    assert "Ghi nhận trả lời của UBND tỉnh" in page
    assert "Phụ trách Vi Thị Lụa" in page


def test_completing_moves_the_case_on_and_says_so(at_draft: tuple[Office, Browser, UserTask]) -> None:
    office, lua, task = at_draft
    answer = lua.post(f"/tasks/{task.id}/complete", DRAFTED)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk")
    assert "Đã làm xong “Soạn dự thảo”" in words(lua.get("/desk").text)
    following = office.task(task.instance_id)
    assert following.purpose == "review"
    review = words(office.sign_in("khoat").get(f"/tasks/{following.id}").text)
    assert "Vi Thị Lụa làm xong bước “Soạn dự thảo” ngày 12/3/2026" in review


def test_a_second_click_is_told_who_was_first_and_changes_nothing(at_draft: tuple[Office, Browser, UserTask]) -> None:
    office, lua, task = at_draft
    lua.post(f"/tasks/{task.id}/complete", DRAFTED)
    answer = lua.post(f"/tasks/{task.id}/complete", DRAFTED)
    assert answer.status_code == 409
    assert "“Soạn dự thảo” đã hoàn thành ngày" in answer.text
    assert len(office.tasks(task.instance_id, only_open=False)) == 2
    page = words(lua.get(f"/tasks/{task.id}").text)
    assert "Việc này đã xong lúc hôm nay, 10h42, người làm: Vi Thị Lụa." in page
    assert "Hoàn thành" not in page.replace("Hoàn thành thì sao", "")


def test_a_missing_answer_is_named_at_its_field_and_what_was_typed_stays(office: Office) -> None:
    instance_id = office.start()
    office.sign_in("lua").post(f"/tasks/{office.task(instance_id).id}/complete", DRAFTED)
    review = office.task(instance_id)
    khoat = office.sign_in("khoat")
    answer = khoat.post(f"/tasks/{review.id}/complete", {"review_note": "Sửa phần phí trước khi trình"})
    assert answer.status_code == 422
    assert "Sửa phần phí trước khi trình" in answer.text
    assert 'role="alert"' in answer.text
    assert office.task(instance_id).state == "created"


def test_returning_needs_its_reason_and_goes_back_to_the_drafter(office: Office) -> None:
    instance_id = office.start()
    office.sign_in("lua").post(f"/tasks/{office.task(instance_id).id}/complete", DRAFTED)
    review = office.task(instance_id)
    khoat = office.sign_in("khoat")
    assert "Trả lại" in words(khoat.get(f"/tasks/{review.id}").text)
    assert khoat.post(f"/tasks/{review.id}/complete", {"_return": "1"}).status_code == 422
    answer = khoat.post(f"/tasks/{review.id}/complete", {"_return": "1", "review_note": "Thiếu căn cứ"})
    assert answer.status_code == 303
    again = office.task(instance_id)
    assert again.purpose == "draft"
    assert "Thiếu căn cứ" in words(office.sign_in("lua").get(f"/tasks/{again.id}").text)


def test_claim_release_and_hand_over_change_whose_work_it_is(at_draft: tuple[Office, Browser, UserTask]) -> None:
    office, lua, task = at_draft
    lua.post(f"/tasks/{task.id}/claim")
    assert office.task(task.instance_id).assignee_id == office.people["lua"]
    assert "Vi Thị Lụa đang làm." in words(office.sign_in("thuan").get(f"/tasks/{task.id}").text)
    lua.post(f"/tasks/{task.id}/release")
    assert office.task(task.instance_id).assignee_id is None
    assert lua.get(f"/tasks/{task.id}/hand-over").status_code == 403
    lua.post(f"/tasks/{task.id}/claim")
    page = lua.get(f"/tasks/{task.id}/hand-over").text
    assert "Hoàng Diệu Thuần" in page
    assert "Phùng Khắc Hiển" not in page
    refused = lua.post(f"/tasks/{task.id}/hand-over", {"person": str(office.people["hien"])})
    assert refused.status_code == 422
    answer = lua.post(f"/tasks/{task.id}/hand-over", {"person": str(office.people["thuan"]), "reason": "Đi họp"})
    assert answer.status_code == 303
    assert office.task(task.instance_id).assignee_id == office.people["thuan"]
    history = words(office.sign_in("thuan").get(f"/cases/{task.instance_id}/history").text)
    assert "Vi Thị Lụa chuyển việc “Soạn dự thảo” cho Hoàng Diệu Thuần “Đi họp”" in history


def test_a_draft_is_kept_while_typing_and_shown_again_to_its_writer_alone(office: Office) -> None:
    instance_id = office.start()
    office.sign_in("lua").post(f"/tasks/{office.task(instance_id).id}/complete", DRAFTED)
    review = office.task(instance_id)
    khoat = office.sign_in("khoat")
    khoat.get(f"/tasks/{review.id}")
    saved = khoat.post(
        f"/tasks/{review.id}/draft", {"review_note": "Đang đọc dở"}, headers={"Accept": "application/json"}
    )
    assert saved.status_code == 200
    assert saved.json is not None
    assert "saved_at" in saved.json
    assert "Đang đọc dở" in khoat.get(f"/tasks/{review.id}").text
    assert "Đang đọc dở" not in office.sign_in("quantri").get(f"/tasks/{review.id}").text
    by_button = khoat.post(f"/tasks/{review.id}/draft", {"review_note": "Đã đọc"})
    assert by_button.status_code == 303


def test_more_time_is_asked_for_and_granted_by_the_head(at_draft: tuple[Office, Browser, UserTask]) -> None:
    office, lua, task = at_draft
    assert "Hạn hiện nay: 16/3/2026" in words(lua.get(f"/tasks/{task.id}/extension").text)
    early = lua.post(f"/tasks/{task.id}/extension", {"new_date": "2026-03-13", "reason": "Chờ số liệu"})
    assert early.status_code == 422
    assert "Chờ số liệu" in early.text
    asked = lua.post(f"/tasks/{task.id}/extension", {"new_date": "2026-03-20", "reason": "Chờ số liệu"})
    assert asked.status_code == 303
    own = words(lua.get(f"/tasks/{task.id}").text)
    assert "Vi Thị Lụa xin gia hạn đến 20/3/2026" in own
    assert "Đồng ý gia hạn" not in own
    khoat = office.sign_in("khoat")
    page = khoat.get(f"/tasks/{task.id}").text
    assert "Đồng ý gia hạn" in page
    found = re.search(r'name="extension" value="([^"]+)"', page)
    assert found is not None
    assert lua.post(f"/tasks/{task.id}/extension/decide", {"extension": found[1], "granted": "1"}).status_code == 403
    khoat.post(f"/tasks/{task.id}/extension/decide", {"extension": found[1], "granted": "1"})
    after = office.task(task.instance_id)
    assert after.due_at == datetime(2026, 3, 20, 10, tzinfo=UTC)
    assert "đã gia hạn 1 lần" in words(lua.get(f"/tasks/{task.id}").text)


def test_opinions_are_accepted_or_explained_before_the_consolidation_is_sent(office: Office) -> None:
    instance_id, task, contribution_id = consolidation(office)
    lua = office.sign_in("lua")
    page = words(lua.get(f"/tasks/{task.id}").text)
    assert OPINION in page
    assert "0 trên 1 ý kiến đã xử lý" in page
    early = lua.post(f"/tasks/{task.id}/complete", {"consolidate_outcome": "submit", "changes": "Đã sửa mẫu 2"})
    assert early.status_code == 422
    assert "Còn 1 ý kiến chưa tiếp thu hoặc giải trình" in early.text
    assert "Đã sửa mẫu 2" in early.text
    lua.post(f"/tasks/{task.id}/opinions", {"contribution": str(contribution_id), "decision": "explained"})
    assert "Cần ghi" in words(lua.get(f"/tasks/{task.id}").text)
    decision = {"contribution": str(contribution_id), "decision": "partly", "explanation": "Chỉ thêm một cột"}
    assert lua.post(f"/tasks/{task.id}/opinions", decision).status_code == 303
    assert "1 trên 1 ý kiến đã xử lý" in words(lua.get(f"/tasks/{task.id}").text)
    assert lua.post(f"/tasks/{task.id}/complete", {"consolidate_outcome": "submit"}).status_code == 303
    review = office.task(instance_id)
    read = words(office.sign_in("khoat").get(f"/tasks/{review.id}").text)
    assert "Một phần" in read
    assert "Chỉ thêm một cột" in read


def test_an_empty_draft_is_not_completed_and_the_page_says_what_is_missing(
    at_draft: tuple[Office, Browser, UserTask],
) -> None:
    office, lua, task = at_draft
    refused = lua.post(f"/tasks/{task.id}/complete", {"draft_summary": "  "})
    assert refused.status_code == 422
    assert "Chưa có dự thảo: đính kèm văn bản ở mục Văn bản, hoặc ghi nội dung chính ở đây" in words(refused.text)
    assert office.task(task.instance_id).id == task.id
    lua.post(f"/tasks/{task.id}/files", {"file": (BytesIO(b"%PDF-1.7"), "du thao.pdf")})
    assert lua.post(f"/tasks/{task.id}/complete").status_code == 303


def test_a_draft_with_its_main_points_needs_no_document(at_draft: tuple[Office, Browser, UserTask]) -> None:
    _office, lua, task = at_draft
    assert lua.post(f"/tasks/{task.id}/complete", {"draft_summary": "Bỏ ba giấy tờ"}).status_code == 303


def test_files_become_versions_and_only_those_of_the_case_read_them(at_draft: tuple[Office, Browser, UserTask]) -> None:
    office, lua, task = at_draft
    for content in (b"%PDF-1.7 first", b"%PDF-1.7 second"):
        answer = lua.post(f"/tasks/{task.id}/files", {"file": (BytesIO(content), "../du thao.pdf")})
        assert answer.status_code == 303, words(answer.text)
    page = lua.get(f"/tasks/{task.id}").text
    assert "Bản 2" in page
    assert "Xem 1 bản trước" in page
    address = re.findall(r'href="(/documents/[^"]+)"', page)[0]
    found = lua.get(address)
    assert found.data == b"%PDF-1.7 second"
    assert found.mimetype == "application/pdf"
    assert "sandbox" in found.headers["Content-Security-Policy"]
    assert office.sign_in("hien").get(address).status_code == 404
    assert lua.post(f"/tasks/{task.id}/files").status_code == 422
    program = lua.post(f"/tasks/{task.id}/files", {"file": (BytesIO(b"MZ\x90"), "virus.exe")})
    assert program.status_code == 422


def test_a_page_written_as_a_document_is_never_shown_as_a_page(at_draft: tuple[Office, Browser, UserTask]) -> None:
    _office, lua, task = at_draft
    lua.post(f"/tasks/{task.id}/files", {"file": (BytesIO(b"<script>alert(1)</script>"), "trang.html")})
    address = re.findall(r'href="(/documents/[^"]+)"', lua.get(f"/tasks/{task.id}").text)[0]
    found = lua.get(address)
    assert found.mimetype == "text/plain"
    assert found.headers["X-Content-Type-Options"] == "nosniff"


def test_what_people_write_is_shown_as_text(at_draft: tuple[Office, Browser, UserTask]) -> None:
    _office, lua, task = at_draft
    lua.post(f"/tasks/{task.id}/comments", {"text": "<img src=x onerror=alert(1)>"})
    page = lua.get(f"/tasks/{task.id}").text
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "<img src=x" not in page


def test_opening_a_task_tells_the_sender_that_it_was_opened(at_draft: tuple[Office, Browser, UserTask]) -> None:
    office, lua, task = at_draft
    office.sign_in("khoat").get(f"/tasks/{task.id}")
    assert office.task(task.instance_id).opened_at is None
    lua.get(f"/tasks/{task.id}")
    assert office.task(task.instance_id).opened_at == NOW


def test_a_suspended_or_closed_case_takes_no_completion_and_says_why(office: Office) -> None:
    suspended, closed = office.start(number="1"), office.start(number="2")
    tasks = office.task(suspended), office.task(closed)
    lua = office.sign_in("lua")
    office.system.run(lambda work: suspend_instance(work, suspended, None, NOW))
    assert "Hồ sơ đang tạm dừng" in lua.get(f"/tasks/{tasks[0].id}").text
    assert lua.post(f"/tasks/{tasks[0].id}/complete", DRAFTED).status_code == 409
    office.system.run(lambda work: terminate_instance(work, closed, None, NOW))
    assert "Việc này đã bị hủy" in lua.get(f"/tasks/{tasks[1].id}").text
    assert lua.post(f"/tasks/{tasks[1].id}/complete", DRAFTED).status_code == 409


def test_an_administrator_completes_for_the_unit_and_it_is_on_record(
    at_draft: tuple[Office, Browser, UserTask],
) -> None:
    office, lua, task = at_draft
    lua.post(f"/tasks/{task.id}/claim")
    admin = office.sign_in("quantri")
    admin.get(f"/tasks/{task.id}")
    assert admin.post(f"/tasks/{task.id}/complete", DRAFTED).status_code == 303
    history = words(admin.get(f"/cases/{task.instance_id}/history").text)
    assert "Quản trị hệ thống (thay mặt Vi Thị Lụa) làm xong “Soạn dự thảo”" in history


def test_the_case_page_says_what_it_waits_for_and_draws_where_it_stands(
    at_draft: tuple[Office, Browser, UserTask],
) -> None:
    office, lua, task = at_draft
    lua.post(f"/tasks/{task.id}/complete", DRAFTED)
    raw = lua.get(f"/cases/{task.instance_id}").text
    page = words(raw)
    assert "Chờ Lãnh đạo đơn vị (Phòng Tổ chức và Pháp chế)" in page
    assert re.search(r'data-active="[^"]*\breview\b', raw)
    assert re.search(r'data-done="[^"]*\bdraft\b', raw)
    drawing = lua.get(f"/cases/{task.instance_id}/drawing.bpmn")
    assert drawing.mimetype == "application/xml"
    assert b"BPMNDiagram" in drawing.data
    with reading(office.system.database) as work:
        assert instance_variables(work, task.instance_id)["number"] == "2.3"
    assert "clerk_unit" in office.sign_in("quantri").get(f"/cases/{task.instance_id}/variables").text


def test_a_task_page_takes_as_many_statements_with_many_units_as_with_one(office: Office) -> None:
    def statements(instance_id: UUID) -> int:
        task = next(each for each in office.tasks(instance_id) if each.unit_id == office.units["TC"])
        lua, seen = office.sign_in("lua"), list[str]()
        lua.get(f"/tasks/{task.id}")

        def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            seen.append(statement)

        event.listen(office.system.database.engine, "before_cursor_execute", note)
        lua.get(f"/tasks/{task.id}")
        event.remove(office.system.database.engine, "before_cursor_execute", note)
        return len(seen)

    one = office.start(number="1", coordinating=[{"unit": str(office.units["TC"]), "by_letter": False}])
    three = office.start(
        number="2", coordinating=[{"unit": str(office.units[code]), "by_letter": False} for code in ("TC", "QT", "VP")]
    )
    for instance_id in (one, three):
        office.sign_in("lua").post(f"/tasks/{office.task(instance_id).id}/complete", DRAFTED)
    assert statements(three) == statements(one) <= 45


def test_only_those_who_may_remind_a_unit_are_offered_it(office: Office) -> None:
    instance_id = office.start(coordinating=[{"unit": str(office.units["QT"]), "by_letter": False}])
    lua = office.sign_in("lua")
    lua.post(f"/tasks/{office.task(instance_id).id}/complete", DRAFTED)
    asked = office.task(instance_id)
    assert f"/tasks/{asked.id}/remind" not in office.sign_in("hien").get(f"/tasks/{asked.id}").text
    assert f"/tasks/{asked.id}/remind" in office.sign_in("khoat").get(f"/tasks/{asked.id}").text


def test_a_task_that_is_not_there_and_one_of_others_answer_alike(office: Office) -> None:
    hien = office.sign_in("hien")
    answers = [hien.get(f"/tasks/{task_id}") for task_id in (office.task(office.start()).id, office.people["hien"])]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert all("Không có việc này, hoặc việc không thuộc phần được xem" in answer.text for answer in answers)


def test_old_steps_of_a_case_are_a_press_away(office: Office) -> None:
    instance_id = office.start()
    lua, khoat = office.sign_in("lua"), office.sign_in("khoat")
    for _ in range(3):
        lua.post(f"/tasks/{office.task(instance_id).id}/complete", DRAFTED)
        returned = {"review_outcome": "return", "review_note": "Thiếu số liệu"}
        assert khoat.post(f"/tasks/{office.task(instance_id).id}/complete", returned).status_code == 303
    page = words(lua.get(f"/cases/{instance_id}").text)
    assert "Xem 2 bước trước đó" in page


def test_who_answers_and_who_reviews_read_what_was_written_before(office: Office) -> None:
    instance_id = office.start(coordinating=[{"unit": str(office.units["QT"]), "by_letter": False}])
    lua, hien, khoat = (office.sign_in(login) for login in ("lua", "hien", "khoat"))
    lua.post(f"/tasks/{office.task(instance_id).id}/complete", {"draft_summary": "Bỏ ba giấy tờ phải nộp."})
    asked = office.task(instance_id)
    assert "Bỏ ba giấy tờ phải nộp." in hien.get(f"/tasks/{asked.id}").text
    hien.post(f"/tasks/{asked.id}/complete", {"agrees": "true"})
    consolidated = {"consolidate_outcome": "submit", "changes": "Thêm phụ lục 2"}
    lua.post(f"/tasks/{office.task(instance_id).id}/complete", consolidated)
    read = khoat.get(f"/tasks/{office.task(instance_id).id}").text
    assert "Bỏ ba giấy tờ phải nộp." in read
    assert "Thêm phụ lục 2" in read
