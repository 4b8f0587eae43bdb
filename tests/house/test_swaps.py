"""Every part that htmx fetches, put where htmx would put it, must give the page that reloading gives."""

from urllib.parse import urlencode
from xml.etree.ElementTree import Element, tostring

import html5lib
import pytest
from flask import Flask

from tests.strict import StrictClient, sign_in, token_of

pytestmark = pytest.mark.one_database

PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


def tree(text: str) -> Element:
    """A page as a browser builds it."""
    return html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)


def main_of(page: Element) -> Element:
    """What a page says, without the frame around it."""
    return next(element for element in page.iter() if element.tag == "main")


def by_id(page: Element, name: str) -> Element:
    """The one element of that id."""
    (found,) = (element for element in page.iter() if element.get("id") == name)
    return found


@pytest.mark.parametrize("language", ["nb", "ar"])
@pytest.mark.parametrize("typed", [{"first": "2026-12-01"}, {"first": "2026-12-01", "last": "x"}, {}], ids=str)
def test_a_swap_gives_what_reloading_gives(shown_app: Flask, language: str, typed: dict[str, str]) -> None:
    client: StrictClient = sign_in(shown_app, "amal", language)
    page = tree(client.get("/stonad/hva-hvis").get_data(as_text=True))
    (button,) = (element for element in page.iter() if element.get("hx-get"))
    assert button.get("hx-get") == by_id(page, "what-if").get("action"), "the action is the truth"
    assert button.get("hx-swap") == "outerHTML"
    target = (button.get("hx-target") or "").removeprefix("#")
    assert by_id(page, target) is not None
    goal = f"{button.get('hx-get')}?{urlencode({'last': '2026-12-02', 'grunn': 'ugyldig', **typed})}"
    part = client.get(goal, headers=PART).get_data(as_text=True)
    (root,) = html5lib.parseFragment(part, treebuilder="etree", namespaceHTMLElements=False)
    assert root.get("id") == target, "a part's root bears the name of its target"
    reloaded = by_id(main_of(tree(client.get(goal).get_data(as_text=True))), target)
    reloaded.tail = root.tail = None
    assert tostring(root, encoding="unicode") == tostring(reloaded, encoding="unicode")


def test_a_changed_language_stays_where_htmx_has_led(shown_app: Flask) -> None:
    client: StrictClient = sign_in(shown_app, "amal")
    token = token_of(client.get("/timeplan").text)
    form = {"csrf_token": token, "next": "/timeplan", "sprak": "uk"}
    seen = {"Referer": "http://localhost/timeplan?uke=2026-50"}
    assert client.post("/sprak", data=form, headers=seen).headers["Location"] == "/timeplan?uke=2026-50"
    elsewhere = {"Referer": "https://example.org/timeplan?uke=2026-50"}
    assert client.post("/sprak", data=form, headers=elsewhere).headers["Location"] == "/timeplan"
