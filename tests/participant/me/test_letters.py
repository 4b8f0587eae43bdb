"""The language chosen in the portal is offered, once, as the language of letters."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlmodel import col

from portal.participant.me.letters import offered, wanted
from portal.participant.me.queries import ContactRow
from portal.tables.people import Participant
from portal.web.language import shown_languages
from tests.settings import settings_for
from tests.strict import StrictClient, token_of

pytestmark = pytest.mark.one_database

OFFER = 'name="brev" value="uk"'
NOW = re.compile(r'<button lang="([^"]+)"[^>]* name="(sprak|brev)" value="[^"]+"[^>]* aria-current="true"')


def answer(client: StrictClient, language: str) -> str:
    """Press one of the buttons of the offer; gives the home page that one comes back to."""
    token = token_of(client.get("/").text)
    sent = client.post("/meg/sprak", data={"csrf_token": token, "brev": language, "next": "/"})
    assert (sent.status_code, sent.headers["Location"]) == (303, "/")
    return client.get("/").get_data(as_text=True)


def chosen(app: Flask) -> str | None:
    with app.extensions["store"].read_session() as session:
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


def put_on_record(app: Flask, language: str) -> None:
    """The municipality has Amal on record with this language, and nothing has been chosen."""
    with app.extensions["store"].write_session() as session:
        amal = update(Participant).where(col(Participant.external_id) == "amal")
        session.execute(amal.values(language=language, chosen_language=None))
        session.commit()


def ticked(client: StrictClient) -> dict[str, str]:
    """Which language the page about me ticks as its own (`sprak`) and as that of letters (`brev`)."""
    card = client.get("/meg").get_data(as_text=True).split('id="language"')[1]
    return {name: language for language, name in NOW.findall(card)}


def choose(client: StrictClient, **typed: str) -> int:
    """Answer which language letters shall be in."""
    token = token_of(client.get("/meg").text)
    return client.post("/meg/sprak", data={"csrf_token": token, **typed}).status_code


def test_the_language_of_letters_and_that_of_the_page_are_two(
    demo_app: Flask, signed_in: Callable[..., StrictClient]
) -> None:
    client = signed_in("amal", "uk")
    assert ticked(client) == {"sprak": "uk", "brev": "ar"}
    assert choose(client, brev="so") == 303
    assert ticked(client) == {"sprak": "uk", "brev": "so"}
    client.set_cookie("sprak", "en", domain="localhost")
    assert ticked(client) == {"sprak": "en", "brev": "so"}
    assert chosen(demo_app) == "so"


@pytest.mark.parametrize("asked", ["", "?sprak=alle"])
def test_a_draft_is_called_one_where_the_language_is_chosen(signed_in: Callable[..., StrictClient], asked: str) -> None:
    card = signed_in("amal", "en").get(f"/meg{asked}").get_data(as_text=True).split('id="language"')[1]
    assert card.split("</section>")[0].count("The translation is a draft.") == 1


def test_a_page_that_follows_the_record_stays_when_letters_change(signed_in: Callable[..., StrictClient]) -> None:
    client = signed_in("amal", "")
    assert ticked(client) == {"sprak": "ar", "brev": "ar"}
    assert choose(client, brev="uk") == 303
    assert ticked(client) == {"sprak": "ar", "brev": "uk"}


@pytest.mark.parametrize(("language", "name"), [("pl", "Polski"), ("dga", "dga"), ("zh-Hant", "中文 (繁體)")])
def test_a_language_that_the_portal_does_not_speak_can_be_kept(
    demo_app: Flask, signed_in: Callable[..., StrictClient], language: str, name: str
) -> None:
    put_on_record(demo_app, language)
    client = signed_in("amal", "uk")
    assert f'name="brev" value="{language}"' in client.get("/").get_data(as_text=True)
    assert ticked(client) == {"sprak": "uk", "brev": language}
    assert f"<span>{name}</span>" in client.get("/meg").get_data(as_text=True)
    assert OFFER not in answer(client, language)
    assert chosen(demo_app) == language
    assert choose(client, brev="so") == 303
    assert ticked(client) == {"sprak": "uk", "brev": "so"}
    assert choose(client, brev=language) == 303  # the one on record can be taken back
    assert ticked(client) == {"sprak": "uk", "brev": language}


def test_nobody_is_asked_about_another_tag_of_their_own_language(
    demo_app: Flask, signed_in: Callable[..., StrictClient]
) -> None:
    put_on_record(demo_app, "ar-SY")
    client = signed_in("amal", "ar")
    assert 'name="brev"' not in client.get("/").get_data(as_text=True)
    assert ticked(client) == {"sprak": "ar", "brev": "ar"}


@pytest.mark.parametrize("typed", [{"brev": "pl"}, {"brev": ""}, {"brev": "💥"}, {}, {"sprak": "so"}])
def test_no_other_language_is_remembered(
    demo_app: Flask, signed_in: Callable[..., StrictClient], typed: dict[str, str]
) -> None:
    assert choose(signed_in("amal", "uk"), **typed) == 303
    assert chosen(demo_app) is None


def test_letters_are_in_a_language_that_is_shown_or_in_ones_own() -> None:
    shown = shown_languages(settings_for("sqlite:////tmp/portal.db", languages="ar,en"))
    person = ContactRow(**dict.fromkeys(ContactRow._fields))._replace(language="uk", chosen_language="ti")
    said = {tag: wanted(tag, shown, person) for tag in ("ar", "apc", "nb", "uk", "ti", "uk-UA", "so", "nn", "xx", "")}
    assert said == {
        "ar": "ar", "apc": "ar", "nb": "nb", "uk": "uk", "ti": "ti", "uk-UA": None, "so": None, "nn": None, "xx": None,
        "": None,
    }  # fmt: skip
    rows = {row.id: row.now for row in offered(shown, person)}
    assert rows == {"ti": True, "uk": False, "nb": False, "ar": False, "en": False}
