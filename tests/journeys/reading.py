"""What every page of a journey must keep: no sideways scrolling, nothing that axe finds, the right direction."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

NARROW = 320


def read(page: Page, path: str | None = None) -> str:
    """Go to `path` (or stay), examine the page, and give its text."""
    if path is not None:
        page.goto(path)
    problems = Axe().run(page)
    assert problems.violations_count == 0, f"{page.url}\n{problems.generate_report()}"
    assert fits(page), f"{page.url} scrolls sideways at {page.viewport_size}"
    return page.locator("main").inner_text()


def fits(page: Page) -> bool:
    """Whether nothing stands outside the screen, at this width and at 320 px."""
    usual = page.viewport_size
    assert usual is not None
    here = _no_wider(page)
    page.set_viewport_size({"width": NARROW, "height": usual["height"]})
    narrow = _no_wider(page)
    page.set_viewport_size(usual)
    return here and narrow


def _no_wider(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
