"""The title of a page: the municipality's name stays whole in it, whichever way the language runs."""

import re

import pytest
from flask import Flask

from portal.i18n import LANGUAGES, Language
from tests.house.crawling import FIRST
from tests.strict import StrictClient, sign_in

OPEN, CLOSE = "\u2068", "\u2069"
NAME = re.compile(f" – {OPEN}([^{OPEN}{CLOSE}]+){CLOSE}$")


def title(page: str) -> str:
    """What a page is called."""
    return page.partition("<title>")[2].partition("</title>")[0]


def balanced(text: str) -> bool:
    """Whether every isolate that is opened is closed, and none is closed that was not opened."""
    depth = 0
    for letter in text:
        depth += (letter == OPEN) - (letter == CLOSE)
        if depth < 0:
            return False
    return depth == 0


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.id)
def test_the_municipality_is_isolated_in_every_title(worded_app: Flask, language: Language) -> None:
    client = sign_in(worded_app, "amal", language.id)
    named = set()
    for address in (*FIRST, "/finnes-ikke", "/plan?vis=to"):
        found = title(client.get(address).get_data(as_text=True))
        assert balanced(found), found
        match = NAME.search(found)
        assert match, found
        assert len(found) > len(match[0]), "what the page is about comes first"
        assert found.count(match[1]) == 1, "the page beside does not say it twice"
        named.add(match[1])
    assert len(named) == 1
    assert named.pop() in client.get("/meg").get_data(as_text=True)


@pytest.mark.parametrize("address", ["/", "/logg-inn"])
def test_the_title_before_sign_in(worded_app: Flask, address: str) -> None:
    stranger: StrictClient = worded_app.test_client()  # type: ignore[assignment]  # the portal's own class
    page = stranger.get(address, headers={"Accept-Language": "ar"}).get_data(as_text=True)
    assert '<html lang="ar" dir="rtl">' in page
    assert re.search("[A-Za-z]", NAME.findall(title(page))[0]), "a name in Latin letters on an Arabic page"


@pytest.mark.parametrize(
    ("text", "right"),
    [(f"a {OPEN}b{CLOSE}", True), ("a", True), (f"a {OPEN}b", False), (f"{CLOSE}a{OPEN}", False)],
)
def test_what_is_balanced(text: str, right: bool) -> None:
    assert balanced(text) is right
