"""Every part that htmx fetches, put where htmx would put it, must give the page that reloading gives."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, tostring

import html5lib
import pytest
from flask import Flask

from tests.house.crawling import FIRST
from tests.strict import StrictClient, sign_in, token_of

pytestmark = pytest.mark.one_database

PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


def tree(text: str) -> Element:
    """A page as a browser builds it."""
    return html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)


def main_of(page: Element) -> Element:
    """What a page says, without the frame around it."""
    return next(element for element in page.iter() if element.tag == "main")


def asks(page: Element) -> Iterator[Element]:
    """The links that htmx would follow by itself."""
    return (element for element in page.iter() if element.tag == "a" and element.get("hx-get"))


def swapped(page: Element, link: Element, part: str) -> str:
    """The page's main part after htmx has put `part` in the place of the link's target."""
    assert link.get("hx-swap") == "outerHTML"
    target = (link.get("hx-target") or "").removeprefix("#")
    (root,) = html5lib.parseFragment(part, treebuilder="etree", namespaceHTMLElements=False)
    assert root.get("id") == target, "a part's root bears the name of its target"
    main = main_of(page)
    for parent in main.iter():
        for index, child in enumerate(list(parent)):
            if child.get("id") == target:
                root.tail = child.tail
                parent[index] = root
                return tostring(main, encoding="unicode")
    raise AssertionError(f"no element {target} to swap")


@pytest.mark.parametrize("language", ["nb", "ar"])
def test_a_swap_gives_what_reloading_gives(shown_app: Flask, language: str) -> None:
    client: StrictClient = sign_in(shown_app, "amal", language)
    tried = 0
    for address in FIRST:
        text = client.get(address).get_data(as_text=True)
        for link in asks(tree(text)):
            goal = link.get("hx-get") or ""
            assert goal == link.get("href"), "the href is the truth"
            part = client.get(goal, headers=PART).get_data(as_text=True)
            reloaded = tostring(main_of(tree(client.get(goal).get_data(as_text=True))), encoding="unicode")
            assert swapped(tree(text), link, part) == reloaded
            tried += 1
    assert tried >= 2, "there are links to try"


def test_a_changed_language_stays_where_htmx_has_led(shown_app: Flask) -> None:
    client: StrictClient = sign_in(shown_app, "amal")
    token = token_of(client.get("/timeplan").text)
    form = {"csrf_token": token, "next": "/timeplan", "sprak": "uk"}
    seen = {"Referer": "http://localhost/timeplan?uke=2026-50"}
    assert client.post("/sprak", data=form, headers=seen).headers["Location"] == "/timeplan?uke=2026-50"
    elsewhere = {"Referer": "https://example.org/timeplan?uke=2026-50"}
    assert client.post("/sprak", data=form, headers=elsewhere).headers["Location"] == "/timeplan"
