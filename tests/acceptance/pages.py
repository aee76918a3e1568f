"""What every browser test does with a page: it presses and waits for what comes, reads, and looks for barriers.

A click may return while the answer is still on its way or has come by half, and a page without its end also lacks its
scripts. So whatever leads to another page goes through `press` or `press_key`, and what changes in place is read by
`reads` or Playwright's own `expect`, which wait. That nothing is there is looked at only after one of them.
"""

from __future__ import annotations

from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

expect.set_options(timeout=30_000)  # as patient a look as Playwright's acts are
NARROWEST = 320
"""The width in pixels into which a page must still fit (WCAG 2.2, 1.4.10)."""
DRAWN_BY_OTHERS = {"exclude": [[".djs-container"], [".md-panel"]]}
"""The drawings of bpmn.io, which axe is not asked about."""


def press(button: Locator) -> None:
    """Press what leads to a page, be it the same one again, and wait until that page is whole."""
    with button.page.expect_navigation():
        button.click()


def press_key(page: Page, key: str) -> None:
    """Press a key that leads to a page, and wait until that page is whole."""
    with page.expect_navigation():
        page.keyboard.press(key)


def reads(page: Page, words: str, *, within: str = "main") -> None:
    """The page says `words` where people see them, now or soon."""
    expect(page.locator(within)).to_contain_text(words, use_inner_text=True)


def drawn(page: Page) -> None:
    """Every diagram of the page is drawn, now or soon."""
    expect(page.locator("[data-island=diagram]:not(:has(svg .djs-shape))")).to_have_count(0)


def barriers(page: Page, addresses: list[str]) -> dict[str, list[str]]:
    """What hinders people at these pages, by address: what axe finds, and what is wider than the window."""
    found = {}
    for address in addresses:
        page.goto(address)
        drawn(page)
        found[address] = [*complaints_of_axe(page), *too_wide(page)]
    return {address: hindrances for address, hindrances in found.items() if hindrances}


def too_wide(page: Page) -> list[str]:
    """Of the page's window and the narrowest, those the page does not fit into."""
    window = page.viewport_size
    assert window is not None
    found = []
    for width in (window["width"], NARROWEST):
        page.set_viewport_size({"width": width, "height": window["height"]})
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if beyond > 0:
            found.append(f"{beyond} px too wide for {width} px")
    page.set_viewport_size(window)
    return found


def complaints_of_axe(page: Page) -> list[str]:
    """The barriers axe finds, each with the first place it stands at."""
    found = Axe().run(page, DRAWN_BY_OTHERS)
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found["violations"]]
