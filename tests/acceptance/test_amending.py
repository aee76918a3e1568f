"""A plan is amended in mid-year: the later version beside the running one, in a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.acceptance.pages import complaints_of_axe, press, reads, too_wide
from tests.unit.web.conftest import Office
from tests.unit.web.plan_paper import clear_paper, started
from tests.unit.web.test_amendments import LATER

pytestmark = pytest.mark.browser
SignIn = Callable[..., Any]


def test_a_leader_amends_a_plan_without_scripts(office: Office, sign_in: SignIn, tmp_path: Path) -> None:
    plan_id = started(office, clear_paper(4))
    paper = tmp_path / "dieu-chinh.txt"
    paper.write_text(LATER, encoding="utf-8")
    page = sign_in("nhuan", java_script_enabled=False)
    page.goto(f"/plans/{plan_id}")
    press(page.locator("a:has-text('Điều chỉnh kế hoạch')"))
    page.set_input_files("#tep", paper)
    press(page.locator("button:has-text('Đọc và so sánh')"))
    expect(page.locator("h2:has-text('Dòng thay đổi (2)')")).to_be_visible()
    page.locator("section:has(#h-removed) label:has-text('Giữ như cũ')").click()
    page.fill("#so", "45/QĐ-SNNMT")
    page.fill("#ngay", "2026-03-11")
    press(page.locator("button:has-text('Áp dụng điều chỉnh')"))
    reads(page, "Đang áp dụng 4 thay đổi theo văn bản số 45/QĐ-SNNMT")
    office.system.tick()
    page.goto(f"/plans/{plan_id}")
    rows = page.locator("[data-row]")
    expect(rows.filter(has_text="Kiểm tra các chi cục")).not_to_have_count(0)
    expect(rows.filter(has_text="Đã hủy")).to_have_count(1)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "light"), (1280, "dark")])
def test_the_comparison_reads_well(office: Office, sign_in: SignIn, tmp_path: Path, width: int, scheme: str) -> None:
    plan_id = started(office, clear_paper(4))
    paper = tmp_path / "dieu-chinh.txt"
    paper.write_text(LATER.replace("| Biên bản | Văn phòng Sở |", "| Biên bản | Tổ số hóa |"), encoding="utf-8")
    page = sign_in("nhuan", width=width, color_scheme=scheme)
    page.goto(f"/plans/{plan_id}/amendments")
    assert complaints_of_axe(page) == []
    page.set_input_files("#tep", paper)
    press(page.locator("button:has-text('Đọc và so sánh')"))
    expect(page.locator("#h-changed")).to_be_visible()
    assert complaints_of_axe(page) == []
    assert too_wide(page) == []
