"""The plan's sections open by a tap, by a link into them, and on paper; with and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in
from tests.journeys.reading import read
from tests.journeys.serving import Served


def open_plan(page: Page, portal: Served) -> None:
    """Amal's plan, in bokmål."""
    page.context.add_cookies([{"name": "sprak", "value": "nb", "url": portal.address}])
    sign_in(page, portal, "amal")
    page.goto("/plan")


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "without-scripts"])
def test_sections_open(phone: Callable[..., Page], portal: Served, javascript: bool) -> None:
    page = phone(javascript=javascript)
    open_plan(page, portal)
    appeal = page.get_by_text("Du kan klage på planen.")
    expect(appeal).not_to_be_visible()
    page.get_by_text("Er du uenig i planen?").click()
    expect(appeal).to_be_visible()
    done = page.locator("a.stop[href^='#del-']").first
    inside = page.locator(done.get_attribute("href") or "")
    expect(inside).not_to_be_visible()
    done.click()
    expect(inside).to_be_visible()
    assert page.evaluate("[...document.querySelectorAll('a.stop')].every(a => a.offsetHeight >= 44)")
    if javascript:
        page.evaluate("document.querySelectorAll('main details').forEach(section => { section.open = true })")
        read(page)


def test_paper_shows_every_section(phone: Callable[..., Page], portal: Served) -> None:
    page = phone(javascript=False)
    open_plan(page, portal)
    page.emulate_media(media="print")
    for words in ("Du kan klage på planen.", "Integreringskontrakt", "Norskprøve: snakke"):
        expect(page.get_by_text(words).first).to_be_visible()
