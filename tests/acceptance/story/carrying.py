"""One row is carried from hand to hand until the People's Committee has answered."""

from __future__ import annotations

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.acceptance.pages import press
from tests.acceptance.story.telling import (
    CLERK,
    LEADER,
    OFFICIAL,
    OPINION,
    RETURNED_BECAUSE,
    REVIEWER,
    UNIT_A,
    UNIT_B,
    Story,
    complete,
    path_of,
    said,
)

SILENCE = timedelta(days=12)
"""More than the five working days a unit has, whatever holidays fall into them."""
ANSWER_NUMBER = "345/QĐ-UBND"


def official_drafts(story: Story) -> None:
    page = story.people.at(OFFICIAL, "/desk")
    story.look(page, "desk")
    page = story.open_task(OFFICIAL, "Soạn dự thảo")
    press(page.get_by_role("button", name="Nhận việc"))
    said(page, "Đã nhận việc")
    page.get_by_label("Nội dung chính").fill("Cắt giảm ba thành phần hồ sơ, rút ngắn hai ngày giải quyết.")
    press(page.get_by_role("button", name="Lưu nháp"))
    said(page, "Đã lưu nháp")
    page.get_by_label("Thêm tệp").set_input_files(
        {"name": "du-thao.txt", "mimeType": "text/plain", "buffer": "Dự thảo tờ trình".encode()}
    )
    press(page.get_by_role("button", name="Lưu tệp"))
    expect(page.get_by_role("link", name="du-thao.txt")).to_be_visible()
    expect(page.get_by_label("Nội dung chính")).to_have_value(re.compile("Cắt giảm ba thành phần"))
    story.look(page, "task-draft")
    press(page.get_by_role("link", name="Việc có lấy ý kiến"))
    expect(page.get_by_role("heading", name="Đang chờ gì")).to_be_visible()
    story.case_path = path_of(page)


def official_sends_the_draft(story: Story) -> None:
    complete(story.open_task(OFFICIAL, "Soạn dự thảo"))


def unit_a_answers(story: Story) -> None:
    page = story.open_task(UNIT_A, "Góp ý dự thảo")
    expect(page.get_by_role("link", name="du-thao.txt")).to_be_visible()
    _choose(page, "Có ý kiến")
    page.get_by_label("Nội dung ý kiến").fill(OPINION)
    story.look(page, "task-contribute")
    complete(page)


def unit_b_stays_silent(story: Story) -> None:
    """It sees the draft and lets its time pass; the process notes that it has no opinion."""
    page = story.open_task(UNIT_B, "Góp ý dự thảo")
    expect(page.get_by_role("button", name="Hoàn thành")).to_be_visible()
    story.server.let_pass(SILENCE)
    page = story.people.at(OFFICIAL, story.case_path)
    expect(page.get_by_role("link", name="Tổng hợp, tiếp thu, giải trình")).to_be_visible()
    board = page.get_by_role("region", name="Bảng ý kiến theo đơn vị")
    expect(board.get_by_role("row").filter(has_text="Thanh tra Sở")).to_contain_text("Không có ý kiến")
    expect(board.get_by_role("row").filter(has_text="Phòng Tổ chức cán bộ")).to_contain_text("Đã trả lời")
    story.look(page, "case-in-the-middle")


def official_accepts_and_consolidates(story: Story) -> None:
    page = story.open_task(OFFICIAL, "Tổng hợp, tiếp thu, giải trình")
    expect(page.get_by_text(OPINION).first).to_be_visible()
    _choose(page, "Tiếp thu")
    page.get_by_label("Sửa dự thảo thế nào").fill("Đã liệt kê từng thành phần hồ sơ ở mục II.")
    story.look(page, "task-consolidate")
    press(page.get_by_role("button", name="Lưu kết quả xử lý"))
    expect(page.get_by_text("1 trên 1 ý kiến đã xử lý")).to_be_visible()


def official_submits(story: Story) -> None:
    page = story.open_task(OFFICIAL, "Tổng hợp, tiếp thu, giải trình")
    page.get_by_label("Thay đổi chính").fill("Ghi rõ thành phần hồ sơ được cắt giảm.")
    _choose(page, "Trình người đứng đầu đơn vị")
    complete(page)


