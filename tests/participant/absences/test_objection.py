"""Saying that a registered absence is wrong: once, sealed, told to the municipality, answered or taken back."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from portal.casework import objections, outbox
from portal.store.db import Store
from portal.tables.absence import Absence, AbsenceObjection, AbsenceValidity, ObjectionStatus
from portal.tables.log import OutgoingEvent, OutgoingKind
from portal.tables.texts import Origin, Text, TextVersion
from tests.participant.leave.making import NOW, Journey, absence, add, main_of, rows_of

SAID = "Du har sagt at dette er feil"
WRONG = "Jeg var hos legen. Læreren visste det."


@pytest.fixture
def registered(app: Flask) -> Absence:
    """An invalid absence of Amal's."""
    row = absence(1, date(2026, 10, 14), date(2026, 10, 14), verdict=AbsenceValidity.INVALID, kind=None)
    row.id = 7
    add(app, row)
    return row


def say(person: Journey, row: Absence, words: str = WRONG, idempotency_key: str = "", paper: str = "yes") -> Any:
    """Send the form."""
    return person.post(
        f"/fravaer/{row.public_id}/feil", message=words, paper=paper, idempotency_key=idempotency_key or str(uuid4())
    )


def test_from_the_absence_to_the_form_to_the_receipt(app: Flask, amal: Journey, registered: Absence) -> None:
    address = f"/fravaer/{registered.public_id}"
    assert f'href="{address}/feil"' in amal.html(address)
    assert "Hva er feil?" in amal.says(f"{address}/feil")
    answer = say(amal, registered)
    assert (answer.status_code, answer.location) == (303, f"{address}#contest")
    page = amal.says(address)
    for words in (
        "Du har sagt at dette er feil",
        "Sendt",
        WRONG,
        "Sendt mandag 19.10.2026 kl. 09:00.",
        "Trekk tilbake",
    ):
        assert words in page, page
    assert "Lever dokumentasjonen til kommunen så fort du kan." in page
    assert f'href="{address}/feil"' not in amal.html(address)
    assert amal.client.get(f"{address}/feil").location == f"{address}#contest"


def test_the_words_are_sealed_and_the_municipality_is_told(
    app: Flask, amal: Journey, registered: Absence, small_store: Store
) -> None:
    say(amal, registered)
    [row], [event] = rows_of(app, AbsenceObjection), rows_of(app, OutgoingEvent)
    with small_store.read_session() as session:
        vault = session.info["vault"]
        assert WRONG.encode() not in row.message
        assert vault.open(row.message, objections.PLACE, row.public_id) == WRONG
        told = json.loads(vault.open(event.payload, outbox.PLACE, event.public_id))
    assert event.kind is OutgoingKind.ABSENCE_CONTESTED
    assert (told["contest"], told["absence"], told["text"]) == (row.public_id, registered.external_id, WRONG)
    assert told["has_paper"] is True


def test_sent_twice_is_sent_once_and_only_one_waits(app: Flask, amal: Journey, registered: Absence) -> None:
    once = str(uuid4())
    assert [say(amal, registered, idempotency_key=once).status_code for _ in range(2)] == [303, 303]
    other = say(amal, registered, "Noe annet")
    assert other.status_code == 409
    assert "Du har allerede sagt fra om dette. Vent på svaret." in main_of(other.text)
    assert "Noe annet" in other.text, "what was typed is kept"
    assert len(rows_of(app, AbsenceObjection)) == len(rows_of(app, OutgoingEvent)) == 1


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("words", "problem"), [(" ", "Skriv hva som er feil."), ("x" * 2001, "Du kan bruke 2000 tegn.")]
)
def test_nothing_or_too_much_written(app: Flask, amal: Journey, registered: Absence, words: str, problem: str) -> None:
    answer = say(amal, registered, words)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert problem in main_of(page).replace("\u00a0", "").replace(" tegn", " tegn")
    assert 'value="yes" checked' in page
    assert rows_of(app, AbsenceObjection) == []


@pytest.mark.one_database
def test_a_name_that_we_did_not_give_is_refused_with_a_sentence_of_ours(
    app: Flask, amal: Journey, registered: Absence
) -> None:
    answer = say(amal, registered, idempotency_key="x")
    assert answer.status_code == 422
    assert "Noe gikk galt. Prøv igjen." in main_of(answer.get_data(as_text=True))
    assert "Invalid" not in answer.get_data(as_text=True)
    assert rows_of(app, AbsenceObjection) == []


@pytest.mark.one_database
def test_another_language_keeps_what_is_typed(app: Flask, amal: Journey, registered: Absence) -> None:
    answer = amal.post(f"/fravaer/{registered.public_id}/feil", message=WRONG, idempotency_key=str(uuid4()), sprak="uk")
    assert answer.status_code == 200
    assert WRONG in answer.get_data(as_text=True)
    assert rows_of(app, AbsenceObjection) == []


def test_taken_back_and_said_again(app: Flask, amal: Journey, registered: Absence) -> None:
    say(amal, registered)
    address = f"/fravaer/{registered.public_id}"
    assert [amal.post(f"{address}/feil/trekk").status_code for _ in range(2)] == [303, 303]
    assert "Trukket tilbake" in amal.says(address)
    say(amal, registered, "En gang til")
    assert [row.status for row in rows_of(app, AbsenceObjection)] == [ObjectionStatus.WITHDRAWN, ObjectionStatus.SENT]
    assert [row.kind for row in rows_of(app, OutgoingEvent)] == [
        OutgoingKind.ABSENCE_CONTESTED,
        OutgoingKind.CONTEST_WITHDRAWN,
        OutgoingKind.ABSENCE_CONTESTED,
    ]


