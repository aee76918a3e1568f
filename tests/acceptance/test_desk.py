"""An official's morning: from the desk through a task and back, with the keyboard, on a phone, without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.acceptance.pages import barriers, press, press_key, reads
from tests.unit.web.conftest import DRAFTED, Office

pytestmark = pytest.mark.browser
SignIn = Callable[..., Any]


def coordinating(office: Office) -> list[dict[str, object]]:
    return [{"unit": str(office.units["QT"]), "by_letter": False}]


def test_work_goes_from_the_drafter_to_another_unit_and_back(office: Office, sign_in: SignIn) -> None:
    office.start(title="Rút gọn thủ tục cấp phép", coordinating=coordinating(office))
    lua, hien = sign_in("lua"), sign_in("hien")
    press(lua.locator("text=Soạn dự thảo").first)
    lua.fill("textarea[name=draft_summary]", "Bỏ ba giấy tờ phải nộp.")
    press(lua.locator("button:has-text('Hoàn thành')"))
    lua.wait_for_url("**/desk")
    reads(lua, "Đã làm xong “Soạn dự thảo”")
    hien.reload()
    press(hien.locator("a:has-text('Gửi ý kiến')"))
    hien.get_by_label("Không thống nhất").or_(hien.locator("input[name=agrees][value=false]")).first.check()
    hien.fill("textarea[name=text]", "Giữ mẫu riêng cho cơ sở chế biến.")
    press(hien.locator("button:has-text('Hoàn thành')"))
    hien.wait_for_url("**/desk")
    lua.reload()
    press(lua.locator("text=Tổng hợp ý kiến").first)
    reads(lua, "1 trên 1 đơn vị đã trả lời.")
    lua.click(".seg label:has-text('Tiếp thu')")
    press(lua.locator("button:has-text('Lưu kết quả xử lý')"))
    reads(lua, "1 trên 1 ý kiến đã xử lý")
    press(lua.locator("a:has-text('Việc có lấy ý kiến')"))
    expect(lua.locator(".dg-canvas .is-active").first).to_be_visible()
    expect(lua.locator(".bjs-powered-by")).to_be_visible()


def test_what_is_typed_is_saved_while_typing_and_there_after_a_reload(office: Office, sign_in: SignIn) -> None:
    instance_id = office.start(coordinating=coordinating(office))
    office.sign_in("lua").post(f"/tasks/{office.task(instance_id).id}/complete", DRAFTED)
    page = sign_in("hien")
    press(page.locator("a:has-text('Gửi ý kiến')"))
    page.get_by_label("Nội dung ý kiến").fill("Đang viết dở")
    reads(page, "Đã lưu nháp", within="[data-draft-status]")
    page.reload()
    expect(page.get_by_label("Nội dung ý kiến")).to_have_value("Đang viết dở")


def test_the_desk_can_be_walked_with_the_keyboard(office: Office, sign_in: SignIn) -> None:
    for number in range(3):
        office.start(number=str(number), title=f"Việc {number}", due_date=f"2026-03-{16 + number}")
    page = sign_in("lua")
    focused = page.locator(":focus")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(focused).to_have_text("Việc 1")
    page.keyboard.press("k")
    expect(focused).to_have_text("Việc 0")
    page.keyboard.press("/")
    expect(focused).to_have_id("q")
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    press_key(page, "Enter")
    page.wait_for_url("**/tasks/*")


def test_rows_are_chosen_and_claimed_together(office: Office, sign_in: SignIn) -> None:
    for number in range(3):
        office.start(number=str(number), title=f"Việc {number}")
    page = sign_in("lua")
    expect(page.locator("[data-pickbar]")).to_be_hidden()
    boxes = page.locator("input[name=task]")
    boxes.nth(0).check()
    boxes.nth(2).check()
    reads(page, "Đã chọn 2 việc", within="[data-pickbar]")
    press(page.locator("button:has-text('Nhận về mình')"))
    reads(page, "Đã nhận 2 việc")
    expect(boxes).to_have_count(1)


def test_the_pages_work_without_scripts(office: Office, sign_in: SignIn) -> None:
    instance_id = office.start(coordinating=coordinating(office))
    office.sign_in("lua").post(f"/tasks/{office.task(instance_id).id}/complete", DRAFTED)
    page = sign_in("hien", java_script_enabled=False)
    press(page.locator("a:has-text('Gửi ý kiến')"))
    page.click("summary:has-text('Khác')")
    page.get_by_label("Nội dung ý kiến").fill("Không có gì thêm")
    press(page.locator("button:has-text('Lưu nháp')"))
    reads(page, "Đã lưu nháp")
    expect(page.get_by_label("Nội dung ý kiến")).to_have_value("Không có gì thêm")


@pytest.fixture(scope="module")
def places(shared_office: Office) -> list[str]:
    """Pages of an office that has something on every list."""
    office = shared_office
    for number, due in (("2.3", "2026-03-09"), ("4.4", "2026-03-12"), ("1.1", None)):
        office.start(number=number, title="Phương án rút gọn thủ tục hành chính", due_date=due)
    instance_id = office.start(number="3.6", coordinating=coordinating(office))
    office.sign_in("lua").post(f"/tasks/{office.task(instance_id).id}/complete", DRAFTED)
    asked = office.task(instance_id)
    office.sign_in("hien").post(f"/tasks/{asked.id}/complete", {"agrees": "false", "text": "Giữ mẫu riêng."})
    return [
        "/desk",
        "/desk/decisions",
        "/desk/done",
        "/desk/search?q=rut gon",
        f"/tasks/{office.task(instance_id).id}",
        f"/cases/{instance_id}",
        "/notices",
        "/account",
    ]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def test_pages_fit_the_window_and_hold_no_barrier(places: list[str], visit: SignIn, width: int, scheme: str) -> None:
    assert barriers(visit("lua", width=width, height=844, color_scheme=scheme), places) == {}
