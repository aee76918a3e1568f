"""Another case breaks; the administrator finds it, sees why, mends it and lets it go on."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from playwright.sync_api import expect

from tests.acceptance.pages import press
from tests.acceptance.story.telling import ADMINISTRATOR, Story, said

DRAWING = Path(__file__).parent / "sharing.bpmn"
TITLE = "Chia kinh phí lớp tập huấn một cửa"


def a_process_is_deployed(story: Story) -> None:
    made = story.server.call("POST", "/definitions", xml=DRAWING.read_bytes())
    assert (made["key"], made["version"]) == ("sharing", 1)


def a_case_breaks(story: Story) -> None:
    start = {"definition": "sharing", "title": TITLE, "variables": {"total": 120, "parts": 0}}
    case = story.server.call("POST", "/instances", start)
    assert case["open_incidents"] == 1
    story.stuck_case_path = f"/cases/{case['id']}"


def administrator_tries_again_in_vain(story: Story) -> None:
    page = story.people.at(ADMINISTRATOR, "/watch?kind=incident")
    story.look(page, "watch")
    stuck = page.get_by_role("article").filter(has_text=TITLE)
    press(stuck.get_by_role("link", name="Xem lỗi"))
    story.look(page, "incident")
    press(page.get_by_role("button", name="Thử lại", exact=True))
    expect(page.get_by_role("alert").filter(has_text="bước vẫn lỗi")).to_be_visible()


def administrator_mends_it(story: Story) -> None:
    page = story.people.at(ADMINISTRATOR, "/watch?kind=incident")
    press(page.get_by_role("article").filter(has_text=TITLE).get_by_role("link", name="Xem lỗi"))
    page.get_by_label("Tên biến").fill("parts")
    page.get_by_label("Giá trị mới").fill("4")
    page.get_by_label("Lý do").fill("Bốn đơn vị cử người dự.")
    press(page.get_by_role("button", name="Lưu và thử lại"))
    said(page, "Đã thử lại, hồ sơ chạy tiếp")
    expect(page.get_by_role("article").filter(has_text=TITLE)).to_have_count(0)


def see_it_completed(story: Story) -> None:
    story.server.let_pass(timedelta(hours=1))
    page = story.people.at(ADMINISTRATOR, story.stuck_case_path)
    expect(page.locator(".facts")).to_contain_text("Đã xong")
    story.look(page, "case-freed")
    press(page.get_by_role("link", name="Xem biến của hồ sơ"))
    expect(page.get_by_role("row").filter(has_text="share")).to_contain_text("30")
