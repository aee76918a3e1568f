"""While the row is under way, the designer changes the process it runs; the row stays on its version."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.acceptance.pages import press
from tests.acceptance.story.telling import DESIGNER, OFFICIAL, Story, said

PROCESS = "Việc có lấy ý kiến"
OLD_NAME, NEW_NAME = "Soạn dự thảo", "Soạn thảo văn bản"


def designer_publishes_a_new_version(story: Story) -> None:
    page = story.people.at(DESIGNER, "/designer")
    story.look(page, "processes")
    press(page.get_by_role("row").filter(has_text=PROCESS).get_by_role("link", name=PROCESS))
    expect(page.locator(".facts")).to_contain_text("Bản 1, đang dùng")
    story.look(page, "process")
    press(page.get_by_role("link", name="Vẽ bản mới"))
    drawing = page.locator("[data-island=modeler]")
    draft = drawing.locator(".djs-shape", has=page.get_by_text(OLD_NAME, exact=True)).last
    draft.dblclick()
    name = drawing.locator(".djs-direct-editing-content")
    name.fill(NEW_NAME)
    name.press("Enter")
    expect(drawing.locator("svg").get_by_text("Soạn thảo").first).to_be_visible()
    story.look(page, "drawing")
    page.get_by_role("button", name="Phát hành bản mới").click()
    page.get_by_role("dialog").get_by_role("button", name="Phát hành bản mới").click()
    said(page, "Đã phát hành bản 2 của activity")
    press(page.get_by_role("link", name="Xem quy trình"))
    expect(page.locator(".facts")).to_contain_text("Bản 2, đang dùng")
    story.look(page, "process-version-2")


def the_row_stays_on_its_version(story: Story) -> None:
    page = story.people.at(OFFICIAL, story.case_path)
    expect(page.locator(".facts")).to_contain_text(f"{PROCESS}, bản 1")
    expect(page.get_by_role("cell", name=OLD_NAME).or_(page.get_by_role("rowheader", name=OLD_NAME))).to_be_visible()
    expect(page.get_by_text(NEW_NAME)).to_have_count(0)
