"""The front page on a phone: the languages first, and once one is chosen everything up to signing in on one screen."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from portal.i18n import LANGUAGES
from tests.journeys.conftest import PHONE
from tests.journeys.serving import Served


def test_the_languages_stand_first_until_one_is_chosen(phone: Callable[..., Page]) -> None:
    page = phone(javascript=False)
    page.goto("/")
    listed = page.locator("main .languages button")
    expect(listed).to_have_count(len(LANGUAGES))
    listed.locator("text=Українська").click()
    expect(page.locator("html")).to_have_attribute("lang", "uk")
    expect(page.locator("main .languages")).to_have_count(0)
    page.locator(".menu summary").click()
    expect(page.locator(".menu .languages button[aria-current]")).to_have_attribute("value", "uk")


def test_signing_in_needs_no_scrolling_in_any_language(phone: Callable[..., Page], portal: Served) -> None:
    page = phone()
    for language in LANGUAGES:
        page.context.add_cookies([{"name": "sprak", "value": language.id, "url": portal.address}])
        page.goto("/")
        expect(page.locator("html")).to_have_attribute("lang", language.id)
        box = page.locator("main a.button").bounding_box()
        help_box = page.locator("main .fold > summary").bounding_box()
        assert box
        assert help_box
        assert box["height"] >= 68
        assert help_box["y"] + help_box["height"] <= PHONE["height"], language.id


def test_without_a_network_the_page_stays(phone: Callable[..., Page], portal: Served) -> None:
    page = phone()
    page.goto("/")
    page.context.set_offline(True)
    page.locator("main a.button").click()
    expect(page.locator(".announce")).to_contain_text("nett")
    assert page.url == f"{portal.address}/"
    page.context.set_offline(False)
    page.locator("main a.button").click()
    page.wait_for_url("**/logg-inn/**")
