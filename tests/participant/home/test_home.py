"""Home follows the participant's state, and remembers what was told."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import update

from portal import clock
from portal.demo import files
from portal.law.vocabulary import Documentation, LeaveKind
from portal.tables.decision import Decision, DecisionKind, DecisionOutcome
from portal.tables.leave import LeaveRequest, RequestForm, RequestStatus
from portal.tables.log import OutgoingEvent, OutgoingKind
from portal.tables.people import EndReason, Participant
from portal.tables.schedule import OccurrenceStatus
from tests.participant.absences.test_absences import lesson
from tests.participant.leave.making import NOW, TODAY, Journey, absence, add, main_of, rows_of
from tests.strict import sign_in

pytestmark = pytest.mark.one_database

TOMORROW = TODAY + timedelta(days=1)
CANNOT_COME = "Jeg kan ikke komme"
UNDO = "Angre – jeg kommer"
LATER = {"starts_at": NOW + timedelta(hours=3), "ends_at": NOW + timedelta(hours=5)}


def request(**facts: object) -> LeaveRequest:
    """An application for Wednesday, sent a week ago."""
    values: dict[str, object] = {
        "public_id": str(uuid4()), "number": str(uuid4())[:8], "participant_id": 1, "form": RequestForm.APPLICATION,
        "kind": LeaveKind.WELFARE, "first_day": date(2026, 10, 21), "last_day": date(2026, 10, 21),
        "sent_at": NOW - timedelta(days=7), "language": "nb", "text_version": "1",
    }  # fmt: skip
    return LeaveRequest(**(values | facts))


def decision(**facts: object) -> Decision:
    """A decision of yesterday that may be appealed for three weeks."""
    values: dict[str, object] = {
        "participant_id": 1, "external_id": str(uuid4()), "kind": DecisionKind.PROGRAMME,
        "outcome": DecisionOutcome.DECIDED, "section": "integreringsloven § 8", "decided_on": TODAY - timedelta(days=1),
        "appeal_by": TODAY + timedelta(days=20),
    }  # fmt: skip
    return Decision(**(values | facts))


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """The clock shows another moment."""
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_what_was_told_of_today_is_what_home_says(app: Flask, amal: Journey) -> None:
    add(app, lesson(1, TODAY, **LATER), lesson(2, TOMORROW, title="Praksis", room="Kiwi"))
    before = amal.says("/")
    assert "12:00–14:00" in before
    assert CANNOT_COME in before
    amal.sent("ill", f"{TODAY}")
    page = amal.says("/")
    for words in ("Du er syk i dag", "Sendt kl. 09:00. Kommunen har ikke hentet meldingen ennå.", "God bedring.", UNDO):
        assert words in page, page
    for words in (CANNOT_COME, "12:00–14:00", "Kommunen vet"):
        assert words not in page, page
    assert "I morgen 09:00 Praksis Kiwi" in page
    with app.extensions["store"].write_session() as session:
        session.execute(update(LeaveRequest).values(fetched_at=NOW))
        session.commit()
    assert "Kommunen vet det." in amal.says("/")


def test_soon_one_had_better_call_as_well(app: Flask, amal: Journey) -> None:
    add(app, lesson(1, TODAY, starts_at=NOW + timedelta(minutes=50), ends_at=NOW + timedelta(hours=2)))
    amal.sent("ill", f"{TODAY}")
    page = amal.html("/")
    assert re.search(r'href="tel:99887766">.*?Ring i tillegg', page, re.DOTALL)
    assert "Du trenger ikke gjøre noe mer" not in page


def test_undo_takes_back_what_was_told(app: Flask, amal: Journey) -> None:
    add(app, lesson(1, TODAY, **LATER))
    amal.sent("ill", f"{TODAY}")
    (action,) = re.findall(r'action="(/permisjon/[^"]+/trekk)"', amal.html("/"))
    assert amal.client.post(action, data={"next": "/"}).status_code == 400, "without the token nothing happens"
    assert rows_of(app, LeaveRequest)[0].status is RequestStatus.SENT
    assert amal.post(action, next="/").location == "/"
    assert rows_of(app, LeaveRequest)[0].status is RequestStatus.WITHDRAWN
    assert [row.kind for row in rows_of(app, OutgoingEvent)][-1] is OutgoingKind.LEAVE_WITHDRAWN
    page = amal.says("/")
    for words in ("12:00–14:00", "Du trakk det tilbake.", "Du må komme som vanlig.", CANNOT_COME):
        assert words in page, page
    assert UNDO not in page
    assert amal.post(action, next="/").location == "/", "twice is once"


def test_undo_leads_nowhere_else(app: Flask, amal: Journey) -> None:
    add(app, lesson(1, TODAY, **LATER))
    address = amal.sent("ill", f"{TODAY}")
    assert amal.post(f"{address}/trekk", next="//evil.example").location == address


def test_undo_is_there_until_the_last_lesson_ends(
    app: Flask, as_person: Callable[..., Journey], monkeypatch: pytest.MonkeyPatch
) -> None:
    add(app, lesson(1, TODAY, **LATER))
    as_person().sent("ill", f"{TODAY}")
    at(monkeypatch, NOW + timedelta(hours=5, minutes=-1))
    assert UNDO in as_person().says("/")
    at(monkeypatch, NOW + timedelta(hours=5))
    page = as_person().says("/")
    assert UNDO not in page
    assert "Du er syk i dag" in page


def test_undo_of_several_days_asks_first_and_not_once_one_is_past(
    app: Flask, as_person: Callable[..., Journey], monkeypatch: pytest.MonkeyPatch
) -> None:
    amal = as_person()
    add(app, lesson(1, TODAY, **LATER), lesson(2, TOMORROW))
    address = amal.sent("ill", f"{TODAY}", f"{TOMORROW}")
    page = amal.html("/")
    assert f'href="{address}/trekk"' in page
    assert f'action="{address}/trekk"' not in page
    assert "mandag 19.10. – tirsdag 20.10.2026" in main_of(page)
    assert "Jeg er syk i morgen også" not in page, "that is told"
    at(monkeypatch, NOW + timedelta(days=1))
    page = as_person().says("/")
    assert "Du er syk i dag" in page
    assert UNDO not in page, "yesterday would be taken back with it"


def test_ill_tomorrow_too_leads_to_tomorrow(app: Flask, amal: Journey) -> None:
    add(app, lesson(1, TODAY, **LATER), lesson(2, TOMORROW))
    amal.sent("ill", f"{TODAY}")
    page = amal.html("/")
    assert "Jeg er syk i morgen også" in page
    assert f'name="first" value="{TOMORROW}"' in page
    answer = amal.post("/permisjon/ny", what="ill", first=f"{TOMORROW}")
    assert answer.location.endswith("/betyr")
    assert "20.10." in amal.says(answer.location)
    assert amal.post(answer.location, message="").location.endswith("/kvittering")
    assert [row.first_day for row in rows_of(app, LeaveRequest)] == [TODAY, TOMORROW]


@pytest.mark.parametrize("days", [1, 2, 3])
def test_the_days_of_self_certification_are_those_of_the_absence_page(app: Flask, amal: Journey, days: int) -> None:
    add(app, lesson(1, TODAY, **LATER))
    amal.sent("ill", f"{TODAY}", f"{TODAY + timedelta(days=days - 1)}")
    home = amal.html("/")
    assert f"Egenmelding: {days} av 3 dager brukt." in main_of(home)
    cells = re.search(r'<p class="cells"[^>]*>(.*?)</p>', home, re.DOTALL)
    assert cells
    assert (cells[1].count('"used"'), cells[1].count('"rest"')) == (days, 3 - days)
    assert re.search(rf"Egenmelding\b.*?\b{3 - days}\b.*?igjen", amal.says("/fravaer"))


def test_a_paper_that_is_needed_is_said_and_nothing_else_is_promised(app: Flask, amal: Journey) -> None:
    add(app, lesson(1, TODAY, **LATER))
    amal.sent("ill", f"{TODAY}", f"{TODAY + timedelta(days=7)}")
    page = amal.says("/")
    assert "Fra torsdag 22.10.2026 må du ha legeerklæring." in page
    for words in ("Du trenger ikke gjøre noe mer", "Du beholder stønaden"):
        assert words not in page


def test_leave_that_is_registered_takes_its_days(app: Flask, amal: Journey) -> None:
    add(app, lesson(1, TODAY, **LATER), lesson(2, TOMORROW), lesson(3, date(2026, 10, 22), title="Etterpå"))
    assert "12:00–14:00" in amal.says("/")
    add(app, absence(1, TODAY, TOMORROW, kind=LeaveKind.PARENTAL, documentation=Documentation.NONE))
    page = amal.says("/")
    assert "Omsorgspermisjon Permisjonen varer til og med tirsdag 20.10.2026." in page
    assert "torsdag 22.10." in page
    assert "Etterpå" in page
    for words in (CANNOT_COME, "12:00", "I morgen"):
        assert words not in page


def test_a_granted_day_leads_to_its_answer(app: Flask, amal: Journey) -> None:
    add(app, lesson(1, TODAY, **LATER), decision(id=7, kind=DecisionKind.LEAVE, outcome=DecisionOutcome.GRANTED))
    granted = {"status": RequestStatus.GRANTED, "decision_id": 7, "decided_at": NOW}
    days = {"first_day": TODAY, "last_day": TODAY, "granted_from": TODAY, "granted_to": TODAY}
    row = request(**days, **granted)
    address = f'href="/permisjon/{row.public_id}"'
    add(app, row)
    page = amal.html("/")
    assert "Velferdspermisjon Du har fått fri mandag 19.10.2026." in main_of(page)
    assert address in page
    assert CANNOT_COME not in page
    assert UNDO not in page, "nobody may take that back"
    assert "Siste dag for å klage" not in page, "all was granted"


def test_hours_of_leave_stand_on_the_lesson(app: Flask, amal: Journey) -> None:
    add(app, lesson(1, TODAY, **LATER), decision(id=7, kind=DecisionKind.LEAVE, outcome=DecisionOutcome.GRANTED))
    granted = {"status": RequestStatus.GRANTED, "decision_id": 7, "decided_at": NOW, "granted_hours": 2}
    add(app, request(first_day=TODAY, last_day=TODAY, granted_from=TODAY, granted_to=TODAY, hours=2, **granted))
    page = amal.says("/")
    assert "12:00–14:00" in page
    assert "Du har fått fri 2 timer mandag 19.10.2026." in page
    assert CANNOT_COME in page


def test_what_changed_is_on_home(app: Flask, amal: Journey) -> None:
    add(
        app,
        lesson(1, TODAY, **LATER, status=OccurrenceStatus.MOVED, moved_from=NOW + timedelta(hours=2)),
        lesson(2, TOMORROW, title="Praksis", status=OccurrenceStatus.CANCELLED),
    )
    page = amal.says("/")
    assert "Flyttet fra 11:00" in page
    assert "I morgen 09:00 Praksis Avlyst" in page


def test_a_cancelled_lesson_is_never_the_next(app: Flask, amal: Journey) -> None:
    add(app, lesson(1, TODAY, status=OccurrenceStatus.CANCELLED), lesson(2, TODAY, **LATER))
    page = amal.says("/")
    assert page.index("12:00–14:00") < page.index("Avlyst")


def test_an_application_on_its_way_and_a_late_answer_are_on_home(app: Flask, amal: Journey) -> None:
    assert "venter på svar" not in amal.says("/")
    row = request()
    add(app, row)
    page = amal.html("/")
    assert "1 søknad venter på svar" in main_of(page)
    assert "Kommunen svarer senest mandag 26.10." in main_of(page)
    assert f'href="/permisjon/{row.public_id}"' in page
    add(app, request(sent_at=NOW - timedelta(days=15), status=RequestStatus.RECEIVED))
    page = amal.says("/")
    assert "2 søknader venter på svar" in page
    assert "Svaret er forsinket. Ring rådgiveren din." in page


def test_what_waits_is_one_line_with_the_nearest_date(app: Flask, amal: Journey) -> None:
    assert "venter på deg" not in amal.says("/")
    assert amal.client.get("/venter").location == "/"
    paper = absence(1, date(2026, 10, 1), date(2026, 10, 2), document_by=date(2026, 10, 30))
    add(app, paper)
    page = amal.html("/")
    assert "ting venter" not in page
    assert f'href="/fravaer/{paper.public_id}"' in page
    add(app, decision(), request(status=RequestStatus.MORE_INFORMATION))
    page = amal.html("/")
    assert "3 ting venter på deg Første frist: fredag 30.10." in main_of(page)
    assert 'href="/venter"' in page
    listed = amal.says("/venter")
    for words in ("Lever dokumentasjon", "Les vedtaket", "Kommunen spør om noe du har sendt"):
        assert words in listed


@pytest.mark.parametrize(("days", "is_first"), [(0, True), (2, True), (3, False), (-1, False)])
def test_what_must_come_within_two_days_comes_first(app: Flask, amal: Journey, days: int, is_first: bool) -> None:
    by = TODAY + timedelta(days=days)
    add(app, lesson(1, TODAY, **LATER), absence(1, date(2026, 10, 1), date(2026, 10, 2), document_by=by))
    page = amal.says("/")
    assert (page.index("Lever dokumentasjon") < page.index("12:00–14:00")) is is_first


@pytest.mark.parametrize(
    ("reason", "says", "never"),
    [
        (EndReason.STOPPED, "Kommunen har stanset programmet ditt", ("slutt", "bevis", "fullført")),
        (EndReason.BROKEN_OFF, "Du har sluttet i programmet", ("stanset", "bevis", "fullført")),
        (EndReason.MOVED, "Du har flyttet", ("stanset", "bevis", "fullført")),
        (EndReason.COMPLETED, "Du har fullført programmet", ("stanset",)),
    ],
)
def test_the_ways_a_programme_does_not_go_on_are_told_apart(
    app: Flask, amal: Journey, reason: EndReason, says: str, never: tuple[str, ...]
) -> None:
    with app.extensions["store"].write_session() as session:
        session.execute(update(Participant).where(Participant.id == 1).values(ended_on=TODAY, end_reason=reason))
        session.commit()
    page = amal.says("/")
    assert says in page
    assert "Siste dag var mandag 19.10." in page
    for words in (*never, CANNOT_COME, "Ingenting på timeplanen"):
        assert words not in page, words
    assert ("Du har rett til et deltakerbevis." in page) is (reason is EndReason.COMPLETED)


def test_a_stop_says_why_and_until_when_one_may_appeal(shown_app: Flask) -> None:
    page = sign_in(shown_app, "bilal").get("/").get_data(as_text=True)
    words = main_of(page)
    assert "fordi du har vært mye borte uten å si fra" in words
    assert "Siste dag for å klage er" in words
    assert re.search(r"\d+ dager", words)
    (appeal,) = re.findall(r'href="(/vedtak/[^"]+#appeal)"', page)
    assert 'id="appeal"' in sign_in(shown_app, "bilal").get(appeal.partition("#")[0]).get_data(as_text=True)


def test_before_the_start_the_meeting_comes_first(shown_app: Flask) -> None:
    page = main_of(sign_in(shown_app, "rahim").get("/").get_data(as_text=True))
    assert page.index(CANNOT_COME) < page.index("Programmet ditt har ikke startet")
    assert "Du skal få starte senest" in page


@pytest.mark.parametrize("person", [person.id for person in files.people(clock.today())])
def test_home_and_allowance_say_the_same_of_a_payment(shown_app: Flask, person: str) -> None:
    client = sign_in(shown_app, person)
    home = client.get("/").get_data(as_text=True)
    found = re.search(r'<span class="pay"><strong>(.*?)</strong>', home)
    assert found or 'href="/stonad">' not in home.split("<main", 1)[1].split("</main", 1)[0]
    if found:
        said = main_of(f"<main>{found[1]}</main>")
        assert said in main_of(client.get("/stonad").get_data(as_text=True)), said
