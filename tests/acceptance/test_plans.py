"""The yearly plan from the paper to running cases: uploaded, reviewed, started, watched; with and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from axe_core_python.sync_playwright import Axe

from tests.unit.web.conftest import Office
from tests.unit.web.plan_paper import PAPER, clear_paper, rows, started, upload, words

pytestmark = pytest.mark.browser
SignIn = Callable[..., Any]
REAL_PLANS = Path(__file__).parents[2] / ".." / "shared" / "plans"


def sideways(page: Any) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def complaints_of_axe(page: Any) -> list[str]:
    found = Axe().run(page)
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found["violations"]]


def choose_paper(page: Any, paper: str) -> None:
    page.set_input_files(
        "input[type=file]", {"name": "ke-hoach.txt", "mimeType": "text/plain", "buffer": paper.encode()}
    )


@pytest.mark.parametrize("scripts", [True, False])
def test_a_clerk_takes_a_plan_from_paper_to_running_cases(office: Office, sign_in: SignIn, scripts: bool) -> None:
    page = sign_in("hac", java_script_enabled=scripts)
    page.goto("/plans")
    page.click("main >> text=Tải kế hoạch lên")
    choose_paper(page, PAPER)
    page.click("button:has-text('Đọc kế hoạch')")
    page.wait_for_url("**/reviews/*-*")
    assert "3 chỗ cần người quyết định" in page.inner_text("main")
    page.click(".doubt-c.open button:has-text('Giữ nguyên')")  # a time that is none
    page.locator(".doubt-c.open").get_by_label("Phòng Quan trắc và Thống kê").check()
    page.click("button:has-text('Gắn đơn vị, sang chỗ tiếp')")
    page.locator(".doubt-other select").select_option(label="Văn phòng Sở")
    page.click("button:has-text('Gắn đơn vị đã chọn')")
    assert "Mọi dòng đã rõ đơn vị và thời gian" in page.inner_text("main")
    page.click("#con-lai a:has-text('chế độ báo cáo')")
    page.click("#muc-reporting button:has-text('Chấp nhận')")
    assert "Đã quyết định hết, có thể bắt đầu" in page.inner_text("main")
    page.click("a:has-text('Sang bước bắt đầu')")
    page.click("button:has-text('Bắt đầu kế hoạch')")
    page.wait_for_url("**/start/progress")
    assert "Đã bắt đầu 0 trên 4 dòng" in page.inner_text("main")
    office.system.tick()
    if scripts:
        page.wait_for_selector("h2:has-text('Đã bắt đầu cả 4 dòng')")  # the page asks by itself
    else:
        page.click("text=Xem số mới")
    page.click("text=Mở kế hoạch")
    assert "Tiến độ: 0 trên 4 dòng đã xong" in page.inner_text("main")
    page.click("a.task:has-text('Rút gọn thủ tục')")
    page.wait_for_url("**/cases/*")


def test_a_review_is_done_by_the_keyboard(office: Office, sign_in: SignIn) -> None:
    plan_id = upload(office.sign_in("hac"))
    page = sign_in("hac")
    page.goto(f"/reviews/{plan_id}")
    first = page.locator(".doubt-c.open b").first.inner_text()
    page.keyboard.press("d")
    page.wait_for_url("**doubt=*")
    assert page.locator(".doubt-c.open b").first.inner_text() != first
    page.goto(f"/reviews/{plan_id}?section=all")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/rows/*")
    assert "Sửa dòng 1.2" in page.inner_text("main")


BROKEN = """KẾ HOẠCH
Kiểm soát thủ tục hành chính năm 2026

Ít nhất 90% hồ sơ được trả đúng hạn.

STT\tNhiệm vụ\tChủ trì\tPhối hợp\tKết quả\tThời gian
1\tHướng dẫn người dân nộp hồ sơ qua mạng\tVăn phòng Sở\tPhòng Tổ chức và Pháp chế\tTờ\tThường
\ttại bộ phận một cửa\t\t\t\txuyên
2\tCông khai thủ tục\tVăn phòng Sở\tPhòng Tổ chức và Pháp chế\tBảng niêm yết\tTháng 5/2026

