"""The pages of the plan as the demo people meet them."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.law.calendar import weeks_deadline
from portal.participant.plan import queries
from portal.tables.people import Participant, ReadMarker
from portal.tables.plan import Plan
from tests.strict import StrictClient, sign_in, token_of

SignIn = Callable[..., StrictClient]


def markers(app: Flask) -> int:
    with app.extensions["store"].read_session() as session:
        number: int = session.execute(select(func.count()).select_from(ReadMarker)).scalar_one()
        return number


def test_a_changed_plan_is_read_once(demo_app: Flask, signed_in: SignIn) -> None:
    amal = signed_in("amal")
    before = markers(demo_app)
    text = amal.get("/plan").get_data(as_text=True)
    assert "Planen din er endret" in text
    assert "Nytt sted." in text, "it says what"
    assert markers(demo_app) == before, "reading the page writes nothing"
    for _twice in range(2):
        answer = amal.post("/plan/lest", data={"versjon": "3", "csrf_token": token_of(text)})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/plan?lest=1#read")
        assert markers(demo_app) == before + 1
    for address, confirmed in (("/plan?lest=1", True), ("/plan", False)):
        read = amal.get(address).get_data(as_text=True)
        assert "Planen din er endret" not in read
        assert "Du leste planen" in read
        assert 'href="/plan/versjon/3"' in read, "what was changed can still be seen"
        assert ('id="read"' in read) is confirmed


def test_only_an_own_version_can_be_read(demo_app: Flask, signed_in: SignIn) -> None:
    amal = signed_in("amal")
    csrf = token_of(amal.get("/plan").text)
    for wrong in ("4", "0", "", "x"):
        assert amal.post("/plan/lest", data={"versjon": wrong, "csrf_token": csrf}).status_code == 404
    assert amal.post("/plan/lest", data={"versjon": "3", "csrf_token": csrf}).status_code == 303


@pytest.mark.one_database
def test_a_plan_says_where_one_is_and_how_to_appeal(shown_app: Flask) -> None:
    text = sign_in(shown_app, "amal").get("/plan").get_data(as_text=True)
    with shown_app.extensions["store"].read_session() as session:
        received = session.execute(
            select(Plan.received_on).join(Participant).where(Participant.external_id == "amal", Plan.version == 3)
        ).scalar_one()
    assert text.count("Du er her") == 1
    assert f"{weeks_deadline(received):%d.%m.%Y}" in text
    assert "Målet ditt er nivå" in text, "the levels stand there as text too"


@pytest.mark.one_database
def test_own_language_first_and_the_norwegian_beneath(shown_app: Flask) -> None:
    text = sign_in(shown_app, "amal", "ar").get("/plan").get_data(as_text=True)
    assert 'lang="ar"' in text
    assert "Ikke oversatt ennå" in text, "a text without translation says so"
    assert "Jobb som helsefagarbeider" in text


@pytest.mark.one_database
def test_versions(shown_app: Flask) -> None:
    amal = sign_in(shown_app, "amal")
    old = amal.get("/plan/versjon/2").get_data(as_text=True)
    assert "Dette er en gammel plan" in old
    assert "Målet er nå nivå" in old
    assert "Dette er en gammel plan" not in amal.get("/plan/versjon/3").get_data(as_text=True)
    assert "Dette ble endret" not in amal.get("/plan/versjon/1").get_data(as_text=True)
    assert amal.get("/plan/versjon/4").status_code == 404


@pytest.mark.one_database
def test_no_plan_yet(shown_app: Flask) -> None:
    text = sign_in(shown_app, "rahim").get("/plan").get_data(as_text=True)
    with shown_app.extensions["store"].read_session() as session:
        start_by = session.execute(select(Participant.start_by).where(Participant.external_id == "rahim")).scalar_one()
    assert "Du har ingen plan ennå" in text
    assert f"{start_by:%d.%m.%Y}" in text
    assert "integreringsloven § <bdi>15</bdi>" in text
    assert 'href="tel:' in text


@pytest.mark.one_database
def test_training_only(shown_app: Flask) -> None:
    text = sign_in(shown_app, "viktor").get("/plan").get_data(as_text=True)
    assert "Norskplanen din" in text
    assert "Du får ikke introduksjonsstønad" in text
    assert "Programmet varer" not in text


@pytest.mark.one_database
def test_a_finished_programme(shown_app: Flask) -> None:
    text = sign_in(shown_app, "samira").get("/plan").get_data(as_text=True)
    assert "Du har fullført programmet" in text
    assert "Deltakerbeviset ditt er fra" in text
    assert "igjen" not in text.split("</main>")[0], "nothing is left of it"


@pytest.mark.one_database
def test_parental_leave(shown_app: Flask) -> None:
    assert "Du har omsorgspermisjon" in sign_in(shown_app, "mercy").get("/plan").get_data(as_text=True)
    assert "Du har omsorgspermisjon" not in sign_in(shown_app, "amal").get("/plan").get_data(as_text=True)


def test_another_ones_plan_is_never_found(shown_app: Flask) -> None:
    with shown_app.extensions["store"].read_session() as session:
        amal, hana = (
            session.execute(select(Participant.id).where(Participant.external_id == name)).scalar_one()
            for name in ("amal", "hana")
        )
        plans = queries.versions(session, amal)
        stolen = queries.whole(session, hana, plans, "nb")
        own = queries.whole(session, amal, plans, "nb")
    assert all(not version.elements and not version.goals and not version.told for version in stolen)
    assert all(version.elements and version.goals and version.told for version in own)
