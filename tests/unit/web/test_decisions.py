"""Chờ quyết định: the file is read and decided on one page, and nothing is decided by a slip."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import event

from storage.tables import UserTask
from tests.unit.web.conftest import Browser, Office

HEAD = "khoat"


def to_review(office: Office, number: str = "2.3", title: str = "Rút gọn thủ tục") -> UserTask:
    """A case whose draft waits for the head; the head's task."""
    instance_id = office.start(number=number, title=title)
    drafted = office.task(instance_id).id
    office.sign_in("lua").post(f"/tasks/{drafted}/complete", {"draft_summary": "Bỏ ba giấy tờ phải nộp."})
    return office.task(instance_id)


def test_the_file_stands_beside_the_decision(office: Office) -> None:
    to_review(office)
    page = office.sign_in(HEAD).get("/desk/decisions").text
    assert "1 việc chờ quyết định" in page
    assert "Nội dung chính" in page
    assert "Bỏ ba giấy tờ phải nộp." in page
    assert re.search(r"<button[^>]*>.*?Duyệt", page)


def test_a_decision_is_made_on_the_page_and_leads_back_to_it(office: Office) -> None:
    task = to_review(office)
    browser = office.sign_in(HEAD)
    answer = browser.post(f"/tasks/{task.id}/complete", {"review_outcome": "approve", "_back": "/desk/decisions"})
    assert answer.location == "/desk/decisions"
    page = browser.get("/desk/decisions").text
    assert "Đã làm xong “Duyệt dự thảo”" in page
    assert "Không có việc nào chờ quyết định" in page


def test_a_return_asks_for_its_reason_first(office: Office) -> None:
    task = to_review(office)
    browser = office.sign_in(HEAD)
    page = browser.get(f"/desk/decisions?task={task.id}&return=1").text
    assert re.search(r'<textarea[^>]*name="review_note"[^>]*required', page)
    refused = browser.post(
        f"/tasks/{task.id}/complete", {"_return": "1", "review_note": "", "_back": "/desk/decisions"}
    )
    assert refused.status_code == 422
    done = browser.post(
        f"/tasks/{task.id}/complete", {"_return": "1", "review_note": "Thiếu phụ lục.", "_back": "/desk/decisions"}
    )
    assert done.location == "/desk/decisions"
    again = office.task(task.instance_id)
    assert "trả lại: Thiếu phụ lục." in office.sign_in("lua").get(f"/tasks/{again.id}").text


def test_only_a_chosen_file_counts_as_opened(office: Office) -> None:
    task = to_review(office)
    browser = office.sign_in(HEAD)
    browser.get("/desk/decisions")
    assert office.task(task.instance_id).opened_at is None
    browser.get(f"/desk/decisions?task={task.id}")
    assert office.task(task.instance_id).opened_at is not None


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"])
def test_nobody_is_led_elsewhere_by_a_decision(office: Office, address: str) -> None:
    task = to_review(office)
    answer = office.sign_in(HEAD).post(f"/tasks/{task.id}/complete", {"review_outcome": "approve", "_back": address})
    assert answer.location == "/desk"


def test_the_page_takes_as_many_statements_for_many_decisions_as_for_one(office: Office) -> None:
    def statements(browser: Browser) -> int:
        seen: list[str] = []

        def note(_c: object, _k: object, statement: str, *_rest: object) -> None:
            seen.append(statement)

        event.listen(office.system.database.engine, "before_cursor_execute", note)
        try:
            assert browser.get("/desk/decisions").status_code == 200
        finally:
            event.remove(office.system.database.engine, "before_cursor_execute", note)
        return len(seen)

    to_review(office)
    browser = office.sign_in(HEAD)
    browser.get("/desk/decisions")
    few = statements(browser)
    for number in range(5):
        to_review(office, f"3.{number}", f"Việc {number}")
    assert statements(browser) == few
