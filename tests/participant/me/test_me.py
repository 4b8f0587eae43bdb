"""Questions to the adviser, the language of letters, and who has looked."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from portal.tables.log import Access, AccessLog, Actor, OutgoingEvent, OutgoingKind, Question, Updated
from portal.tables.people import Participant
from tests.strict import StrictClient, token_of

QUESTION = "متى يبدأ الدرس؟"


def ask(client: StrictClient, words: str, once: str, **more: str) -> tuple[int, str]:
    """Send a question; gives the status and the page."""
    csrf = token_of(client.get("/meg").text)
    answer = client.post("/meg", data={"csrf_token": csrf, "idempotency_key": once, "message": words, **more})
    return answer.status_code, answer.get_data(as_text=True)


def questions(app: Flask) -> int:
    """How many questions stand in the store."""
    with app.extensions["store"].read_session() as session:
        return len(session.execute(select(Question.id)).all())


def test_a_question_is_sent_once(demo_app: Flask, signed_in: Callable[..., StrictClient]) -> None:
    client, once, before = signed_in("amal", "ar"), str(uuid4()), questions(demo_app)
    assert ask(client, QUESTION, once)[0] == 303
    assert ask(client, QUESTION, once)[0] == 303
    assert questions(demo_app) == before + 1
    assert QUESTION in client.get("/meg").get_data(as_text=True)
    assert QUESTION not in signed_in("danylo").get("/meg").get_data(as_text=True)


def test_a_question_reaches_the_municipality_sealed(demo_app: Flask, signed_in: Callable[..., StrictClient]) -> None:
    ask(signed_in("amal"), "Hvem underviser?", str(uuid4()))
    with demo_app.extensions["store"].read_session() as session:
        kinds = select(OutgoingEvent).where(OutgoingEvent.kind == OutgoingKind.QUESTION_ASKED)
        event = session.execute(kinds).scalars().all()[-1]
        assert b"Hvem" not in event.payload
        assert "Hvem underviser?" in session.info["vault"].open(
            event.payload, "outgoing_event.payload", event.public_id
        )


@pytest.mark.one_database
@pytest.mark.parametrize("words", ["", "   ", "a" * 2001])
def test_a_wrong_question_is_answered_beside_the_field(
    demo_app: Flask, signed_in: Callable[..., StrictClient], words: str
) -> None:
    before = questions(demo_app)
    status, page = ask(signed_in("amal"), words, str(uuid4()))
    assert status == 422
    assert 'aria-invalid="true"' in page
    assert words.strip() in page
    assert questions(demo_app) == before


@pytest.mark.one_database
@pytest.mark.parametrize("name", ["x", "", None, "💥", "1" * 33])
def test_a_name_that_we_did_not_give_is_refused_in_the_readers_language(
    demo_app: Flask, signed_in: Callable[..., StrictClient], name: str | None
) -> None:
    client, before = signed_in("amal", "en"), questions(demo_app)
    csrf = token_of(client.get("/meg").text)
    typed = {"csrf_token": csrf, "message": "Hvem underviser?"} | ({} if name is None else {"idempotency_key": name})
    answer = client.post("/meg", data=typed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Something went wrong. Try again." in page
    assert "Invalid" not in page
    assert "Hvem underviser?" in page
    assert questions(demo_app) == before
    given = page.split('name="idempotency_key" type="hidden" value="')[1].split('"')[0]
    assert client.post("/meg", data=typed | {"idempotency_key": given}).status_code == 303  # trying again helps
    assert questions(demo_app) == before + 1


@pytest.mark.one_database
def test_choosing_a_language_keeps_what_was_typed(demo_app: Flask, signed_in: Callable[..., StrictClient]) -> None:
    before = questions(demo_app)
    status, page = ask(signed_in("amal"), "Halvskrevet spørsmål", str(uuid4()), sprak="uk")
    assert status == 200
    assert "Halvskrevet spørsmål" in page
    assert '<html lang="uk"' in page
    assert questions(demo_app) == before


def test_the_language_of_letters_is_told_to_the_municipality(
    demo_app: Flask, signed_in: Callable[..., StrictClient]
) -> None:
    client = signed_in("danylo", "nb")
    csrf = token_of(client.get("/meg").text)
    assert client.post("/meg/sprak", data={"csrf_token": csrf, "brev": "uk"}).status_code == 303
    with demo_app.extensions["store"].read_session() as session:
        kinds = select(OutgoingEvent.id).where(OutgoingEvent.kind == OutgoingKind.LANGUAGE_CHOSEN)
        assert len(session.execute(kinds).all()) == 1


def test_the_log_says_what_an_import_changed(demo_app: Flask, signed_in: Callable[..., StrictClient]) -> None:
    with demo_app.extensions["store"].write_session() as session:
        me = session.scalars(select(Participant.id).where(Participant.external_id == "amal")).one()
        kinds = [Updated.PROTECTION_ENDED.value, Updated.PLAN.value, Updated.PAYMENTS.value]
        line = {"participant_id": me, "actor": Actor.MUNICIPALITY, "access": Access.IMPORTED}
        session.add(AccessLog(**line, updated=kinds))
        session.commit()
    page = signed_in("amal").get("/meg").get_data(as_text=True)
    assert "Adressen din er ikke lenger beskyttet. · Plan · Utbetaling</span>" in page
