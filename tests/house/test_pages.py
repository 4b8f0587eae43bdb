"""Every page that every demo person can reach, in every language, read strictly."""

import pytest
from flask import Flask

from portal import clock
from portal.demo import files
from portal.i18n import LANGUAGES, Language
from tests.house.crawling import FIRST, crawl
from tests.strict import StrictClient, sign_in

PEOPLE = [person.id for person in files.people(clock.today())]


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.id)
@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_of_a_person(shown_app: Flask, person: str, language: Language) -> None:
    pages = crawl(sign_in(shown_app, person, language.id))
    assert set(FIRST) <= set(pages)
    for address, text in pages.items():
        assert f'<html lang="{language.id}" dir="{language.direction}">' in text, address
        assert "None" not in text, f"a missing value is printed on {address}"


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.id)
@pytest.mark.parametrize("address", ["/", "/logg-inn", "/logg-inn/ikke-registrert", "/logg-ut/ferdig", "/finnes-ikke"])
def test_every_page_before_sign_in(shown_app: Flask, address: str, language: Language) -> None:
    stranger: StrictClient = shown_app.test_client()  # type: ignore[assignment]  # the portal's own class
    answer = stranger.get(address, headers={"Accept-Language": language.id})
    assert answer.status_code in (200, 303, 404)
    if answer.status_code != 303:
        assert f'<html lang="{language.id}"' in answer.get_data(as_text=True)
