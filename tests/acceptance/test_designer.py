"""A designer's and an administrator's morning in a browser: a name changed and published, a fault mended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from storage.transactions import reading
from tests.acceptance.pages import barriers, press, reads
from tests.unit.web.conftest import Office
from tests.unit.web.test_watch import broken_case

pytestmark = pytest.mark.browser
SignIn = Callable[..., Any]


def test_a_designer_renames_a_step_and_publishes_while_a_case_stays_on_its_version(
    office: Office, sign_in: SignIn
) -> None:
    instance_id = office.start("simple", title="Lập danh sách cơ sở")
    page = sign_in("ve")
    press(page.locator(".nav-side a:has-text('Thiết kế quy trình')"))
    press(page.locator("a.t:has-text('Việc của một đơn vị')"))
    press(page.locator("a:has-text('Vẽ bản mới')"))
    page.dblclick("[data-element-id=review] .djs-hit")
    page.fill(".djs-direct-editing-content", "Thẩm định kết quả")
    page.keyboard.press("Enter")
    page.click("[data-action=check]")
    expect(page.locator(".md-findings h2").first).to_be_visible()
    page.click("[data-action=publish]")
    page.click("[data-action=publish-confirm]")
    press(page.locator("a[href='/designer/simple']:has-text('Xem quy trình')"))
    reads(page, "Bản 2, đang dùng")
    press(page.locator("a:has-text('So với bản 1')"))
    reads(page, "Thẩm định kết quả")
    reads(page, "Duyệt kết quả")
    with reading(office.system.database) as work:
        assert work.definitions.get(work.instances.get(instance_id).definition_id).version == 1
    late = office.start("simple", number="2.4")
    with reading(office.system.database) as work:
        assert work.definitions.get(work.instances.get(late).definition_id).version == 2


def test_an_administrator_frees_a_case_by_mending_a_variable(office: Office, sign_in: SignIn) -> None:
    instance_id = broken_case(office, "Tính mức hỗ trợ")
    page = sign_in("quantri")
    press(page.locator(".nav-side a:has-text('Theo dõi điểm kẹt')"))
    reads(page, "Lỗi tính toán", within=".stuck")
    press(page.locator("a:has-text('Xem lỗi, sửa biến')"))
    page.fill("#ten", "parts")
    page.fill("#gt", "4")
    press(page.locator("button:has-text('Lưu và thử lại')"))
    page.wait_for_url("**/watch")
    reads(page, "hồ sơ chạy tiếp", within=".toast-line:not([hidden])")
    with reading(office.system.database) as work:
        assert work.incidents.open_of_instance(instance_id) == []


def test_several_cases_are_suspended_at_once_without_a_script(office: Office, sign_in: SignIn) -> None:
    ids = [office.start(number=str(number), title=f"Việc {number}") for number in range(3)]
    page = sign_in("quantri", java_script_enabled=False)
    page.goto("/watch/cases")
    for box in page.locator("input[name=case]").all():
        box.check()
    press(page.locator("button[value=suspend]"))
    expect(page.locator("h1")).to_have_text("Tạm dừng 3 hồ sơ?")
    press(page.locator("button.btn-primary"))
    office.system.tick()
    page.reload()
    reads(page, "3 xong, 0 lỗi, 0 còn lại")
    with reading(office.system.database) as work:
        assert {work.instances.get(each).status for each in ids} == {"suspended"}


@pytest.fixture(scope="module")
def places(shared_office: Office) -> list[str]:
    """Pages of an office with a case that is stuck."""
    office = shared_office
    office.start("simple", number="2.5", title="Đề nghị xác nhận nguồn gốc lâm sản", due_date="2026-03-04")
    case = office.start(number="1.4", title="Báo cáo tình hình giải quyết hồ sơ quý I")
    broken_case(office, "Tính mức hỗ trợ")
    with reading(office.system.database) as work:
        (incident,) = work.incidents.page()
    return [
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
    ]


@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_fit_and_axe_finds_nothing(places: list[str], visit: SignIn, width: int) -> None:
    assert barriers(visit("quantri", width=width), places) == {}


def test_choosing_cases_shows_what_can_be_done_with_them(office: Office, sign_in: SignIn) -> None:
    office.start(title="Việc một")
    page = sign_in("nhuan")
    page.goto("/watch/cases")
    expect(page.locator("[data-pickbar]")).to_be_hidden()
    page.check("input[name=case]")
    expect(page.locator("[data-picked]")).to_have_text("Đã chọn 1 hồ sơ")
    expect(page.locator("button[value=assign]")).to_have_count(0)  # a leader gives work to nobody
    press(page.locator("button[value=suspend]"))
    expect(page.locator("h1")).to_have_text("Tạm dừng 1 hồ sơ?")
