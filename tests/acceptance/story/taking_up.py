"""The plan is taken up: uploaded, reviewed, started."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.acceptance.pages import press
from tests.acceptance.story.telling import LEADER, REVIEWER, Story, path_of, said

COORDINATING = "Phòng Tổ chức cán bộ; Thanh tra Sở"
PRODUCT = "Tờ trình UBND tỉnh phê duyệt phương án đơn giản hóa thủ tục"
NEW_UNIT = "Trung tâm Phục vụ hành chính công tỉnh"
START_PATIENCE_MS = 120_000


def upload_the_plan(story: Story) -> None:
    page = story.people.at(REVIEWER, "/reviews")
    story.look(page, "upload")
    page.get_by_label("Tệp kế hoạch").set_input_files(story.paper.path)
    press(page.get_by_role("button", name="Đọc kế hoạch"))
    said(page, f"Đã đọc {story.paper.rows} dòng")
    expect(page.get_by_role("heading", name="Điều cần xem")).to_be_visible()
    expect(page.get_by_text("Cần quyết định").or_(page.get_by_text("Đã nối, đã sửa")).first).to_be_visible()
    story.plan_path = path_of(page).replace("/reviews/", "/plans/")
    story.look(page, "review")


def correct_cells(story: Story) -> None:
    page = _edit_row(story, story.paper.carried)
    page.get_by_label("Phối hợp").fill(COORDINATING)
    page.get_by_label("Sản phẩm").fill(PRODUCT)
    story.look(page, "row")
    press(page.get_by_role("button", name="Ghi dòng"))
    said(page, f"Đã ghi dòng {story.paper.carried}")
    page = _edit_row(story, story.paper.asks_new_unit)
    page.get_by_label("Phối hợp").fill(NEW_UNIT)
    press(page.get_by_role("button", name="Ghi dòng"))
    said(page, f"Đã ghi dòng {story.paper.asks_new_unit}")


def bind_the_units(story: Story) -> None:
    """A proposal of the reader is confirmed; the unit nobody knows is made, to be asked by letter."""
    page = story.people.at(REVIEWER, _review_path(story))
    expect(page.get_by_role("heading", name="cần quyết định")).to_be_visible()
    for _ in range(story.paper.rows):
        if not page.get_by_role("heading", name="cần quyết định").count():
            break
        name = page.locator("input[name=name]").first.input_value()
        if name == NEW_UNIT:
            page.get_by_label("Đơn vị chưa có trong danh mục: tạo mới, không có tài khoản").check()
            story.look(page, "unknown-unit")
        else:
            expect(page.get_by_label("đề xuất")).to_be_checked()
        press(page.get_by_role("button", name="Gắn đơn vị, sang chỗ tiếp"))
        said(page, f"“{name}”")
    expect(page.get_by_role("heading", name="Mọi dòng đã rõ đơn vị và thời gian")).to_be_visible()


def wave_the_repairs_through(story: Story) -> None:
    """What the reader joined is looked at: the first row by itself, the others together, under the reviewer's name."""
    page = story.people.at(REVIEWER, _review_path(story))
    repairs = page.locator("#cho-da-sua")
    story.look(page, "repairs")
    press(repairs.locator(".item-a").get_by_role("button", name="Chấp nhận").first)
    said(page, "ghi tên Nguyễn Thị Bích Ngọc")
    if repairs.count():
        press(repairs.get_by_role("button", name="chỗ đã sửa khi đọc"))
        said(page, "ghi tên Nguyễn Thị Bích Ngọc")
    expect(repairs).to_have_count(0)


def settle_the_warnings(story: Story) -> None:
    """The paper's blanks are filled in, then each warning is settled, the duties stay out, the rest is accepted."""
    page = story.people.at(REVIEWER, _review_path(story))
    press(page.get_by_role("link", name="Sửa phần đầu kế hoạch"))
    page.get_by_label("Số, ký hiệu").fill("12/KH-SNNMT")
    page.get_by_label("Ngày ban hành").fill(f"{story.paper.year}-01-04")
    story.look(page, "head-of-plan")
    press(page.get_by_role("button", name="Ghi"))
    said(page, "Đã ghi phần đầu kế hoạch")
    warnings = page.locator("#muc-warnings")
    while warnings.locator(".item-a").get_by_role("button", name="Giữ nguyên").count():
        press(warnings.locator(".item-a").get_by_role("button", name="Giữ nguyên").first)
        said(page, "Đã ghi, dưới tên Nguyễn Thị Bích Ngọc")
    for kind, choice in (("obligations", "kept"), ("indicators", "kept"), ("reporting", "kept")):
        while page.locator(f"#muc-{kind} button[value={choice}]").count():
            if not page.locator(f"#muc-{kind}[open]").count():
                page.locator(f"#muc-{kind} summary").click()
            press(page.locator(f"#muc-{kind} button[value={choice}]").first)
            said(page, "Đã ghi, dưới tên Nguyễn Thị Bích Ngọc")
    expect(page.get_by_text("Đã quyết định hết.")).to_be_visible()
    story.look(page, "review-settled")


def start_the_plan(story: Story) -> None:
    page = story.people.at(LEADER, _review_path(story))
    press(page.get_by_role("link", name="Sang bước bắt đầu"))
    story.look(page, "start")
    press(page.get_by_role("button", name="Bắt đầu kế hoạch"))
    expect(page.get_by_role("heading", name="bắt đầu").first).to_be_visible()
    story.look(page, "progress")


def see_every_row_started(story: Story) -> None:
    page = story.people.at(LEADER, story.plan_path + "/start/progress")
    expect(page.get_by_role("heading", name=f"Đã bắt đầu cả {story.paper.rows} dòng")).to_be_visible(
        timeout=START_PATIENCE_MS
    )
    press(page.get_by_role("link", name="Mở kế hoạch"))
    expect(page.get_by_role("heading", name=f"trên {story.paper.rows} dòng đã xong")).to_be_visible()
    story.look(page, "plan")


def _review_path(story: Story) -> str:
    return story.plan_path.replace("/plans/", "/reviews/")


def _edit_row(story: Story, number: str) -> Page:
    page = story.people.at(REVIEWER, _review_path(story) + "?section=all")
    row = page.get_by_role("row").filter(has=page.get_by_text(f"Dòng {number}", exact=True))
    press(row.get_by_role("rowheader").get_by_role("link").first)
    expect(page.get_by_role("heading", name=f"Sửa dòng {number}")).to_be_visible()
    return page
