"""`make pictures`: the pages as a demo person sees them, in `pictures/<language>/<width>-<page>.png`."""

import argparse
import logging
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from portal.auth import cookies
from tests.databases import Embedded
from tests.journeys.conftest import ARGUMENTS
from tests.journeys.serving import Served, serving
from tests.strict import sign_in
from tools.places import BROWSER, ROOT

PAGES = {
    "hjem": "/",
    "plan": "/plan",
    "timeplan": "/timeplan",
    "fravaer": "/fravaer",
    "permisjon": "/permisjon",
    "permisjon-ny": "/permisjon/ny",
    "stonad": "/stonad",
    "vedtak": "/vedtak",
    "meg": "/meg",
}
LANGUAGES = ("nb", "uk", "ar", "ti", "ps", "ckb", "kmr")
WIDTHS = (320, 360)
HEIGHT = 740
FOLDER = ROOT / "pictures"


def main() -> int:
    """Starts the portal with its demo municipality, walks through the pages and takes the pictures."""
    options = _options()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(executable_path=_browser(), args=ARGUMENTS)
        with serving(Embedded(folder), folder / "files") as portal:
            person = options.person or next(iter(portal.pids))
            for language in options.languages:
                for width in WIDTHS:
                    _walk(browser, portal, person, language, width, dark=options.dark)
        browser.close()
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.pictures", description=__doc__)
    parser.add_argument("--person", help="id of a demo person; the first one unless told")
    parser.add_argument("--dark", action="store_true", help="as at night")
    parser.add_argument("languages", nargs="*", default=LANGUAGES)
    return parser.parse_args()


def _browser() -> str | None:
    return BROWSER.read_text().strip() if BROWSER.exists() else None


def _walk(browser: Browser, portal: Served, person: str, language: str, width: int, *, dark: bool) -> None:
    """One person's tour in one language on one screen."""
    context = browser.new_context(
        base_url=portal.address,
        viewport={"width": width, "height": HEIGHT},
        color_scheme="dark" if dark else "light",
    )
    context.add_cookies([{"name": "sprak", "value": language, "url": portal.address}])
    page = context.new_page()
    page.goto("/")
    page.screenshot(path=_path(language, width, "foer-innlogging"), full_page=True)
    client = sign_in(portal.app, person, language)
    for name in (cookies.name(portal.app.extensions["settings"], cookies.Cookie.LOGIN), "sprak"):
        cookie = client.get_cookie(name)
        context.add_cookies([{"name": name, "value": cookie.value if cookie else "", "url": portal.address}])
    for name, address in PAGES.items():
        answer = page.goto(address)
        page.screenshot(path=_path(language, width, name), full_page=True)
        print(f"  {answer.status if answer else '?'} {language} {width} {address}", flush=True)
    context.close()


def _path(language: str, width: int, name: str) -> Path:
    return FOLDER / language / f"{width}-{name}.png"


if __name__ == "__main__":
    sys.exit(main())