def test_an_answer_with_its_reasons(app: Flask, amal: Journey, registered: Absence, small_store: Store) -> None:
    add(app, Text(id=1, public_id="t", participant_id=1))
    with small_store.write_session() as session:
        vault = session.info["vault"]
        session.add(
            TextVersion(
                text_id=1,
                language="nb",
                body=vault.seal("Vi fant ingen avtale hos legen.", "text_version.body", "t", "nb"),
                digest="0" * 64,
                origin=Origin.WRITTEN,
            )
        )
        session.add(
            objection_row(small_store, ObjectionStatus.STANDS, answered_on=date(2026, 10, 18), answer_text_id=1)
        )
        session.commit()
    page = amal.says(f"/fravaer/{registered.public_id}")
    for words in ("Ikke endret", "Vi fant ingen avtale hos legen.", "søndag 18.10.2026", "Du kan klage."):
        assert words in page, page
    assert "Trekk tilbake" not in page
    assert "Les svaret om fraværet ditt" in amal.says("/")
    for _ in range(2):
        assert amal.post(f"/fravaer/{registered.public_id}/feil/lest").status_code == 303
    assert "Jeg har lest dette" not in amal.says(f"/fravaer/{registered.public_id}")
    assert "Les svaret om fraværet ditt" not in amal.says("/")
    amal.post(f"/fravaer/{registered.public_id}/feil/trekk")
    assert [row.status for row in rows_of(app, AbsenceObjection)] == [ObjectionStatus.STANDS]


def objection_row(store: Store, status: ObjectionStatus, **facts: Any) -> AbsenceObjection:
    """A objection of the absence above."""
    public_id = str(uuid4())
    with store.read_session() as session:
        words = session.info["vault"].seal(WRONG, objections.PLACE, public_id)
    return AbsenceObjection(
        public_id=public_id,
        participant_id=1,
        absence_id=7,
        message=words,
        has_paper=False,
        language="nb",
        status=status,
        sent_at=NOW,
        **facts,
    )


@pytest.mark.parametrize(
    ("status", "facts"),
    [
        (ObjectionStatus.STANDS, {"answered_on": date(2026, 10, 18)}),
        (ObjectionStatus.CORRECTED, {}),
        (ObjectionStatus.SENT, {"answered_on": date(2026, 10, 18)}),
    ],
)
@pytest.mark.usefixtures("registered")
def test_the_database_refuses_an_answer_that_is_none(
    app: Flask, small_store: Store, status: ObjectionStatus, facts: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError, match="ck_absence_objection"):
        add(app, objection_row(small_store, status, **facts))
    add(app, objection_row(small_store, ObjectionStatus.CORRECTED, answered_on=date(2026, 10, 18)))


def test_nobody_objects_for_another(
    app: Flask, registered: Absence, as_person: Callable[..., Journey], amal: Journey
) -> None:
    danylo = as_person("danylo")
    assert say(danylo, registered).status_code == 404
    assert danylo.post(f"/fravaer/{registered.public_id}/feil/trekk").status_code == 404
    assert danylo.client.get(f"/fravaer/{registered.public_id}/feil").status_code == 404
    assert say(amal, registered).status_code == 303
    assert len(rows_of(app, AbsenceObjection)) == 1


STANDS = {
    ObjectionStatus.SENT: ("Sendt", "hourglass"),
    ObjectionStatus.RECEIVED: ("Mottatt", "hourglass"),
    ObjectionStatus.CORRECTED: ("Rettet", "check"),
    ObjectionStatus.STANDS: ("Ikke endret", "cross"),
    ObjectionStatus.WITHDRAWN: None,
}


@pytest.mark.one_database
@pytest.mark.parametrize("status", ObjectionStatus)
def test_the_list_says_how_what_one_said_stands(
    app: Flask, amal: Journey, registered: Absence, small_store: Store, status: ObjectionStatus
) -> None:
    other = absence(1, date(2026, 9, 2), date(2026, 9, 2))
    address = f"/fravaer/{registered.public_id}#contest"
    add(app, other)
    assert SAID not in amal.says("/fravaer")
    answered: dict[str, Any] = {}
    if status in (ObjectionStatus.CORRECTED, ObjectionStatus.STANDS):
        add(app, Text(id=1, public_id="t", participant_id=1))
        answered = {"answered_on": date(2026, 10, 18), "answer_text_id": 1}
    add(app, objection_row(small_store, status, **answered))
    page, words = amal.html("/fravaer"), amal.says("/fravaer")
    shown = STANDS[status]
    assert page.count(f'href="{address}"') == words.count(SAID) == (shown is not None)
    if shown:
        word, picture = shown
        assert f"{SAID} {word}" in words
        sign = page.partition(f'href="{address}"')[2].partition("</a>")[0].partition(SAID)[2]
        assert f"#{picture}" in sign
        assert word in sign
        assert 'id="contest"' in amal.html(f"/fravaer/{registered.public_id}"), "where the link leads"


@pytest.mark.one_database
def test_what_was_said_last_is_what_the_list_tells(
    app: Flask, amal: Journey, registered: Absence, as_person: Callable[..., Journey]
) -> None:
    say(amal, registered)
    amal.post(f"/fravaer/{registered.public_id}/feil/trekk")
    assert SAID not in amal.says("/fravaer")
    say(amal, registered, "En gang til")
    assert amal.says("/fravaer").count(f"{SAID} Sendt") == 1
    assert SAID not in as_person("danylo").says("/fravaer")
