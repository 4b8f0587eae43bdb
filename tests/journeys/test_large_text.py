"""Large text (WCAG 1.4.4) and narrow screens (1.4.10): nothing is wider than the screen, and every door can be read."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import sign_in
from tests.journeys.serving import Served

PAGES = ("/timeplan", "/meg")
LANGUAGES = ("nb", "ar", "ti", "uk", "ku")
SIZES = (175, 200)
DOORS = 5
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  const outside = (e) => { const box = e.getBoundingClientRect(); return box.left < -1 || box.right > width + 1; };
  const cut = (e) => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1;
  const doors = [...document.querySelectorAll(".doors a")];
  return {
    page: document.documentElement.scrollWidth - width,
    doors: doors.length,
    lost: [...doors.filter(cut), ...[...doors, ...document.querySelectorAll(".bar > *, main > *")].filter(outside)]
      .map((e) => e.textContent.trim()),
  };
}"""


@pytest.mark.parametrize("width", [320, 360])
def test_nothing_is_lost_in_large_text(phone: Callable[..., Page], portal: Served, width: int) -> None:
    page = phone(width=width)
    sign_in(page, portal, "amal")
    for language in LANGUAGES:
        page.context.add_cookies([{"name": "sprak", "value": language, "url": portal.address}])
        for path in PAGES:
            page.goto(path)
            for size in SIZES:
                page.evaluate("size => { document.documentElement.style.fontSize = `${size}%` }", size)
                found = page.evaluate(TOO_WIDE)
                assert (found["page"], found["doors"], found["lost"]) == (0, DOORS, []), (language, path, size)


def test_the_measure_sees_what_is_too_wide(phone: Callable[..., Page], portal: Served) -> None:
    page = phone()
    sign_in(page, portal, "amal")
    page.goto("/timeplan")
    page.evaluate("() => { document.querySelector('.door').style.minInlineSize = '500px' }")
    found = page.evaluate(TOO_WIDE)
    assert found["page"] > 0
    assert found["lost"]
