"""Words 40 % longer than bokmål, and bokmål forced from right to left: every page still fits a small phone."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from portal.i18n import Language
from tests.databases import Embedded
from tests.i18n.pseudo import MADE, TURNED, added
from tests.journeys.conftest import sign_in
from tests.journeys.reading import fits
from tests.journeys.serving import Served, serving

PAGES = ("/", "/plan", "/timeplan", "/fravaer", "/permisjon", "/permisjon/ny", "/stonad", "/meg")
POINTING = {"chevron", "arrow-back", "door-out"}
SAME_BOTH_WAYS = {"clock", "check", "phone"}
ICONS = """[...document.querySelectorAll("svg.icon")].map(icon => [
  icon.querySelector("use").getAttribute("href").split("#")[1], getComputedStyle(icon).transform])"""
NIGHT = "rgb(14, 23, 22)"
MIRRORED, AS_DRAWN = "matrix(-1, 0, 0, 1, 0, 0)", "none"


@pytest.fixture(scope="module")
def portal(embedded: Embedded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A portal that speaks both made-up languages."""
    with added(tmp_path_factory.mktemp("translations")), serving(embedded, tmp_path_factory.mktemp("files")) as served:
        yield served


@pytest.mark.parametrize("language", MADE, ids=["longer", "turned"])
def test_every_page_fits_and_is_open_to_all(phone: Callable[..., Page], portal: Served, language: Language) -> None:
    page = phone()
    page.context.add_cookies([{"name": "sprak", "value": language.id, "url": portal.address}])
    sign_in(page, portal, "amal")
    wide, faults = [], []
    icons: set[tuple[str, str]] = set()
    for path in PAGES:
        page.goto(path)
        assert page.evaluate("[document.documentElement.lang, document.dir]") == [language.id, language.direction]
        open_everything(page)
        wide += [] if fits(page) else [path]
        found = Axe().run(page)
        faults += [found.generate_report()] if found.violations_count else []
        icons |= {(name, how) for name, how in page.evaluate(ICONS)}
    assert wide == [], "these scroll sideways"
    assert faults == []
    turned = MIRRORED if language is TURNED else AS_DRAWN
    assert {how for name, how in icons if name in POINTING} == {turned}
    assert {how for name, how in icons if name not in POINTING} == {AS_DRAWN}
    assert {name for name, _how in icons} >= POINTING | SAME_BOTH_WAYS


def test_every_page_can_be_read_at_night(phone: Callable[..., Page], portal: Served) -> None:
    page = phone()
    page.emulate_media(color_scheme="dark")
    sign_in(page, portal, "amal")
    faults = []
    for path in PAGES:
        page.goto(path)
        open_everything(page)
        assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == NIGHT, path
        found = Axe().run(page)
        faults += [found.generate_report()] if found.violations_count else []
    assert faults == []


def open_everything(page: Page) -> None:
    """Open what is folded, but for the menu, which lies over the page."""
    page.evaluate("document.querySelectorAll('main details').forEach(part => { part.open = true })")
