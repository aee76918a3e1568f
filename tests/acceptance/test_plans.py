"""The yearly plan from the paper to running cases: uploaded, reviewed, started, watched; with and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import expect

from tests.acceptance.pages import barriers, press, press_key, reads
from tests.unit.web.conftest import Office
from tests.unit.web.plan_paper import PAPER, clear_paper, rows, started, upload, words

pytestmark = pytest.mark.browser
SignIn = Callable[..., Any]
REAL_PLANS = Path(__file__).parents[2] / ".." / "shared" / "plans"


def choose_paper(page: Any, paper: str) -> None:
    page.set_input_files(
        "input[type=file]", {"name": "ke-hoach.txt", "mimeType": "text/plain", "buffer": paper.encode()}
    )


@pytest.mark.parametrize("scripts", [True, False])
def test_a_clerk_takes_a_plan_from_paper_to_running_cases(office: Office, sign_in: SignIn, scripts: bool) -> None:
    page = sign_in("hac", java_script_enabled=scripts)
    page.goto("/plans")
    press(page.locator("main >> text=Tải kế hoạch lên").first)
    choose_paper(page, PAPER)
    press(page.locator("button:has-text('Đọc kế hoạch')"))
    page.wait_for_url("**/reviews/*-*")
    reads(page, "3 chỗ cần người quyết định")
    press(page.locator(".doubt-c.open button:has-text('Giữ nguyên')"))  # a time that is none
    page.locator(".doubt-c.open").get_by_label("Phòng Quan trắc và Thống kê").check()
    press(page.locator("button:has-text('Gắn đơn vị, sang chỗ tiếp')"))
    page.locator(".doubt-other select").select_option(label="Văn phòng Sở")
    press(page.locator("button:has-text('Gắn đơn vị đã chọn')"))
    reads(page, "Mọi dòng đã rõ đơn vị và thời gian")
    press(page.locator("#con-lai a:has-text('chế độ báo cáo')"))
    press(page.locator("#muc-reporting button:has-text('Chấp nhận')"))
    reads(page, "Đã quyết định hết, có thể bắt đầu")
    press(page.locator("a:has-text('Sang bước bắt đầu')"))
    press(page.locator("button:has-text('Bắt đầu kế hoạch')"))
    page.wait_for_url("**/start/progress")
    reads(page, "Đã bắt đầu 0 trên 4 dòng")
    office.system.tick()
    if not scripts:
        press(page.locator("text=Xem số mới"))
    expect(page.locator("h2:has-text('Đã bắt đầu cả 4 dòng')")).to_be_visible()  # with scripts, the page asks by itself
    press(page.locator("text=Mở kế hoạch").first)
    reads(page, "Tiến độ: 0 trên 4 dòng đã xong")
    press(page.locator("a.task:has-text('Rút gọn thủ tục')"))
    page.wait_for_url("**/cases/*")


def test_a_review_is_done_by_the_keyboard(office: Office, sign_in: SignIn) -> None:
    plan_id = upload(office.sign_in("hac"))
    page = sign_in("hac")
    page.goto(f"/reviews/{plan_id}")
    doubt = page.locator(".doubt-c.open b").first
    first = doubt.inner_text()
    press_key(page, "d")
    page.wait_for_url("**doubt=*")
    expect(doubt).not_to_have_text(first)
    page.goto(f"/reviews/{plan_id}?section=all")
    page.keyboard.press("j")
    page.keyboard.press("j")
    press_key(page, "Enter")
    page.wait_for_url("**/rows/*")
    reads(page, "Sửa dòng 1.2")


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
    reads(page, "Cột Thời gian", within=".doubt-c.open")
    if scripts:
        page.keyboard.press("2")
        press_key(page, "Enter")
    else:
        press(page.locator(".doubt-c.open button:has-text('Chậm nhất ngày 30/6/2026')"))
    reads(page, "Đã hiểu thời gian là “Chậm nhất ngày 30/6/2026”")
    assert str(rows(office, plan_id)["2.2"].due_date) == "2026-06-30"
    if scripts:
        press_key(page, "u")
    else:
        press(page.locator("button:has-text('Hoàn tác')"))
    reads(page, "Đã hoàn tác thay đổi gần nhất")
    assert rows(office, plan_id)["2.2"].timing == []


def test_choosing_a_row_lights_its_lines_in_the_paper_without_leaving(office: Office, sign_in: SignIn) -> None:
    plan_id = upload(office.sign_in("hac"), clear_paper(30))
    page = sign_in("hac")
    page.goto(f"/reviews/{plan_id}?section=all")
    for _ in range(3):
        page.keyboard.press("j")
    expect(page.locator(".paper tr.lit:has-text('Việc số 3')")).to_be_visible()
    page.locator(f"#r-{rows(office, plan_id)['30'].id.hex} .rowno").click()
    expect(page.locator(".paper tr.lit:has-text('Việc số 30')")).to_be_visible()
    expect(page.locator(".review-t tr.on .rowno")).to_have_text(re.compile("30$"))
    assert page.url.endswith("?section=all")


def test_the_paper_opens_at_the_lines_of_the_row(office: Office, sign_in: SignIn) -> None:
    plan_id = upload(office.sign_in("hac"), clear_paper(30))
    page = sign_in("hac")
    page.goto(f"/reviews/{plan_id}?row={rows(office, plan_id)['20'].id}")
    lit = page.locator(".paper tr.lit")
    expect(lit).to_contain_text("Việc số 20")
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
    press(page.locator("a:has-text('Về bảng')"))
    page.wait_for_url("**row=*")
    assert asked == ["beforeunload"]


@pytest.fixture(scope="module")
def places(shared_office: Office) -> list[str]:
    """Pages of an office with a draft full of doubts, a mended one and a running plan."""
    office = shared_office
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


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_pages_fit_the_window_and_hold_no_barrier(places: list[str], visit: SignIn, width: int, scheme: str) -> None:
    assert barriers(visit("quantri", width=width, height=844, color_scheme=scheme), places) == {}


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
    expect(page.locator(".print-title")).to_be_visible()
    reads(page, "Việc số 1", within="table.plan-t")
    for hidden in (".bar", ".nav-side", ".filters", ".gantt >> nth=0", ".heat", ".mix-bar >> nth=0"):
        expect(page.locator(hidden)).to_be_hidden()


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
