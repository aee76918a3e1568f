"""A designer's and an administrator's morning in a browser: a name changed and published, a fault mended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_core_python.sync_playwright import Axe

from storage.transactions import reading
from tests.unit.web.conftest import Office
from tests.unit.web.test_watch import broken_case

pytestmark = pytest.mark.browser
SignIn = Callable[..., Any]


def faults_of(page: Any) -> list[str]:
    """What axe finds, the drawings of bpmn.io left out."""
    found = Axe().run(page, {"exclude": [[".djs-container"], [".md-panel"]]})
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found["violations"]]


def sideways(page: Any) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def test_a_designer_renames_a_step_and_publishes_while_a_case_stays_on_its_version(
    office: Office, sign_in: SignIn
) -> None:
    instance_id = office.start("simple", title="Lập danh sách cơ sở")
    page = sign_in("ve")
    page.click(".nav-side a:has-text('Thiết kế quy trình')")
    page.click("a.t:has-text('Việc của một đơn vị')")
    page.click("a:has-text('Vẽ bản mới')")
    page.wait_for_selector(".md [data-element-id=review]")
    page.dblclick("[data-element-id=review] .djs-hit")
    page.fill(".djs-direct-editing-content", "Thẩm định kết quả")
    page.keyboard.press("Enter")
    page.click("[data-action=check]")
    page.wait_for_selector(".md-findings h2")
    page.click("[data-action=publish]")
    page.click("[data-action=publish-confirm]")
    page.click("a[href='/designer/simple']:has-text('Xem quy trình')")
    assert "Bản 2, đang dùng" in page.inner_text("main")
    page.click("a:has-text('So với bản 1')")
    assert "Thẩm định kết quả" in page.inner_text("main")
    assert "Duyệt kết quả" in page.inner_text("main")
    with reading(office.system.database) as work:
        assert work.definitions.get(work.instances.get(instance_id).definition_id).version == 1
    late = office.start("simple", number="2.4")
    with reading(office.system.database) as work:
        assert work.definitions.get(work.instances.get(late).definition_id).version == 2


def test_an_administrator_frees_a_case_by_mending_a_variable(office: Office, sign_in: SignIn) -> None:
    instance_id = broken_case(office, "Tính mức hỗ trợ")
    page = sign_in("quantri")
    page.click(".nav-side a:has-text('Theo dõi điểm kẹt')")
    assert "Lỗi tính toán" in page.inner_text(".stuck")
    page.click("a:has-text('Xem lỗi, sửa biến')")
    page.fill("#ten", "parts")
    page.fill("#gt", "4")
    page.click("button:has-text('Lưu và thử lại')")
    page.wait_for_url("**/watch")
    assert "hồ sơ chạy tiếp" in page.inner_text(".toast-line:not([hidden])")
    with reading(office.system.database) as work:
        assert work.incidents.open_of_instance(instance_id) == []


def test_several_cases_are_suspended_at_once_without_a_script(office: Office, sign_in: SignIn) -> None:
    ids = [office.start(number=str(number), title=f"Việc {number}") for number in range(3)]
    page = sign_in("quantri", java_script_enabled=False)
    page.goto("/watch/cases")
    for box in page.locator("input[name=case]").all():
        box.check()
    page.click("button[value=suspend]")
    assert page.inner_text("h1") == "Tạm dừng 3 hồ sơ?"
    page.click("button.btn-primary")
    office.system.tick()
    page.reload()
    assert "3 xong, 0 lỗi, 0 còn lại" in page.inner_text("main")
    with reading(office.system.database) as work:
        assert {work.instances.get(each).status for each in ids} == {"suspended"}


@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_fit_and_axe_finds_nothing(office: Office, sign_in: SignIn, width: int) -> None:
    office.start("simple", number="2.5", title="Đề nghị xác nhận nguồn gốc lâm sản", due_date="2026-03-04")
    case = office.start(number="1.4", title="Báo cáo tình hình giải quyết hồ sơ quý I")
    broken_case(office, "Tính mức hỗ trợ")
    with reading(office.system.database) as work:
        (incident,) = work.incidents.page()
    page = sign_in("quantri", width=width)
    for address in (
        "/watch",
        "/watch/cases",
        f"/watch/cases/{case}/terminate",
        f"/watch/tasks/{office.task(case).id}/assign",
        "/watch/timers",
        "/watch/jobs",
        "/watch/batches",
        "/incidents",
        f"/incidents/{incident.id}",
        "/designer",
        "/designer/new",
        "/designer/simple",
        "/designer/simple/upload",
        "/designer/simple/compare",
        "/designer/simple/withdraw",
        "/forms",
        "/forms/draft",
    ):
        page.goto(address)
        if page.locator("[data-island=diagram]").count():
            page.wait_for_selector(".dg-canvas svg .djs-shape")
        assert sideways(page) == 0, address
        assert faults_of(page) == [], address


def test_choosing_cases_shows_what_can_be_done_with_them(office: Office, sign_in: SignIn) -> None:
    office.start(title="Việc một")
    page = sign_in("nhuan")
    page.goto("/watch/cases")
    assert not page.locator("[data-pickbar]").is_visible()
    page.check("input[name=case]")
    assert page.inner_text("[data-picked]") == "Đã chọn 1 hồ sơ"
    assert not page.locator("button[value=assign]").count()  # a leader gives work to nobody
    page.click("button[value=suspend]")
    assert page.inner_text("h1") == "Tạm dừng 1 hồ sơ?"
