"""What was sent: its status, its decision, and taking it back."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update
from sqlmodel import Session

from portal.casework import request_records, requests
from portal.casework.result import Refusal
from portal.tables.decision import Decision, DecisionKind, DecisionOutcome
from portal.tables.leave import LeaveEvent, LeaveEventKind, LeaveRequest, RequestStatus
from portal.tables.log import Actor, OutgoingEvent, OutgoingKind
from portal.tables.people import ReadMarker
from portal.tables.texts import Origin, Text, TextVersion
from tests.participant.leave.making import NOW, TODAY, Journey, main_of, rows_of


def decide(app: Flask, address: str, outcome: DecisionOutcome, **facts: Any) -> None:
    """The municipality's answer."""
    public_id = address.split("/")[-1]
    with app.extensions["store"].write_session() as session:
        text = Text(participant_id=1)
        session.add(text)
        session.flush()
        body = session.info["vault"].seal("Du har undervisning den dagen.", "text_version.body", text.public_id, "nb")
        session.add(TextVersion(text_id=text.id, language="nb", body=body, digest="d", origin=Origin.WRITTEN))
        decision = Decision(
            participant_id=1,
            external_id=f"v-{public_id}",
            kind=DecisionKind.LEAVE,
            outcome=outcome,
            section="integreringsforskriften § 14",
            reasons_text_id=text.id,
            decided_on=TODAY,
            decided_by="Kari Nordli",
            **facts,
        )
        session.add(decision)
        session.flush()
        _answer(session, public_id, RequestStatus(outcome), decision.id)
        session.commit()


def _answer(session: Session, public_id: str, status: RequestStatus, decision: int | None) -> None:
    values: dict[str, Any] = {"status": status, "decided_at": NOW, "decision_id": decision}
    values["version"] = LeaveRequest.version + 1
    if status is RequestStatus.GRANTED:
        values |= {"granted_from": LeaveRequest.first_day, "granted_to": LeaveRequest.last_day}
    session.execute(update(LeaveRequest).where(LeaveRequest.public_id == public_id).values(values))


@pytest.mark.one_database
def test_a_waiting_request_says_who_acts_next_and_when(app: Flask, amal: Journey) -> None:
    sent = amal.sent("wedding", "2026-11-16")
    assert "Søknaden er sendt" in (page := amal.says(sent))
    assert "Kommunen henter det Svar senest mandag 02.11." in page
    with app.extensions["store"].write_session() as session:
        session.execute(update(LeaveRequest).values(sent_at=NOW - timedelta(days=15)))
        session.commit()
    assert "Svaret er forsinket" in (page := amal.says(sent))
    assert "Kom som vanlig til du har fått svar Haster det? Ring rådgiveren din." in page


@pytest.mark.one_database
def test_waiting_stands_first(amal: Journey) -> None:
    amal.sent("wedding", "2026-11-16")
    amal.sent("ill", "2026-10-19")
    page = amal.says("/permisjon")
    assert page.index("Eget bryllup") < page.index("Egen sykdom")


@pytest.mark.one_database
def test_a_granted_request(app: Flask, amal: Journey) -> None:
    sent = amal.sent("wedding", "2026-11-16")
    decide(app, sent, DecisionOutcome.GRANTED)
    page = amal.says(sent)
    for words in [
        "Ja, du får fri",
        "Du kan være borte mandag 16.11.2026 Du bruker 1 dag til dette.",
        "Du har fått fri mandag 16.11.2026",
        "Du beholder stønaden.",
        "Du bruker 1 dag til dette.",
        "integreringsforskriften § 14",
        "Du må klage innen 3 uker etter at du fikk vedtaket.",
        "Dette sa portalen da du sendte",
        "Du har 10 dager igjen nå",
        "9 igjen etterpå",
        "Regel: integreringsforskriften § 14",
    ]:
        assert words in page, words


@pytest.mark.one_database
def test_a_refused_request_with_reasons_and_deadline(app: Flask, amal: Journey) -> None:
    sent = amal.sent("wedding", "2026-11-16")
    decide(app, sent, DecisionOutcome.REFUSED, received_on=date(2026, 10, 19))
    page = amal.says(sent)
    for words in [
        "Nei, du får ikke fri",
        "Hvorfor Du har undervisning den dagen.",
        "Det må du gjøre Du må komme som vanlig.",
        "Siste dag for å klage er mandag 09.11.2026",
        "Statsforvalteren i Solvik",
        "Statsforvalteren er et statlig kontor og ikke en del av kommunen.",
    ]:
        assert words in page, words
    assert "trekk" not in amal.html(sent).split("<main")[1].split("</main>")[0]