Văn phòng Sở gửi báo cáo về Phòng Tổ chức và Pháp chế trước ngày 31/01/2026.
"""
OPEN_TIME = PAPER.replace("Quý nào cũng được", "6 tháng")


@pytest.mark.parametrize("scripts", [True, False])
def test_what_an_open_time_means_is_chosen_and_taken_back(office: Office, sign_in: SignIn, scripts: bool) -> None:
    plan_id = upload(office.sign_in("hac"), OPEN_TIME)
    page = sign_in("hac", java_script_enabled=scripts)
    page.goto(f"/reviews/{plan_id}")
    assert "Cột Thời gian" in page.inner_text(".doubt-c.open")
    if scripts:
        page.keyboard.press("2")
        page.keyboard.press("Enter")
    else:
        page.click(".doubt-c.open button:has-text('Chậm nhất ngày 30/6/2026')")
    page.wait_for_selector("text=Đã hiểu thời gian là “Chậm nhất ngày 30/6/2026”")
    assert str(rows(office, plan_id)["2.2"].due_date) == "2026-06-30"
    if scripts:
        page.keyboard.press("u")
    else:
        page.click("button:has-text('Hoàn tác')")
    page.wait_for_selector("text=Đã hoàn tác thay đổi gần nhất")
    assert rows(office, plan_id)["2.2"].timing == []


def test_choosing_a_row_lights_its_lines_in_the_paper_without_leaving(office: Office, sign_in: SignIn) -> None:
    plan_id = upload(office.sign_in("hac"), clear_paper(30))
    page = sign_in("hac")
    page.goto(f"/reviews/{plan_id}?section=all")
    for _ in range(3):
        page.keyboard.press("j")
    page.wait_for_selector(".paper tr.lit:has-text('Việc số 3')")
    page.locator(f"#r-{rows(office, plan_id)['30'].id.hex} .rowno").click()
    page.wait_for_selector(".paper tr.lit:has-text('Việc số 30')")
    assert page.locator(".review-t tr.on .rowno").inner_text().endswith("30")
    assert page.url.endswith("?section=all")


def test_the_paper_opens_at_the_lines_of_the_row(office: Office, sign_in: SignIn) -> None:
    plan_id = upload(office.sign_in("hac"), clear_paper(30))
    page = sign_in("hac")
    page.goto(f"/reviews/{plan_id}?row={rows(office, plan_id)['20'].id}")
    lit = page.locator(".paper tr.lit")
    assert "Việc số 20" in lit.inner_text()
    paper, row = page.locator(".paper").bounding_box(), lit.bounding_box()
    assert paper["y"] <= row["y"] <= paper["y"] + paper["height"]


def test_what_was_typed_before_leaving_is_asked_about(office: Office, sign_in: SignIn) -> None:
    plan_id = upload(office.sign_in("hac"))
    page = sign_in("hac")
    page.goto(f"/reviews/{plan_id}/rows/{rows(office, plan_id)['1.1'].id}")
    page.fill("textarea[name=task]", "Đang gõ dở")
    asked: list[str] = []

    def leave(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.once("dialog", leave)
    page.click("a:has-text('Về bảng')")
    page.wait_for_url("**row=*")
    assert asked == ["beforeunload"]


def addresses(office: Office) -> list[str]:
    draft, running = upload(office.sign_in("hac"), OPEN_TIME), started(office, clear_paper(12))
    mended = upload(office.sign_in("hac"), BROKEN)
    row: UUID = rows(office, draft)["2.1"].id
    return [
        "/plans",
        f"/plans/{running}",
        f"/plans/{running}?state=late",
        f"/plans/{running}/start/progress",
        "/plans/due-days?month=2026-05",
        "/reviews",
        f"/reviews/{draft}",
        f"/reviews/{draft}?section=all",
        f"/reviews/{draft}?open=reporting#muc-reporting",
        f"/reviews/{mended}?open=repairs#cho-da-sua",
        f"/reviews/{draft}/head",
        f"/reviews/{draft}/rows/{row}",
        f"/reviews/{draft}/rows/{row}/split",
        f"/reviews/{draft}/rows/new",
        f"/reviews/{draft}/delete",
        f"/plans/{draft}/start",
        "/organisation",
        f"/organisation/units/{office.units['TC']}",
        "/organisation/units/new",
        "/organisation/people",
        f"/organisation/people/{office.people['lua']}",
        "/organisation/people/new",
        "/organisation/substitutions",
        "/working-calendar",
    ]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark"), (320, "light")])
def test_pages_fit_the_window_and_hold_no_barrier(office: Office, sign_in: SignIn, width: int, scheme: str) -> None:
    found: dict[str, Any] = {}
    places = addresses(office)
    page = sign_in("quantri", width=width, height=844, color_scheme=scheme)
    for address in places:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        if trouble := [*complaints_of_axe(page), *([f"{sideways(page)} px too wide"] if sideways(page) > 0 else [])]:
            found[address] = trouble
    assert found == {}


def test_the_doubts_come_before_the_paper_on_a_phone(office: Office, sign_in: SignIn) -> None:
    plan_id = upload(office.sign_in("hac"))
    page = sign_in("hac", width=390, height=844)
    page.goto(f"/reviews/{plan_id}")
    doubts, paper = page.locator("#cho-can-quyet-dinh").bounding_box(), page.locator(".paper").bounding_box()
    assert doubts["y"] < paper["y"]


def test_the_annex_prints_on_landscape_pages_without_the_screen_around_it(office: Office, sign_in: SignIn) -> None:
    plan_id = started(office)
    page = sign_in("hac")
    page.goto(f"/plans/{plan_id}")
    page.emulate_media(media="print")
    for hidden in (".bar", ".nav-side", ".filters", ".gantt >> nth=0", ".heat", ".mix-bar >> nth=0"):
        assert not page.locator(hidden).is_visible(), hidden
    assert page.locator(".print-title").is_visible()
    assert "Việc số 1" in page.inner_text("table.plan-t")


@pytest.mark.skipif(not REAL_PLANS.exists(), reason="the real plans are not beside the checkout")
def test_real_plans_are_reviewed_without_a_broken_page(office: Office) -> None:
    clerk = office.sign_in("hac")
    for place in sorted(REAL_PLANS.glob("*.txt")):
        plan_id = upload(clerk, place.read_bytes(), place.name)
        whole = clerk.get(f"/reviews/{plan_id}?section=all")
        assert whole.status_code == 200
        for row in rows(office, plan_id).values():
            assert row.task[:30] in words(whole.text).replace("&amp;", "&").replace("&#34;", '"') or "&" in row.task
        assert clerk.get(f"/plans/{plan_id}/start").status_code == 200
