"""An official's morning: from the desk through a task and back, with the keyboard, on a phone, without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_core_python.sync_playwright import Axe

from tests.unit.web.conftest import Office

pytestmark = pytest.mark.browser
SignIn = Callable[..., Any]


def coordinating(office: Office) -> list[dict[str, object]]:
    return [{"unit": str(office.units["QT"]), "by_letter": False}]


def sideways(page: Any) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def complaints_of_axe(page: Any) -> list[str]:
    found = Axe().run(page)
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found["violations"]]


def test_work_goes_from_the_drafter_to_another_unit_and_back(office: Office, sign_in: SignIn) -> None:
    office.start(title="Rút gọn thủ tục cấp phép", coordinating=coordinating(office))
    lua, hien = sign_in("lua"), sign_in("hien")
    lua.click("text=Soạn dự thảo")
    lua.click("button:has-text('Hoàn thành')")
    lua.wait_for_url("**/desk")
    assert "Đã làm xong “Soạn dự thảo”" in lua.inner_text("main")
    hien.reload()
    hien.click("a:has-text('Gửi ý kiến')")
    hien.get_by_label("Không thống nhất").or_(hien.locator("input[name=agrees][value=false]")).first.check()
    hien.fill("textarea[name=text]", "Giữ mẫu riêng cho cơ sở chế biến.")
    hien.click("button:has-text('Hoàn thành')")
    hien.wait_for_url("**/desk")
    lua.reload()
    lua.click("text=Tổng hợp ý kiến")
    assert "1 trên 1 đơn vị đã trả lời." in lua.inner_text("main")
    lua.click(".seg label:has-text('Tiếp thu')")
    lua.click("button:has-text('Lưu kết quả xử lý')")
    assert "1 trên 1 ý kiến đã xử lý" in lua.inner_text("main")
    lua.click("a:has-text('Việc có lấy ý kiến')")
    lua.wait_for_selector(".dg-canvas svg .is-active, .dg-canvas .is-active")
    assert lua.locator(".bjs-powered-by").is_visible()


def test_what_is_typed_is_saved_while_typing_and_there_after_a_reload(office: Office, sign_in: SignIn) -> None:
    instance_id = office.start(coordinating=coordinating(office))
    office.sign_in("lua").post(f"/tasks/{office.task(instance_id).id}/complete")
    page = sign_in("hien")
    page.click("a:has-text('Gửi ý kiến')")
    page.fill("textarea[name=text]", "Đang viết dở")
    page.locator("[data-draft-status]", has_text="Đã lưu nháp").wait_for()
    page.reload()
    assert page.input_value("textarea[name=text]") == "Đang viết dở"


def test_the_desk_can_be_walked_with_the_keyboard(office: Office, sign_in: SignIn) -> None:
    for number in range(3):
        office.start(number=str(number), title=f"Việc {number}", due_date=f"2026-03-{16 + number}")
    page = sign_in("lua")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "Việc 1"
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.textContent") == "Việc 0"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tasks/*")


def test_rows_are_chosen_and_claimed_together(office: Office, sign_in: SignIn) -> None:
    for number in range(3):
        office.start(number=str(number), title=f"Việc {number}")
    page = sign_in("lua")
    assert not page.locator("[data-pickbar]").is_visible()
    boxes = page.locator("input[name=task]")
    boxes.nth(0).check()
    boxes.nth(2).check()
    assert "Đã chọn 2 việc" in page.inner_text("[data-pickbar]")
    page.click("text=Nhận về mình")
    assert "Đã nhận 2 việc" in page.inner_text("main")
    assert page.locator("input[name=task]").count() == 1


def test_the_pages_work_without_scripts(office: Office, sign_in: SignIn) -> None:
    instance_id = office.start(coordinating=coordinating(office))
    office.sign_in("lua").post(f"/tasks/{office.task(instance_id).id}/complete")
    page = sign_in("hien", java_script_enabled=False)
    page.click("a:has-text('Gửi ý kiến')")
    page.click("summary:has-text('Khác')")
    page.fill("textarea[name=text]", "Không có gì thêm")
    page.click("button:has-text('Lưu nháp')")
    assert "Đã lưu nháp" in page.inner_text("main")
    assert page.input_value("textarea[name=text]") == "Không có gì thêm"


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844), (320, 700)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_the_window_and_hold_no_barrier(
    office: Office, sign_in: SignIn, width: int, height: int, scheme: str
) -> None:
    if width == 320 and scheme == "dark":
        pytest.skip("the same boxes in other colours")
    for number, due in (("2.3", "2026-03-09"), ("4.4", "2026-03-12"), ("1.1", None)):
        office.start(number=number, title="Phương án rút gọn thủ tục hành chính", due_date=due)
    instance_id = office.start(number="3.6", coordinating=coordinating(office))
    office.sign_in("lua").post(f"/tasks/{office.task(instance_id).id}/complete")
    asked = office.task(instance_id)
    office.sign_in("hien").post(f"/tasks/{asked.id}/complete", {"agrees": "false", "text": "Giữ mẫu riêng."})
    task = office.task(instance_id)
    page = sign_in("lua", width=width, height=height, color_scheme=scheme)
    for address in (
        "/desk",
        "/desk/decisions",
        "/desk/done",
        "/desk/search?q=rut gon",
        f"/tasks/{task.id}",
        f"/cases/{instance_id}",
        "/notices",
        "/account",
    ):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert sideways(page) <= 0, address
        assert complaints_of_axe(page) == [], address
