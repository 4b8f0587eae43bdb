"""What is registered, what it costs, what is asked for, and what is left of each quota."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask

from portal.law.absence import DAYS_BETWEEN
from portal.law.vocabulary import Documentation, LeaveKind
from portal.tables.absence import AbsenceCorrection, AbsenceValidity
from portal.tables.allowance import Payment, PaymentLine, PaymentLineKind, PaymentStatus
from portal.tables.plan import ElementCode
from portal.tables.schedule import Attendance, AttendanceStatus, Occurrence, OccurrenceStatus
from tests.participant.leave.making import NOW, Journey, absence, add, main_of
from tests.statements import statements

pytestmark = pytest.mark.one_database

INVALID = {"verdict": AbsenceValidity.INVALID, "documentation": Documentation.NONE, "kind": None}
MOST_STATEMENTS = 9


def lesson(number: int, day: date, **facts: object) -> Occurrence:
    """A lesson of Amal's own at nine."""
    start = datetime(day.year, day.month, day.day, 7, tzinfo=NOW.tzinfo)
    values = {
        "id": number,
        "municipality_id": 1,
        "participant_id": 1,
        "owner": "amal",
        "uid": f"u{number}",
        "recurrence": "",
        "code": ElementCode.NORWEGIAN,
        "title": "Norsk B1",
        "day": day,
        "starts_at": start,
        "ends_at": start + timedelta(hours=2),
        "status": OccurrenceStatus.PLANNED,
    }
    return Occurrence(**(values | facts))


def test_nothing_registered(amal: Journey) -> None:
    page = amal.says("/fravaer")
    assert "Kommunen har ikke registrert noe fravær." in page
    assert 'href="/permisjon/ny"' in amal.html("/fravaer")
    assert "Ikke registrert ennå" not in page
    assert 'href="/permisjon/ny/permisjon"' in amal.html("/fravaer")
    chooser = amal.says("/permisjon/ny/permisjon")
    assert "Jeg skal gifte meg" in chooser
    assert "Jeg er syk" not in chooser
    assert "Jeg er syk" in amal.says("/permisjon/ny")


def test_valid_invalid_and_undecided(app: Flask, amal: Journey) -> None:
    add(
        app,
        absence(1, date(2026, 10, 6), date(2026, 10, 7)),
        absence(1, date(2026, 10, 14), date(2026, 10, 14), hours=Decimal(3), **INVALID),
        absence(1, date(2026, 10, 15), date(2026, 10, 15), kind=None, verdict=AbsenceValidity.UNDECIDED),
    )
    page = amal.says("/fravaer").replace("\u00a0", " ")
    for words in [
        "Gyldig fravær",
        "Ugyldig fravær",
        "Ikke avgjort",
        "oktober 2026",
        "onsdag 14.10. · 3 timer",
        "Foreløpig: omtrent 442,86 kr mindre før skatt.",
    ]:
        assert words in page, page
    assert page.index("15.10.") < page.index("14.10.") < page.index("06.10.")


def test_an_invalid_absence_says_how_much_from_which_payment_and_why(app: Flask, amal: Journey) -> None:
    row = absence(1, date(2026, 10, 14), date(2026, 10, 14), hours=Decimal(3), **INVALID)
    row.id = 7
    payment = Payment(
        id=1,
        participant_id=1,
        external_id="p",
        month="2026-10",
        status=PaymentStatus.PLANNED,
        due_on=date(2026, 11, 13),
        before_tax=2231531,
    )
    add(app, row, payment)
    add(
        app,
        PaymentLine(payment_id=1, position=1, kind=PaymentLineKind.BASE, amount=2275817),
        PaymentLine(payment_id=1, position=2, kind=PaymentLineKind.INVALID_ABSENCE, amount=-44286, absence_id=7),
        AbsenceCorrection(
            absence_id=7,
            corrected_at=NOW,
            corrected_by="Kari Nordli",
            verdict_before=AbsenceValidity.UNDECIDED,
            verdict_after=AbsenceValidity.INVALID,
            hours_before=Decimal(4),
            hours_after=Decimal(3),
        ),
    )
    page = amal.says(f"/fravaer/{row.public_id}").replace("\u00a0", " ")
    for words in [
        "3 timer, 147,62 kr for hver time",
        "−442,86 kr",
        "442,86 kr mindre på utbetalingen fredag 13.11.2026.",
        "integreringsloven § 21",
        "Per Lærer",
        "Endret fra Ikke avgjort til Ugyldig fravær.",
        "Endret fra 4 timer til 3 timer.",
        "Ring eller skriv til rådgiveren.",
    ]:
        assert words in page, page
    assert "Endret mandag 19.10." in amal.says("/fravaer")


def test_hours_never_cost_more_than_the_day(app: Flask, amal: Journey) -> None:
    row = absence(1, date(2026, 10, 14), date(2026, 10, 14), hours=Decimal(6), **INVALID)
    add(app, row)
    page = amal.says(f"/fravaer/{row.public_id}").replace("\u00a0", " ")
    assert "Du blir ikke trukket for mer enn én dag." in page
    assert "−758,61 kr" in page


def test_a_document_is_asked_for_with_its_last_day(app: Flask, amal: Journey) -> None:
    asked_for = absence(1, date(2026, 10, 12), date(2026, 10, 16), document_by=date(2026, 10, 23))
    add(app, asked_for, absence(1, date(2026, 9, 1), date(2026, 9, 2), documentation=Documentation.MEDICAL))
    assert "Lever dokumentasjon for 12.10. – 16.10. Frist: fredag 23.10.2026" in amal.says("/fravaer")
    assert "Lever den til kommunen senest fredag 23.10.2026." in amal.says(f"/fravaer/{asked_for.public_id}")


