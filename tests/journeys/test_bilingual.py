"""Opening the plan with Norwegian beside, on a phone, for the talk with the adviser; and printing it on A4."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in
from tests.journeys.reading import read
from tests.journeys.serving import Served

A4 = {"width": 718, "height": 1047}  # px at 96 to the inch, within margins of a centimetre
A4_POINTS = (595, 842)


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "without-scripts"])
def test_the_plan_beside_norwegian(
    phone: Callable[..., Page], portal: Served, tmp_path: Path, javascript: bool
) -> None:
    page = phone(javascript=javascript)
    page.context.add_cookies([{"name": "sprak", "value": "ar", "url": portal.address}])
    sign_in(page, portal, "amal")
    page.goto("/plan")
    way = page.locator("a.beside")
    assert way.evaluate("link => link.offsetHeight") >= 48
    way.click()
    page.wait_for_url("**/plan?vis=to")
    halves = page.locator("tbody tr").first.locator("td")
    own, norwegian = (halves.nth(number).bounding_box() for number in (0, 1))
    assert own
    assert norwegian
    assert own["y"] == norwegian["y"]
    assert own["x"] > norwegian["x"], "one's own language comes first, so it stands to the right"
    expect(page.get_by_text("Programmet varer til")).to_be_visible()
    if javascript:
        read(page)
    prints_whole(page, tmp_path / "plan.pdf", 2)
    page.locator("a.back").click()
    page.wait_for_url("**/plan")
    page.goto("/stonad?vis=to")
    prints_whole(page, tmp_path / "stonad.pdf", 1)


def prints_whole(page: Page, file: Path, sheets: int) -> None:
    """On so many sheets of A4, no word stands outside its half, nor a half outside the sheet."""
    usual = page.viewport_size
    assert usual
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4["width"], "height": A4["height"]})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(
        "[...document.querySelectorAll('.both td')].every(half => half.scrollWidth <= half.clientWidth)"
    )
    expect(page.locator(".doors")).not_to_be_visible()
    last = page.locator("tbody tr").last
    expect(last).to_be_visible()
    page.pdf(path=file, prefer_css_page_size=True, print_background=False)
    boxes = re.findall(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]", file.read_bytes())
    assert {(round(float(width)), round(float(height))) for width, height in boxes} == {A4_POINTS}
    assert len(re.findall(rb"/Type ?/Page\b(?!s)", file.read_bytes())) == sheets
    page.emulate_media(media="screen")
    page.set_viewport_size(usual)
