"""Before the programme starts, and after it has ended, one tells that one cannot come to a meeting that is planned."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import update

from portal.casework import facts
from portal.law.case import Case, ParticipantFacts, Request
from portal.law.rules import assess, missed_meeting
from portal.law.vocabulary import AllowanceEffect, LeaveKind, Outcome, Reason, Regime
from portal.tables.leave import LeaveRequest, RequestForm
from portal.tables.people import Participant as Person
from portal.tables.schedule import OccurrenceStatus
from tests.participant.absences.test_absences import lesson
from tests.participant.leave.making import TODAY, Journey, add, rows_of

pytestmark = pytest.mark.one_database

MEETING = date(2026, 10, 22)
NO_ABSENCE = "Det er ikke fravær fra programmet"
NOTHING_TO_SEND = "Noen dager er utenfor programmet ditt"


@pytest.fixture
def before_start(app: Flask) -> None:
    """Amal has not started; an interpreter meets her on Thursday."""
    with app.extensions["store"].write_session() as session:
        started = {"start": None, "end": None, "start_by": date(2027, 1, 15)}
        session.execute(update(Person).where(Person.id == 1).values(started))
        session.commit()
    add(
        app, lesson(1, MEETING, title="Møte med tolk"), lesson(2, date(2026, 10, 23), status=OccurrenceStatus.CANCELLED)
    )


@pytest.mark.parametrize("what", ["ill", "child_ill", "doctor", "other"])
@pytest.mark.usefixtures("before_start")
def test_a_meeting_before_the_start_can_be_told(app: Flask, amal: Journey, what: str) -> None:
    draft = amal.asked(what, f"{MEETING}", extent="whole")
    page = amal.says(f"{draft}/betyr")
    for words in (NO_ABSENCE, "Møte med tolk", "torsdag 22.10.2026 kl. 09:00", "Ingen må godkjenne det først."):
        assert words in page, page
    for words in (NOTHING_TO_SEND, "papir", "stønad", "Du kan miste", "igjen nå"):
        assert words not in page, page
    sent = amal.post(f"{draft}/betyr", message="").location.removesuffix("/kvittering")
    (row,) = rows_of(app, LeaveRequest)
    assert row.form is RequestForm.REPORT
    receipt = amal.says(f"{sent}/kvittering")
    assert "Du har sagt fra" in receipt
    assert "papir" not in receipt
    assert "Du har sagt fra" in amal.says(sent)


@pytest.mark.parametrize("day", [date(2026, 10, 21), date(2026, 10, 23)], ids=["nothing planned", "cancelled"])
@pytest.mark.usefixtures("before_start")
def test_without_a_meeting_there_is_nothing_to_tell(app: Flask, amal: Journey, day: date) -> None:
    draft = amal.asked("ill", f"{day}")
    page = amal.says(f"{draft}/betyr")
    assert NOTHING_TO_SEND in page
    assert "egeerklæring" not in page
    assert amal.post(f"{draft}/betyr", message="").location == f"{draft}/betyr"
    assert rows_of(app, LeaveRequest) == []


def test_a_lesson_of_the_programme_is_an_absence(app: Flask, amal: Journey) -> None:
    add(app, lesson(1, MEETING, title="Norsk B1"))
    page = amal.says(amal.asked("ill", f"{MEETING}") + "/betyr")
    assert NO_ABSENCE not in page
    assert "Du beholder stønaden." in page


@pytest.mark.usefixtures("before_start")
def test_what_was_told_before_the_start_counts_in_no_quota(app: Flask, amal: Journey) -> None:
    amal.sent("child_ill", f"{MEETING}")
    with app.extensions["store"].read_session() as session:
        record = facts.read(session, 1)
    assert (len(record.requests), record.history) == (1, ())
    with app.extensions["store"].write_session() as session:
        session.execute(update(Person).where(Person.id == 1).values(start=MEETING))
        session.commit()
    with app.extensions["store"].read_session() as session:
        assert len(facts.read(session, 1).history) == 1


def test_the_law_of_a_meeting_outside() -> None:
    person = ParticipantFacts(born=date(1990, 5, 4), start=date(2027, 1, 4), regime=Regime.INTEGRATION_ACT)
    asked = Case(TODAY, person, Request(LeaveKind.OWN_ILLNESS, MEETING, MEETING, hours=Decimal(2)))
    told, absent = missed_meeting(asked), assess(asked)
    assert (told.outcome, absent.outcome) == (Outcome.RIGHT, Outcome.NOT_AVAILABLE)
    assert (told.allowance, absent.allowance) == (AllowanceEffect.NOT_APPLICABLE, AllowanceEffect.NONE)
    assert told.reasons == (Reason.OUTSIDE_PROGRAMME,)
    assert (told.quota, told.medical_from, told.covered_days, told.beyond_days) == (None, None, 1, 0)
