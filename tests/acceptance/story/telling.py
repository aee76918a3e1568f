"""What the story knows as it goes on, and how its people find their way."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from office.sample import login_of
from tests.acceptance.pages import press
from tests.acceptance.story.paper import Paper
from tests.acceptance.story.people import People
from tests.acceptance.story.server import Server

REVIEWER = login_of("Nguyễn Thị Bích Ngọc")  # Chánh Văn phòng: reviews the plan, and is the head of the lead unit
OFFICIAL = login_of("Vũ Đình Tùng")  # chuyên viên of the lead unit, Văn phòng Sở
UNIT_A = login_of("Ngô Thị Mai")  # Phòng Tổ chức cán bộ, which answers
UNIT_B = login_of("Hồ Thị Nga")  # Thanh tra Sở, which stays silent
LEADER = login_of("Trần Quang Khải")  # Giám đốc Sở
CLERK = login_of("Hoàng Thị Lan")  # văn thư
DESIGNER, ADMINISTRATOR = "thietke", "quantri"
OPINION = "Đề nghị ghi rõ thành phần hồ sơ nào được cắt giảm."
RETURNED_BECAUSE = "Bổ sung số liệu hồ sơ của năm trước."


@dataclass
class Story:
    """The office, its people, its paper; addresses are kept as the people see them."""

    server: Server
    people: People
    paper: Paper
    plan_path: str = ""
    case_path: str = ""
    stuck_case_path: str = ""
    kept: dict[str, str] = field(default_factory=dict)

    @property
    def plan_id(self) -> str:
        return self.plan_path.rsplit("/", 1)[-1]

    @property
    def case_id(self) -> str:
        return self.case_path.rsplit("/", 1)[-1]

    def look(self, page: Page, name: str) -> None:
        self.people.photograph(page, name)

    def open_task(self, login: str, step: str) -> Page:
        """The person takes the carried row from their desk; it stands at `step`."""
        page = self.people.at(login, "/desk")
        row = page.get_by_role("listitem").filter(has=page.get_by_text(f"Dòng {self.paper.carried}", exact=True))
        expect(row).to_have_count(1)
        press(row.get_by_role("link").first)
        expect(page.locator(".facts b")).to_have_text(step)
        return page


Step = Callable[[Story], None]


def path_of(page: Page) -> str:
    """Where the page is, without host, question or anchor."""
    return re.sub(r"^https?://[^/]+|[?#].*$", "", page.url)


def said(page: Page, words: str) -> None:
    """The line under the heading says what has happened."""
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()


def complete(page: Page) -> None:
    press(page.get_by_role("button", name="Hoàn thành"))
    said(page, "Đã làm xong")
