"""A real browser at phone width, with and without JavaScript."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.databases import Embedded
from tests.journeys.serving import Served, serving

PHONE: ViewportSize = {"width": 360, "height": 740}
BROWSER = Path(__file__).parents[2] / ".cache" / "browser"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The browser that the set-up found, kept from calling home."""
    found = {"executable_path": BROWSER.read_text().strip()} if BROWSER.exists() else {}
    return {**browser_type_launch_args, **found, "args": ARGUMENTS}


@pytest.fixture(scope="module")
def portal(embedded: Embedded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A running portal and its demo ID-porten, fresh for each module of journeys."""
    with serving(embedded, tmp_path_factory.mktemp("demo-files")) as served:
        yield served


@pytest.fixture
def phone(browser: Browser, portal: Served) -> Iterator[Callable[..., Page]]:
    """`phone(javascript=False)`: a page of a new browser on a phone, which nobody has used before."""
    contexts = []

    def take(*, javascript: bool = True, locale: str = "nb-NO", width: int = 360) -> Page:
        context = browser.new_context(
            base_url=portal.address,
            viewport={"width": width, "height": PHONE["height"]},
            java_script_enabled=javascript,
            locale=locale,
            reduced_motion="reduce",
        )
        contexts.append(context)
        return context.new_page()

    yield take
    for context in contexts:
        context.close()


def sign_in(page: Page, portal: Served, person: str) -> None:
    """Sign in through the demo ID-porten as a person does: from the front page, by typing the number."""
    page.goto("/")
    page.locator("a[href*='/logg-inn/start']").first.click()
    page.locator("input[name=pid]").fill(portal.pids[person])
    page.locator("button.main").click()
    page.wait_for_url(f"{portal.address}/**")


def type_date(page: Page, name: str, day: date) -> None:
    """Type a date into its three fields."""
    for part in ("day", "month", "year"):
        page.locator(f"[name={name}-{part}]").fill(str(getattr(day, part)))
