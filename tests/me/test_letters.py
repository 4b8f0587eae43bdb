"""The language chosen in the portal is offered, once, as the language of letters."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from portal.tables.people import Participant
from tests.strict import StrictClient

OFFER = 'name="brev" value="uk"'


def answer(client: StrictClient, language: str) -> str:
    """Press one of the buttons of the offer; gives the home page that one comes back to."""
    token = client.get("/").get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    sent = client.post("/meg/sprak", data={"csrf_token": token, "brev": language, "next": "/"})
    assert (sent.status_code, sent.headers["Location"]) == (303, "/")
    return client.get("/").get_data(as_text=True)


def chosen(app: Flask) -> str | None:
    with app.extensions["store"].reading() as session:
        row = session.execute(select(Participant.chosen_language).where(Participant.external_id == "amal")).one()
    found: str | None = row[0]
    return found


@pytest.mark.parametrize("language", ["uk", "ar"], ids=["yes", "no"])
def test_it_is_asked_until_it_is_answered(
    demo_app: Flask, signed_in: Callable[..., StrictClient], language: str
) -> None:
    client = signed_in("amal", "uk")
    assert OFFER in client.get("/").get_data(as_text=True)
    page = answer(client, language)
    assert OFFER not in page
    assert '<html lang="uk"' in page, "the portal itself stays in the language that was chosen for it"
    assert chosen(demo_app) == language


def test_nobody_is_asked_about_their_own_language(signed_in: Callable[..., StrictClient]) -> None:
    assert 'name="brev"' not in signed_in("amal", "ar").get("/").get_data(as_text=True)
