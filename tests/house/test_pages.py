"""Every page that every demo person can reach, in every language, read strictly: nothing leaks."""

from collections.abc import Iterator

import pytest
from flask import Flask

from portal import clock
from portal.demo import files
from portal.i18n import BY_ID, LANGUAGES, Language
from tests.house.crawling import FIRST, crawl, pages_of
from tests.house.leaks import leaks
from tests.strict import StrictClient, sign_in

PEOPLE = [person.id for person in files.people(clock.today())]
MOST, *REST = PEOPLE


def readers() -> Iterator[tuple[str, Language]]:
    """Everybody in bokmål; in each other language the one who has most, and two of the rest in turn."""
    for number, language in enumerate(LANGUAGES):
        turn = [REST[(2 * number + more) % len(REST)] for more in range(2)]
        yield from ((person, language) for person in ([MOST, *turn] if number else PEOPLE))


@pytest.mark.parametrize(("person", "language"), list(readers()), ids=lambda each: getattr(each, "id", each))
def test_every_page_of_a_person(worded_app: Flask, person: str, language: Language) -> None:
    beside = person != MOST or language.id == "ar"  # the pages of the one who has most would be twice as many
    for address, text in pages_of(worded_app, person, language, beside=beside).items():
        assert "None" not in text, f"a missing value is printed on {address}"
        assert leaks(text, language) == [], address


@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_on_every_database(shown_app: Flask, person: str) -> None:
    assert set(FIRST) <= set(crawl(sign_in(shown_app, person)))


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.id)
@pytest.mark.parametrize("address", ["/", "/logg-inn", "/logg-inn/ikke-registrert", "/logg-ut/ferdig", "/finnes-ikke"])
def test_every_page_before_sign_in(worded_app: Flask, address: str, language: Language) -> None:
    stranger: StrictClient = worded_app.test_client()  # type: ignore[assignment]  # the portal's own class
    answer = stranger.get(address, headers={"Accept-Language": language.id})
    assert answer.status_code in (200, 303, 404)
    if answer.status_code != 303:
        assert f'<html lang="{language.id}"' in answer.get_data(as_text=True)
        assert leaks(answer.get_data(as_text=True), language) == []


PAGE = '<!doctype html><html lang="uk"><title>{title} – Solvik</title><main>{body}</main></html>'


@pytest.mark.parametrize(
    ("wrong", "right", "why"),
    [
        ("<p>Fravær</p>", '<p lang="nb">Fravær</p>', "not marked as Norwegian: 'Fravær'"),
        ("<p>23 November</p>", "<p>понеділок <bdi>23.11.</bdi></p>", "not marked as Norwegian: '23 November'"),
        ("<p>Сума: 1 843 kr</p>", "<p>Сума: <bdi>1 843 kr</bdi></p>", "figures outside <bdi>: 'Сума: 1 843 kr'"),
        ('<b aria-label="Lukk"></b>', '<b aria-label="Закрити"></b>', "not marked as Norwegian: 'Lukk'"),
        ('<p lang="nb">Nei<br></p><p>Nei</p>', '<p lang="nb">Nei<br></p><p>Ні</p>', "not marked as Norwegian: 'Nei'"),
    ],
)
def test_a_leak_is_seen_and_what_is_marked_is_not(wrong: str, right: str, why: str) -> None:
    assert leaks(PAGE.format(title="План", body=wrong), BY_ID["uk"])[:1] == [why]
    assert leaks(PAGE.format(title="План", body=right), BY_ID["uk"]) == []
    assert leaks(PAGE.format(title="Plan", body=right), BY_ID["uk"]) == ["not marked as Norwegian: 'Plan'"]