def test_what_is_told_stands_apart_until_it_is_registered(app: Flask, amal: Journey) -> None:
    amal.sent("ill", "2026-10-19", "2026-10-20")
    row = "19.10. – 20.10. Du har sagt fra Egen sykdom Ikke registrert ennå"
    assert row in amal.says("/fravaer")
    add(app, absence(1, date(2026, 10, 19), date(2026, 10, 20)))
    page = amal.says("/fravaer")
    assert row not in page
    assert "19.10. – 20.10. Gyldig fravær" in page


def test_a_lesson_without_attendance_is_no_absence(app: Flask, amal: Journey) -> None:
    add(
        app,
        lesson(1, date(2026, 10, 16)),
        lesson(2, date(2026, 10, 15)),
        lesson(3, date(2026, 10, 14), status=OccurrenceStatus.CANCELLED),
        lesson(4, date(2026, 10, 20)),
        lesson(5, date(2026, 9, 1)),
    )
    add(
        app,
        Attendance(
            participant_id=1, occurrence_id=2, status=AttendanceStatus.PRESENT, registered_at=NOW, registered_by="Per"
        ),
    )
    page = amal.says("/fravaer")
    assert "Læreren har ikke registrert 1 time ennå. Du trenger ikke gjøre noe." in page
    assert "fredag 16.10." in page
    assert "Kommunen har ikke registrert noe fravær." in page


def test_counters_with_their_windows(app: Flask, amal: Journey, as_person: Callable[..., Journey]) -> None:
    add(
        app,
        absence(1, date(2026, 10, 6), date(2026, 10, 7)),
        absence(1, date(2026, 9, 7), date(2026, 9, 9), kind=LeaveKind.CHILD_ILLNESS),
    )
    page = amal.says("/fravaer")
    for words in [
        "Egenmelding",
        "2 brukt 1 igjen",
        "Du kan bruke 20 dager på 12 måneder. Vi teller mandag 20.10.2025 – mandag 19.10.2026.",
        "3 brukt 17 igjen",
        "Velferdspermisjon",
        "Vi teller torsdag 01.01. – torsdag 31.12.2026.",
    ]:
        assert words in page, page
    assert "Sykt barn" not in as_person("danylo").says("/fravaer")
    assert "Egenmelding" not in as_person("grace").says("/fravaer")


def test_when_all_days_of_self_certification_are_back(app: Flask, amal: Journey) -> None:
    assert "dagene igjen." not in amal.says("/fravaer")
    add(app, absence(1, date(2026, 10, 6), date(2026, 10, 7)))
    page = amal.says("/fravaer")
    assert "2 brukt 1 igjen" in page
    assert "Fra lørdag 24.10.2026 har du alle 3 dagene igjen." in page
    assert "Så mange dager på rad kan du bruke egenmelding. Lørdag og søndag teller med." in page
    assert f"Blir du syk igjen innen {DAYS_BETWEEN} dager, teller de forrige dagene med." in page


def test_the_fourth_self_certification_is_warned_of(app: Flask, amal: Journey) -> None:
    add(app, *(absence(1, date(2026, month, 2), date(2026, month, 3)) for month in (6, 7, 9)))
    assert "Du har brukt egenmelding 3 ganger på 12 måneder." in amal.says("/fravaer")


def test_training_only_has_no_money_to_lose(app: Flask, as_person: Callable[..., Journey]) -> None:
    row = absence(3, date(2026, 10, 14), date(2026, 10, 14), **INVALID)
    add(app, row)
    grace = as_person("grace")
    assert "Foreløpig" not in grace.says("/fravaer")
    assert "pengene dine" not in grace.says(f"/fravaer/{row.public_id}")


def test_another_persons_absence_is_not_found(app: Flask, amal: Journey, as_person: Callable[..., Journey]) -> None:
    row = absence(2, date(2026, 10, 14), date(2026, 10, 14), **INVALID)
    add(app, row)
    assert amal.client.get(f"/fravaer/{row.public_id}").status_code == 404
    assert as_person("danylo").client.get(f"/fravaer/{row.public_id}").status_code == 200
    assert "14.10." not in amal.says("/fravaer")


def test_the_list_costs_the_same_however_long_it_is(app: Flask, amal: Journey) -> None:
    add(
        app,
        *(
            absence(1, date(2026, 3, 2) + timedelta(days=4 * n), date(2026, 3, 2) + timedelta(days=4 * n))
            for n in range(50)
        ),
    )
    amal.client.get("/fravaer")
    with statements(app) as heard:
        answer = amal.client.get("/fravaer")
    assert answer.status_code == 200
    assert main_of(answer.get_data(as_text=True)).count("Gyldig fravær") == 50
    assert len(heard) <= MOST_STATEMENTS, heard


def test_days_told_of_a_sick_child_are_used_though_they_are_to_come(amal: Journey) -> None:
    amal.sent("child_ill", "2026-10-19", "2026-10-21")
    page = amal.says("/fravaer")
    assert "3 brukt 17 igjen" in page
    assert "venter på svar" not in page
    amal.sent("wedding", "2026-11-06")
    assert "0 brukt 1 venter på svar 9 igjen" in amal.says("/fravaer")