@pytest.mark.one_database
def test_a_norwegian_reason_is_marked_for_others(app: Flask, as_person: Callable[..., Journey]) -> None:
    amal = as_person("amal", "ar")
    sent = amal.sent("wedding", "2026-11-16")
    decide(app, sent, DecisionOutcome.REFUSED, received_on=date(2026, 10, 19))
    assert '<p lang="nb" dir="auto">Du har undervisning den dagen.</p>' in amal.html(sent)


def test_a_decision_is_marked_as_read_once(app: Flask, amal: Journey) -> None:
    sent = amal.sent("wedding", "2026-11-16")
    decide(app, sent, DecisionOutcome.GRANTED)
    assert "Jeg har lest dette" in amal.says(sent)
    (decision,) = rows_of(app, Decision)
    for _ in range(2):
        answer = amal.post(f"/vedtak/{decision.public_id}/lest")
        assert (answer.status_code, answer.location) == (303, sent)
    (marker,) = rows_of(app, ReadMarker)
    assert marker.subject.startswith("decision:")
    assert "Jeg har lest dette" not in amal.says(sent)


def test_taking_back_asks_once_more_and_tells_the_municipality(app: Flask, amal: Journey) -> None:
    sent = amal.sent("wedding", "2026-11-16")
    assert f"{sent}/trekk" in amal.html(sent)
    asked = amal.html(f"{sent}/trekk")
    assert "Vil du trekke det tilbake?" in main_of(asked)
    assert [amal.post(f"{sent}/trekk").location for _ in range(2)] == [sent, sent]
    page = amal.says(sent)
    assert "Trukket tilbake" in page
    assert "Du trakk det tilbake." in page
    (request,) = rows_of(app, LeaveRequest)
    assert (request.status, request.version) == (RequestStatus.WITHDRAWN, 2)
    assert [event.kind for event in rows_of(app, LeaveEvent)] == [LeaveEventKind.SENT, LeaveEventKind.WITHDRAWN]
    assert [event.kind for event in rows_of(app, OutgoingEvent)] == [
        OutgoingKind.LEAVE_SENT,
        OutgoingKind.LEAVE_WITHDRAWN,
    ]
    assert amal.client.get(f"{sent}/trekk").location == sent


def test_the_municipality_was_first(app: Flask, amal: Journey) -> None:
    sent = amal.sent("wedding", "2026-11-16")
    assert "Vil du trekke det tilbake?" in amal.html(f"{sent}/trekk")
    decide(app, sent, DecisionOutcome.GRANTED)
    answer = amal.post(f"{sent}/trekk")
    assert answer.status_code == 409
    page = main_of(answer.get_data(as_text=True))
    assert "Det kan ikke trekkes tilbake nå" in page
    assert "Ja, du får fri" in page
    (request,) = rows_of(app, LeaveRequest)
    assert request.status is RequestStatus.GRANTED


def test_what_the_municipality_has_only_received_can_still_be_taken_back(app: Flask, amal: Journey) -> None:
    sent = amal.sent("wedding", "2026-11-16")
    amal.html(f"{sent}/trekk")
    with app.extensions["store"].write_session() as session:
        seen = {"status": RequestStatus.RECEIVED, "version": LeaveRequest.version + 1}
        session.execute(update(LeaveRequest).values(seen))
        session.commit()
    assert amal.post(f"{sent}/trekk").status_code == 303
    assert [request.status for request in rows_of(app, LeaveRequest)] == [RequestStatus.WITHDRAWN]


def test_of_two_that_meet_only_one_withdraws(app: Flask, amal: Journey) -> None:
    sent = amal.sent("wedding", "2026-11-16")
    with app.extensions["store"].write_session() as session:
        public_id = sent.split("/")[-1]
        assert request_records.sent(session, 2, public_id) is None
        first, second = (request_records.sent(session, 1, public_id) for _ in range(2))
        assert first
        assert second
        assert requests.withdraw(session, Actor.PARTICIPANT, first, NOW) is None
        assert requests.withdraw(session, Actor.PARTICIPANT, second, NOW) is Refusal.CHANGED_MEANWHILE
        assert requests.withdraw(session, Actor.PARTICIPANT, first, NOW) is Refusal.NOT_WAITING
        session.commit()
    assert [event.seq for event in rows_of(app, LeaveEvent)] == [1, 2]


def test_a_report_can_be_taken_back_until_its_days_are_over(amal: Journey) -> None:
    sent = amal.sent("ill", "2026-10-15", "2026-10-16")
    assert amal.client.get(f"{sent}/trekk").location == sent
    sent = amal.sent("ill", "2026-10-19")
    assert amal.client.get(f"{sent}/trekk").status_code == 200


@pytest.mark.one_database
def test_changing_language_on_the_way_withdraws_nothing(app: Flask, amal: Journey) -> None:
    sent = amal.sent("wedding", "2026-11-16")
    assert amal.post(f"{sent}/trekk", version="1", sprak="ar").status_code == 200
    (request,) = rows_of(app, LeaveRequest)
    assert request.status is RequestStatus.SENT
