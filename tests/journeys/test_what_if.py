"""The what-if in a real browser: the sum follows what is chosen, and the address keeps it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in
from tests.journeys.serving import Served
from tests.journeys.test_leave import WITH_SCRIPTS, WITHOUT_SCRIPTS

SUM = "442,86"  # three hours at the full rate


@pytest.mark.parametrize("javascript", [WITH_SCRIPTS, WITHOUT_SCRIPTS], ids=["with-scripts", "without-scripts"])
def test_three_hours(phone: Callable[..., Page], portal: Served, javascript: bool) -> None:
    page = phone(javascript=javascript)
    sign_in(page, portal, "amal")
    page.goto("/stonad")
    page.locator("main a[href='/stonad/hva-hvis']").click()
    page.wait_for_url("**/hva-hvis")
    page.locator("#hours").fill("3")
    page.locator("label:has(input[value=hours])").click()
    if not javascript:
        page.locator("#what-if button").click()
    page.wait_for_url(re.compile(r"extent=hours&hours=3"))
    expect(page.locator("#result .money-line.minus dd").last).to_contain_text(SUM)
    page.reload()
    expect(page.locator("#hours")).to_have_value("3")
