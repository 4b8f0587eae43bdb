"""Going wherever a person can go by following links."""

import html
import re
from collections import deque

from flask import Flask

from portal.i18n import Language
from tests.strict import StrictClient, sign_in

LINK = re.compile(r'<a\b[^>]*\shref="(/[^"]*)"')
BESIDE = re.compile(r"[?&]vis=to\b")
#: Another week or day of the timetable: from there one could go on for years.
TURNED = re.compile(r"[?&](uke|dag)=")
FIRST = ("/", "/plan", "/timeplan", "/fravaer", "/permisjon", "/permisjon/ny", "/stonad", "/vedtak", "/meg")


def links(page: str) -> list[str]:
    """The addresses on this portal that a page leads to, without fragments."""
    return [html.unescape(found).partition("#")[0] for found in LINK.findall(page)]


def pages_of(app: Flask, person: str, language: Language, *, beside: bool = True) -> dict[str, str]:
    """Every page that a person can go to in a language, by address; each must say that it is in that language."""
    pages = crawl(sign_in(app, person, language.id), beside=beside)
    assert set(FIRST) <= set(pages)
    for address, page in pages.items():
        assert f'<html lang="{language.id}" dir="{language.direction}">' in page, address
    return pages


def crawl(client: StrictClient, *, beside: bool = True) -> dict[str, str]:
    """Every page reached from the doors of the portal, by address; each must answer 200, or lead on to one.

    `beside`: also each page once more with Norwegian beside it.
    """
    waiting = deque(FIRST)
    pages: dict[str, str] = {}
    led_on: set[str] = set()
    while waiting:
        address = waiting.popleft()
        if address in pages or address in led_on or address.startswith(("/logg-", "/static/")):
            continue
        if not beside and BESIDE.search(address):
            continue
        answer = client.get(address)
        if answer.status_code == 303:
            led_on.add(address)
            waiting.append(answer.headers["Location"].partition("#")[0])
            continue
        assert answer.status_code == 200, f"{address} answers {answer.status_code}"
        pages[address] = answer.get_data(as_text=True)
        further = links(pages[address])
        waiting.extend(link for link in further if not (TURNED.search(link) and TURNED.search(address)))
    return pages
