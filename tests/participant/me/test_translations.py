"""Asking for a text in one's own language: sent once, answered by the municipality's next document."""

import copy
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal.demo.numbers import synthetic_pid
from portal.exchange.export.events import waiting
from portal.exchange.shape import digest_of
from portal.i18n.translators import translator_of
from portal.store.db import Store
from tests.exchange.files import example, taken
from tests.settings import settings_for
from tests.strict import StrictClient, opened, sign_in, token_of

GOAL, NEW_GOAL = "Arbeid som helsefagarbeider", "Arbeid som sykepleier"
OWN_GOAL = "Робота помічницею медсестри"
ALONE = {"id", "pid", "given_name", "family_name", "born", "language", "regime", "programme", "start"}
ASK, ASKED = "/meg/oversett/", "Du har bedt om teksten på språket ditt."
ASKED_OWN = translator_of("uk").text(ASKED)


@pytest.fixture
def portal(store: Store, database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The portal with the participant of the documentation's example."""
    taken(store, tmp_path, example())
    with opened(settings_for(database_url)) as app:
        yield app


def issued(day: int, goal: Any) -> dict[str, Any]:
    """The example with another goal, issued on a day of October."""
    document = copy.deepcopy(example())
    document["issued_at"] = f"2026-10-{day:02}T06:00:00+02:00"
    document["participants"][0]["plans"][0]["goal"] = goal
    return document


def translated(original: str) -> list[dict[str, str]]:
    return [
        {"language": "nb", "text": NEW_GOAL if original == GOAL else original},
        {"language": "uk", "text": OWN_GOAL, "origin": "human_translation", "translates": digest_of(original)},
    ]


def buttons(page: str) -> list[str]:
    """The addresses that the page's buttons ask at."""
    return [part.split('"')[0] for part in page.split('formaction="')[1:] if part.startswith(ASK)]


def ask(client: StrictClient, address: str) -> int:
    token = token_of(client.get("/plan").text)
    return client.post(address, data={"csrf_token": token, "next": "/plan"}).status_code


def asked_for(store: Store) -> list[dict[str, Any]]:
    with store.write_session() as session:
        return [event["payload"] for event in waiting(session) if event["kind"] == "translation_asked"]


def test_from_asking_to_reading(portal: Flask, store: Store, tmp_path: Path) -> None:
    client = sign_in(portal, "p-1001", "uk")
    before = client.get("/plan").get_data(as_text=True)
    address = buttons(before)[0]
    assert GOAL in before
    assert [ask(client, address) for _ in range(2)] == [303, 303], "asking twice is harmless"
    assert asked_for(store) == [{"language": "uk", "text": GOAL, "original": "nb", "translates": digest_of(GOAL)}]
    after = client.get("/plan").get_data(as_text=True)
    assert address not in buttons(after)
    assert len(buttons(after)) == len(buttons(before)) - 1
    assert ASKED_OWN in after
    taken(store, tmp_path, issued(3, [{"language": "nb", "text": GOAL}, translated(GOAL)[1]]))
    whole = client.get("/plan").get_data(as_text=True)
    assert f'lang="uk" dir="auto">{OWN_GOAL}' in whole
    assert GOAL in whole, "the Norwegian stands beneath"
    assert address not in buttons(whole)


def test_a_stale_translation_is_shown_as_such_and_can_be_asked_for_anew(
    portal: Flask, store: Store, tmp_path: Path
) -> None:
    client = sign_in(portal, "p-1001", "uk")
    address = buttons(client.get("/plan").get_data(as_text=True))[0]
    ask(client, address)
    taken(store, tmp_path, issued(3, translated(GOAL)))
    page = client.get("/plan").get_data(as_text=True)
    assert OWN_GOAL in page
    assert NEW_GOAL in page
    assert address in buttons(page), "the original is another one now"
    ask(client, address)
    assert [event["text"] for event in asked_for(store)] == [GOAL, NEW_GOAL]


def test_a_translation_that_goes_can_be_asked_for_again(portal: Flask, store: Store, tmp_path: Path) -> None:
    client = sign_in(portal, "p-1001", "uk")
    address = buttons(client.get("/plan").get_data(as_text=True))[0]
    ask(client, address)
    taken(store, tmp_path, issued(3, [{"language": "nb", "text": GOAL}, translated(GOAL)[1]]))
    assert ASKED_OWN not in client.get("/plan").get_data(as_text=True)
    taken(store, tmp_path, issued(4, GOAL))
    assert OWN_GOAL in client.get("/plan").get_data(as_text=True), "the short form of the same text leaves it there"
    taken(store, tmp_path, issued(5, [{"language": "nb", "text": GOAL}]))
    gone = client.get("/plan").get_data(as_text=True)
    assert OWN_GOAL not in gone
    assert ASKED_OWN not in gone
    assert address in buttons(gone)
    ask(client, address)
    assert [event["text"] for event in asked_for(store)] == [GOAL, GOAL]
    assert ASKED_OWN in client.get("/plan").get_data(as_text=True)


@pytest.mark.one_database
def test_a_page_left_open_asks_for_nothing_that_is_shown(portal: Flask, store: Store, tmp_path: Path) -> None:
    client = sign_in(portal, "p-1001", "uk")
    address = buttons(client.get("/plan").get_data(as_text=True))[0]
    taken(store, tmp_path, issued(3, [{"language": "nb", "text": GOAL}, translated(GOAL)[1]]))
    ask(client, address)
    assert ASKED_OWN not in client.get("/plan").get_data(as_text=True), "the translation stands there"


@pytest.mark.one_database
def test_the_last_stop_of_the_way_is_never_a_stale_translation(portal: Flask, store: Store, tmp_path: Path) -> None:
    client = sign_in(portal, "p-1001", "uk")
    taken(store, tmp_path, issued(3, [{"language": "nb", "text": GOAL}, translated(GOAL)[1]]))
    assert f"<strong><bdi>{OWN_GOAL}</bdi></strong>" in client.get("/plan").get_data(as_text=True)
    taken(store, tmp_path, issued(4, translated(GOAL)))
    page = client.get("/plan").get_data(as_text=True)
    assert f'<strong><bdi lang="nb" dir="ltr">{NEW_GOAL}</bdi></strong>' in page
    assert f"<bdi>{OWN_GOAL}</bdi>" not in page


def test_a_translation_under_a_wider_tag_is_shown(portal: Flask, store: Store, tmp_path: Path) -> None:
    own = translated(GOAL)[1] | {"language": "uk-UA"}
    taken(store, tmp_path, issued(3, [{"language": "nb", "text": GOAL}, own]))
    assert f'lang="uk" dir="auto">{OWN_GOAL}' in sign_in(portal, "p-1001", "uk").get("/plan").get_data(as_text=True)


def test_nobody_asks_for_another_persons_text(portal: Flask, store: Store, tmp_path: Path) -> None:
    address = buttons(sign_in(portal, "p-1001", "uk").get("/plan").get_data(as_text=True))[0]
    document = issued(3, GOAL)
    other = document["participants"][0] | {"id": "p-2", "pid": synthetic_pid(date(1990, 5, 4), True)}
    taken(store, tmp_path, document | {"participants": [{k: v for k, v in other.items() if k in ALONE}]})
    stranger = sign_in(portal, "p-2", "uk")
    assert ask(stranger, address) == 404
    assert asked_for(store) == []
    assert ask(sign_in(portal, "p-1001", "uk"), address) == 303


@pytest.mark.one_database
def test_a_reader_of_norwegian_is_offered_nothing(portal: Flask) -> None:
    page = sign_in(portal, "p-1001", "nb").get("/plan").get_data(as_text=True)
    assert GOAL in page
    assert buttons(page) == []
    assert ASKED not in page
