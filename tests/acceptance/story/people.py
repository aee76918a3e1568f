"""The people of the story, each with a browser of their own, as they would sit at their own desks."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from office.sample import PASSWORD
from tests.acceptance.pages import drawn, press

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
OUTPUT = Path(__file__).parents[3] / "test-output" / "story"


class People:
    """Opens pages as the people of the sample department; whoever is new signs in first."""

    def __init__(self, browser: Browser, address: str, *, photographs: bool = False) -> None:
        self._browser = browser
        self._address = address
        self._photographs = photographs
        self._desks: dict[str, Page] = {}
        self._taken = 0
        self.troubles: list[str] = []

    def at(self, login: str, path: str = "/") -> Page:
        """The person's page, at `path`."""
        page = self._desks.get(login) or self._sign_in(login)
        page.goto(self._address + path)
        return page

    def photograph(self, page: Page, name: str) -> None:
        """Keep how the page looks at a desk and on a phone."""
        if not self._photographs:
            return
        OUTPUT.mkdir(parents=True, exist_ok=True)
        self._taken += 1
        drawn(page)
        for size in (PHONE, DESK):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.screenshot(path=OUTPUT / f"{self._taken:02}-{name}-{size['width']}.png", full_page=True)

    def leave(self) -> None:
        for page in self._desks.values():
            page.context.close()
        self._desks = {}

    def _sign_in(self, login: str) -> Page:
        context: BrowserContext = self._browser.new_context(locale="vi-VN", viewport=DESK)  # type: ignore[arg-type]
        page = self._desks[login] = context.new_page()
        page.on("pageerror", lambda error: self.troubles.append(f"{login} at {page.url}: {error}"))
        page.on("console", lambda said: self._hear(login, page, said.type, said.text))
        page.goto(self._address + "/")
        page.get_by_label("Tên đăng nhập").fill(login)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        press(page.get_by_role("button", name="Đăng nhập"))
        page.wait_for_url("**/desk")
        return page

    def _hear(self, login: str, page: Page, kind: str, text: str) -> None:
        if kind == "error":
            self.troubles.append(f"{login} at {page.url}: {text}")
