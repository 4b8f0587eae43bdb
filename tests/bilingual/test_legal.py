"""Decisions, deductions, appeals: the Norwegian words beneath the reader's own, marked as the ones that count."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from flask import Flask

from tests.house.crawling import crawl
from tests.strict import sign_in, words_in
from tests.web.reading import main_of

pytestmark = pytest.mark.one_database

MARK = "Den norske teksten gjelder."
REQUEST = r"/permisjon/[0-9a-f-]{36}"
ABSENCE = r"/fravaer/[0-9a-f-]{36}"
#: What stood before sending is kept in the language it was sent in and in bokmål, whatever language reads it now.
KEPT = re.compile(r'<div class="inside stack" id="shown">.*?</details>', re.DOTALL)


@cache
def crawled(app: Flask, person: str, language: str) -> dict[str, str]:
    """Every page of a person, by address."""
    return crawl(sign_in(app, person, language), beside=False)


def pages(app: Flask, person: str, language: str, pattern: str) -> Iterator[str]:
    """The person's pages with an address like this."""
    return (text for address, text in crawled(app, person, language).items() if re.fullmatch(pattern, address))


def originals(text: str) -> list[str]:
    """What stands in Norwegian beneath a text of legal weight."""
    found = [element for element in main_of(text).iter() if element.get("class") == "original"]
    assert all((element.get("lang"), element.get("dir")) == ("nb", "ltr") for element in found)
    return [words_in(element) for element in found]


def marks(text: str) -> int:
    """How often the page says which text counts."""
    return len([e for e in main_of(text).iter() if "counts" in (e.get("class") or "").split()])


def said(app: Flask, person: str, language: str, pattern: str) -> list[str]:
    """The Norwegian beneath, on all pages like this; each is marked."""
    found: list[str] = []
    for text in pages(app, person, language, pattern):
        assert marks(text) == len(originals(text))
        found += originals(text)
    return found


@pytest.mark.parametrize("language", ["uk", "ar"])
def test_a_decision_and_its_appeal(shown_app: Flask, language: str) -> None:
    """Danylo's leave was refused; the reason is translated into Ukrainian only."""
    found = " ".join(said(shown_app, "danylo", language, REQUEST))
    assert "Du må komme som vanlig disse dagene." in found
    assert "Du har ikke brukt noen dager." in found
    assert ("Du har søkt om åtte dager fri" in found) == (language == "uk"), "an original beneath a translation only"
    assert "Skriv til kommunen hva du er uenig i." in found
    assert re.search(r"Siste dag for å klage (er|var)|Du må klage innen 3 uker", found)


@pytest.mark.parametrize("language", ["uk", "ar"])
def test_an_invalid_absence_and_what_it_costs(shown_app: Flask, language: str) -> None:
    found = said(shown_app, "amal", language, ABSENCE)
    assert any(text.startswith("Ugyldig fravær. Kommunen har ikke godkjent fraværet.") for text in found)
    assert any("mindre på utbetalingen" in text and "for hver time" in text for text in found)


@pytest.mark.parametrize("language", ["uk", "ar"])
def test_a_deduction_and_how_to_appeal_it(shown_app: Flask, language: str) -> None:
    first, *rest = said(shown_app, "amal", language, "/stonad")
    assert "Fraværet er registrert som ugyldig. onsdag" in first
    assert "Stønaden for én time er stønaden for et år delt på 1850." in first
    assert any("avgjør klagen." in text for text in rest)


@pytest.mark.parametrize("language", ["uk", "ar"])
def test_how_to_appeal_the_plan(shown_app: Flask, language: str) -> None:
    (found,) = [text for text in said(shown_app, "amal", language, "/plan") if "klage" in text]
    assert re.match(r"Du kan klage på planen\.\s?(Siste dag for å klage er|Du må klage innen)", found)
    assert re.search(r"Siste dag for å klage (er|var) \w+dag \d\d\.\d\d\.\d{4}\.", found)


@pytest.mark.parametrize("person", ["amal", "danylo"])
def test_in_norwegian_it_is_said_once(shown_app: Flask, person: str) -> None:
    for address, text in crawled(shown_app, person, "nb").items():
        assert MARK not in text, address
        assert "original" not in KEPT.sub("", text), address
        for sentence in (
            "Du må komme som vanlig disse dagene.",
            "Kommunen har ikke godkjent fraværet.",
            "Du kan klage på planen.",
        ):
            if re.fullmatch(f"{REQUEST}|{ABSENCE}|/plan", address):
                twice = re.fullmatch(REQUEST, address)  # the card says it, and the whole decision
                assert text.count(sentence) <= (2 if twice else 1), address


@pytest.mark.parametrize("person", ["amal", "danylo"])
def test_in_nynorsk_the_text_that_counts_stands_alone(shown_app: Flask, person: str) -> None:
    seen = 0
    for address, text in crawled(shown_app, person, "nn").items():
        assert "Den norske teksten gjeld" not in text, address
        assert MARK not in text, address
        assert originals(text) == [], address
        for sentence in (
            "Du må komme som vanlig disse dagene.",
            "Kommunen har ikke godkjent fraværet.",
            "Du kan klage på planen.",
        ):
            seen += text.count(sentence)
            assert text.count(sentence) <= 1, address
            assert '<html lang="nn"' in text
    assert seen


def test_the_mark_stands_beside_too(shown_app: Flask) -> None:
    text = sign_in(shown_app, "amal", "ar").get("/plan?vis=to").get_data(as_text=True)
    assert MARK in words_in(main_of(text))
