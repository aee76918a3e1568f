"""Rút lại in the browser: an official sends the wrong thing, takes it back, mends a word and sends it again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.acceptance.pages import complaints_of_axe, press, reads, too_wide
from tests.unit.web.conftest import Office

pytestmark = pytest.mark.browser
SignIn = Callable[..., Any]


def test_what_was_handed_over_is_taken_back_mended_and_sent_again(office: Office, sign_in: SignIn) -> None:
    instance_id = office.start("simple", title="Rút gọn thủ tục cấp phép")
    lua, khoat = sign_in("lua"), sign_in("khoat")
    press(lua.locator("text=Soạn dự thảo").first)
    lua.fill("textarea[name=draft_summary]", "Bỏ hai giấy tờ phải nộp.")
    press(lua.locator("button:has-text('Hoàn thành')"))
    lua.wait_for_url("**/desk")
    reads(lua, "Đã làm xong “Thực hiện, lập sản phẩm”")
    assert [*complaints_of_axe(lua), *too_wide(lua)] == []
    press(lua.locator(".toast-line button:has-text('Rút lại')"))
    reads(lua, "Đã rút lại “Thực hiện, lập sản phẩm”")
    summary = lua.locator("textarea[name=draft_summary]")
    expect(summary).to_have_value("Bỏ hai giấy tờ phải nộp.")
    summary.fill("Bỏ ba giấy tờ phải nộp.")
    press(lua.locator("button:has-text('Hoàn thành')"))
    lua.wait_for_url("**/desk")
    khoat.reload()
    press(khoat.locator("a:has-text('Duyệt')").first)
    reads(khoat, "Bỏ ba giấy tờ phải nộp.")
    press(khoat.locator("button:has-text('Nhận việc')"))
    reads(khoat, "Đã nhận việc")
    expect(lua.locator(".toast-line button:has-text('Rút lại')")).to_be_visible()
    lua.goto(lua.url.replace("/desk", f"/cases/{instance_id}"))
    reads(lua, "Trịnh Hữu Khoát")
    expect(lua.locator("button:has-text('Rút lại')")).to_have_count(0)
