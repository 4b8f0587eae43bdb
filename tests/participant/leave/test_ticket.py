"""The card of a request in each of its states: what stands first, and what never stands on it."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from portal.casework import outbox
from portal.law.vocabulary import LeaveKind
from portal.tables.absence import Absence, AbsenceValidity
from portal.tables.decision import Decision, DecisionOutcome
from portal.tables.leave import GRANTED, LeaveEvent, LeaveEventKind, LeaveRequest, RequestStatus
from portal.tables.texts import Origin, Text, TextVersion
from tests.participant.leave.making import NOW, TODAY, Journey, absence, add, main_of, rows_of
from tests.participant.leave.test_sent import decide

pytestmark = pytest.mark.one_database


def card(person: Journey, address: str) -> str:
    """The words of the card alone."""
    page = person.html(address)
    found = re.search(r'<section class="card ticket.*?</section>', page, re.DOTALL)
    assert found
    return main_of(f"<main>{found[0]}</main>")


def stand_as(app: Flask, **values: Any) -> None:
    """Let every request stand otherwise."""
    with app.extensions["store"].write_session() as session:
        session.execute(update(LeaveRequest).values(**values))
        session.commit()


def test_before_it_is_sent_four_lines_and_no_more(amal: Journey) -> None:
    page = card(amal, amal.asked("wedding", "2026-11-06") + "/betyr").partition("Mer om reglene")[0]
    assert page.replace("\u00a0", " ").strip() == (
        "Eget bryllup Ikke sendt ennå "
        "Dager 1 dag, fredag 06.11.2026 Da har du 9 av 10 dager igjen. "
        "Penger 0 kr mindre Du beholder stønaden hvis kommunen sier ja. "
        "Svar Du får svar senest mandag 02.11.2026. "
        "Det må du gjøre Kom som vanlig til du har fått svar"
    )


def test_the_days_that_are_said_are_the_days_of_the_bar(amal: Journey) -> None:
    page = amal.html(amal.asked("wedding", "2026-11-16", "2026-11-17") + "/betyr")
    cells = page.partition('class="cells"')[2].partition("</p>")[0]
    assert cells.count('class="this"') == 2, "one that the rules name, and one that the municipality may give"
    assert "Da har du 8 av 10 dager igjen." in main_of(page)


def test_each_year_has_its_own_days(amal: Journey) -> None:
    page = card(amal, amal.asked("holiday", "2026-12-07", "2027-01-29") + "/betyr")
    assert "Av 25 dager i 2026 har du da 7 igjen." in page
    assert "Av 25 dager i 2027 har du da 5 igjen." in page


def test_a_sick_day_that_is_registered_as_invalid_leads_to_what_helps(app: Flask, amal: Journey) -> None:
    day = date(2026, 10, 15)
    add(app, absence(1, day, day, kind=LeaveKind.OWN_ILLNESS, verdict=AbsenceValidity.INVALID))
    draft = amal.asked("ill", str(day))
    page = amal.html(f"{draft}/betyr")
    said = main_of(page)
    assert "Penger Fraværet er registrert som ugyldig. Det du sender nå, endrer ikke trekket." in said
    assert "Du beholder stønaden" not in said
    [row] = rows_of(app, Absence)
    assert f'href="/fravaer/{row.public_id}/feil"' in page
    other = amal.html(amal.asked("ill", "2026-10-16") + "/betyr")
    assert '/feil"' not in other, "the control: a day that nobody has registered"
    assert "Du beholder stønaden." in main_of(other)


def test_no_kept_money_above_a_paper_without_which_it_is_lost(amal: Journey) -> None:
    page = card(amal, amal.asked("ill", "2026-10-19", "2026-10-30") + "/betyr")
    assert "Uten legeerklæring kan du miste penger for de dagene." in page
    assert "Du beholder" not in page


def test_days_outside_are_named_with_the_end(amal: Journey) -> None:
    page = amal.says(amal.asked("holiday", "2028-01-24", "2028-02-04") + "/betyr")
    assert "Programmet ditt gjelder ikke onsdag 02.02. – fredag 04.02.2028." in page
    assert "Programmet varer til og med tirsdag 01.02.2028." in page


def test_from_sent_to_received_to_late(app: Flask, amal: Journey) -> None:
    sent = amal.sent("wedding", "2026-11-16")
    assert card(amal, sent).startswith("Søknaden er sendt Eget bryllup Sendt 09:00 Kommunen henter det Svar senest")
    assert amal.html(sent).count('class="done"') == 1
    with app.extensions["store"].write_session() as session:
        outbox.acknowledge(session, [sent.rpartition("/")[2]], NOW)
        session.commit()
    assert card(amal, sent).startswith("Kommunen har fått søknaden")
    assert amal.html(sent).count('class="done"') == 2
    stand_as(app, sent_at=NOW - timedelta(days=15))
    assert card(amal, sent).startswith("Svaret er forsinket")


def test_the_question_stands_first_with_what_one_can_do(app: Flask, amal: Journey) -> None:
    sent = amal.sent("interview", "2026-11-16", extent="whole")
    with app.extensions["store"].write_session() as session:
        text = Text(participant_id=1)
        session.add(text)
        session.flush()
        body = session.info["vault"].seal("Hvem møter du?", "text_version.body", text.public_id, "nb")
        session.add(TextVersion(text_id=text.id, language="nb", body=body, digest="d", origin=Origin.WRITTEN))
        row = session.execute(update(LeaveRequest).returning(LeaveRequest.id).values(status="more_information"))
        params = {"text_id": text.id}
        asked = {"kind": LeaveEventKind.MORE_INFORMATION, "actor": "municipality", "at": NOW, "params": params}
        session.add(LeaveEvent(request_id=row.scalar_one(), seq=2, **asked))
        session.commit()
    page = card(amal, sent)
    assert page.startswith("Kommunen spør deg")
    assert page.index("Kommunen skriver Hvem møter du?") < page.index("Dager 1 dag")
    whole = amal.html(sent).partition("<main")[2].partition("</main")[0]
    assert 'href="/meg#questions"' in whole
    assert 'href="tel:99887766"' in whole


def test_after_a_full_yes_an_appeal_stands_in_the_decision_alone(app: Flask, amal: Journey) -> None:
    sent = amal.sent("wedding", "2026-11-16")
    decide(app, sent, DecisionOutcome.GRANTED, received_on=TODAY)
    assert "klage" not in card(amal, sent)
    assert "Siste dag for å klage er mandag 09.11.2026." in amal.says(sent), "the control: in its fold"


def test_a_no_says_why_before_all_else_and_how_long_one_may_appeal(app: Flask, amal: Journey) -> None:
    sent = amal.sent("wedding", "2026-11-16")
    decide(app, sent, DecisionOutcome.REFUSED, received_on=TODAY)
    page = card(amal, sent).replace("\u00a0", " ")
    assert page.startswith(
        "Nei, du får ikke fri Eget bryllup · mandag 16.11.2026 Hvorfor Du har undervisning den dagen."
        " Det må du gjøre Du må komme som vanlig. Penger 759 kr mindre Dette gjelder hvis du er borte likevel."
    )
    assert "Siste dag for å klage er mandag 09.11.2026. 21 dager" in page


def test_after_the_deadline_it_was_and_one_may_say_why_one_is_late(app: Flask, amal: Journey) -> None:
    sent = amal.sent("wedding", "2026-11-16")
    decide(app, sent, DecisionOutcome.REFUSED, received_on=date(2026, 9, 14))
    page = card(amal, sent)
    assert "Siste dag for å klage var mandag 05.10.2026." in page
    assert "Du kan likevel klage hvis du har en god grunn til forsinkelsen." in page
    assert "Siste dag for å klage er" not in page


def test_what_is_past_stands_in_the_past_and_on_the_day_of_its_decision(app: Flask, amal: Journey) -> None:
    sent = amal.sent("wedding", "2026-10-16")
    decide(app, sent, DecisionOutcome.GRANTED)
    with app.extensions["store"].write_session() as session:
        session.execute(update(Decision).values(decided_on=date(2026, 10, 12)))
        session.commit()
    page = card(amal, sent)
    assert page.startswith("Du hadde fri Eget bryllup · fredag 16.10.2026 Du var borte fredag 16.10.2026")
    assert "Det må du gjøre" not in page
    assert "Kommunen sa ja. mandag 12.10.2026" in page


def test_a_told_holy_day_waits_for_nobody(amal: Journey) -> None:
    sent = amal.sent("religious", "2026-11-16")
    assert "Du trenger ikke vente på svar" in card(amal, sent)
    absences = amal.says("/fravaer")
    assert "venter på svar" not in absences


def test_what_was_withdrawn_says_to_come(app: Flask, amal: Journey) -> None:
    sent = amal.sent("wedding", "2026-11-16")
    amal.post(f"{sent}/trekk")
    [request] = rows_of(app, LeaveRequest)
    assert request.status is RequestStatus.WITHDRAWN
    assert "Det må du gjøre Du må komme som vanlig." in card(amal, sent)
    assert "Da gjelder det ikke lenger. Du må komme som vanlig." in amal.says("/permisjon")


@pytest.mark.parametrize("language", ["nb", "uk", "ar"])
def test_every_state_has_its_words(app: Flask, as_person: Callable[..., Journey], language: str) -> None:
    me = as_person("amal", language)
    sent = me.sent("doctor", "2026-11-16", extent="hours", hours="2")
    decide(app, sent, DecisionOutcome.GRANTED, received_on=TODAY)
    [decision] = rows_of(app, Decision)
    for status in RequestStatus:
        granted = status in GRANTED
        is_decided = granted or status is RequestStatus.REFUSED
        answered = {"decided_at": NOW, "decision_id": decision.id}
        given = {"granted_from": date(2026, 11, 16), "granted_to": date(2026, 11, 16), "granted_hours": 2}
        values = (given if granted else dict.fromkeys(given)) | (answered if is_decided else dict.fromkeys(answered))
        stand_as(app, status=status, **values)
        assert me.html(sent).count('class="ticket-title"') == 1, status
        assert me.client.get(f"{sent}/kvittering").status_code == 200, status