def head_returns_it(story: Story) -> None:
    page = story.open_task(REVIEWER, "Duyệt dự thảo")
    page.get_by_label("Ghi chú").fill(RETURNED_BECAUSE)
    story.look(page, "task-review")
    press(page.get_by_role("button", name="Trả lại"))
    said(page, "Đã làm xong")


def official_submits_again(story: Story) -> None:
    page = story.open_task(OFFICIAL, "Tổng hợp, tiếp thu, giải trình")
    expect(page.get_by_text(f"Người đứng đầu đơn vị trả lại: {RETURNED_BECAUSE}")).to_be_visible()
    page.get_by_label("Thay đổi chính").fill("Đã bổ sung số liệu hồ sơ năm trước.")
    _choose(page, "Trình người đứng đầu đơn vị")
    complete(page)


def head_approves(story: Story) -> None:
    page = story.open_task(REVIEWER, "Duyệt dự thảo")
    _choose(page, "Duyệt")
    complete(page)


def leader_signs(story: Story) -> None:
    page = story.people.at(LEADER, "/desk/decisions")
    story.look(page, "decisions")
    page = story.open_task(LEADER, "Ký văn bản")
    _choose(page, "Ký")
    story.look(page, "task-sign")
    complete(page)


def clerk_issues(story: Story) -> None:
    """The number was given by the process; the clerk finds it in the form."""
    story.server.let_pass(timedelta(hours=1))
    page = story.open_task(CLERK, "Phát hành văn bản")
    number = page.get_by_label("Số, ký hiệu văn bản")
    expect(number).not_to_have_value("")
    story.kept["number"] = number.input_value()
    page.get_by_label("Nơi nhận").fill("UBND tỉnh; Lưu: VT.")
    story.look(page, "task-issue")
    complete(page)


def committee_answers(story: Story) -> None:
    """By a message to the API, or, where no message comes, by the clerk's hand."""
    today = story.server.call("POST", "/clock", {"advance_seconds": 86_400})["now"][:10]
    if story.paper.answers_by_message:
        case = story.server.call("GET", f"/instances/{story.case_id}")
        answer = {
            "answer": "issued",
            "answer_number": ANSWER_NUMBER,
            "answer_date": today,
            "answer_note": "Phê duyệt phương án.",
        }
        message = {"name": "committee_answer", "correlation": case["business_key"], "variables": answer}
        assert story.server.call("POST", "/messages", message) == {"received": 1}
        return
    page = story.open_task(CLERK, "Ghi nhận trả lời của UBND tỉnh")
    _choose(page, "Đã ban hành")
    page.get_by_label("Số, ký hiệu văn bản trả lời").fill(ANSWER_NUMBER)
    page.get_by_label("Ngày văn bản trả lời").fill(today)
    story.look(page, "task-answer")
    complete(page)


def official_records_the_result(story: Story) -> None:
    page = story.open_task(OFFICIAL, "Ghi nhận kết quả")
    page.get_by_label("Ghi chú về kết quả").fill("Lưu tại Văn phòng Sở.")
    story.look(page, "task-record")
    complete(page)


def see_the_row_closed(story: Story) -> None:
    page = story.people.at(LEADER, story.plan_path)
    expect(page.get_by_role("heading", name=f"1 trên {story.paper.rows} dòng đã xong")).to_be_visible()
    row = page.get_by_role("row").filter(has=page.get_by_text(f"Dòng {story.paper.carried}", exact=True))
    expect(row).to_contain_text("Xong")
    story.look(page, "plan-with-a-row-done")
    page = story.people.at(OFFICIAL, story.case_path)
    expect(page.get_by_text("Kết quả", exact=True)).to_be_visible()
    story.look(page, "case-closed")


def _choose(page: Page, words: str) -> None:
    """Pick an answer as people do, by its words."""
    page.locator("label").filter(has_text=re.compile(rf"^\s*{re.escape(words)}\s*$")).click()
    expect(page.get_by_role("radio", name=words, exact=True)).to_be_checked()
