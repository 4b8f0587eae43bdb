"""The pages of the allowance as the demo people meet them."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Row, select

from portal import clock
from portal.demo import files
from portal.i18n.format import kroner_text
from portal.participant.allowance import queries
from portal.tables.allowance import Payment, PaymentLine, PaymentLineKind, PaymentStatus
from portal.tables.people import Participant
from tests.strict import sign_in


def text_of(app: Flask, person: str, address: str = "/stonad", language: str = "nb") -> str:
    answer = sign_in(app, person, language).get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def payments(app: Flask, person: str) -> Sequence[Row[Any]]:
    with app.extensions["store"].read_session() as session:
        return session.execute(
            select(Payment.id, Payment.month, Payment.status, Payment.before_tax)
            .join(Participant)
            .where(Participant.external_id == person)
            .order_by(Payment.due_on)
        ).all()


@pytest.mark.one_database
def test_the_next_payment_and_each_line_of_it(shown_app: Flask) -> None:
    text = text_of(shown_app, "amal")
    coming = next(row for row in payments(shown_app, "amal") if row.status is PaymentStatus.PLANNED)
    assert kroner_text(coming.before_tax) in text
    assert (
        text.index("Neste utbetaling")
        < text.index(kroner_text(coming.before_tax))
        < text.index("Slik er summen regnet ut")
    )
    assert "Ugyldig fravær" in text
    assert re.search(r"3</bdi> timer × <bdi[^>]*>147,62\xa0kr", text)
    assert re.search(r'href="/fravaer/[0-9a-f-]{36}"', text)
    assert "= <bdi" in text
    assert "Stønaden for én time er stønaden for et år delt på <bdi>1850</bdi>." in text
    assert "integreringsloven §\xa021" in text
    assert "Læreren registrerte det" in text
    assert re.search(r'href="/fravaer/[0-9a-f-]{36}/feil"', text)
    assert "Lønnsslippen viser skatten" in text


@pytest.mark.one_database
def test_every_line_of_every_payment_is_shown(shown_app: Flask) -> None:
    for person in files.people(clock.today()):
        for row in payments(shown_app, person.id):
            if (row.status, row.before_tax) == (PaymentStatus.STOPPED, 0):
                continue  # nothing to add up
            text = text_of(shown_app, person.id, f"/stonad/{row.month}")
            with shown_app.extensions["store"].read_session() as session:
                amounts = session.execute(select(PaymentLine.amount).where(PaymentLine.payment_id == row.id)).scalars()
                for amount in amounts:
                    assert kroner_text(amount) in text


def add_month(app: Flask, person: str, month: str, lines: Sequence[PaymentLine]) -> None:
    """A payment in the person's past, made of the given lines."""
    day = date.fromisoformat(f"{month}-15")
    with app.extensions["store"].write_session() as session:
        me = session.execute(select(Participant.id).where(Participant.external_id == person)).scalar_one()
        row = Payment(
            participant_id=me,
            external_id=f"test-{month}",
            month=month,
            status=PaymentStatus.PAID,
            due_on=day,
            paid_on=day,
            before_tax=sum(line.amount for line in lines),
        )
        session.add(row)
        session.flush()
        for position, line in enumerate(lines):
            line.payment_id, line.position = row.id, position
        session.add_all(lines)
        session.commit()


def line(kind: PaymentLineKind, amount: int, **values: Any) -> PaymentLine:
    return PaymentLine(payment_id=0, position=0, kind=kind, amount=amount, **values)


@pytest.mark.one_database
def test_a_correction_names_its_month(demo_app: Flask) -> None:
    too_little = line(PaymentLineKind.CORRECTION, 106_484, corrects_month="2025-04")
    too_much = line(PaymentLineKind.CORRECTION, -50_000, corrects_month="2025-03")
    add_month(demo_app, "amal", "2025-05", [line(PaymentLineKind.BASE, 2_169_333), too_little, too_much])
    text = text_of(demo_app, "amal", "/stonad/2025-05")
    assert re.search(r"for lite for <bdi[^>]*>04\.2025</bdi>\. Nå får du resten", text)
    assert re.search(r"for mye for <bdi[^>]*>03\.2025</bdi>\. Nå trekker", text)


@pytest.mark.one_database
def test_months_before(demo_app: Flask) -> None:
    for number in range(1, 13):
        add_month(demo_app, "hana", f"2025-{number:02}", [line(PaymentLineKind.BASE, 1_807_777)])
    short, whole = text_of(demo_app, "hana"), text_of(demo_app, "hana", "/stonad?alle=1")
    assert "Vis alle månedene" in short
    assert 'href="/stonad/2025-01"' not in short
    assert "Vis alle månedene" not in whole
    *others, first = payments(demo_app, "hana")
    assert all(f'href="/stonad/{row.month}"' in whole for row in others)
    assert f'href="/stonad/{first.month}"' not in whole, "that one is what the page speaks of first"
    assert whole.count("januar 2025") == 1, "each month stands once"


@pytest.mark.one_database
def test_training_only_has_no_allowance(shown_app: Flask) -> None:
    text = text_of(shown_app, "viktor")
    assert "Du får ikke introduksjonsstønad" in text
    assert "Dette kan du spørre om" in text


@pytest.mark.one_database
def test_before_the_first_payment_there_is_an_estimate_and_it_says_so(shown_app: Flask) -> None:
    text = text_of(shown_app, "rahim")
    assert "Bare et anslag" in text
    assert "Omtrent" in text
    assert "Er noe feil?" not in text
    assert "Bare et anslag" not in text_of(shown_app, "amal")


@pytest.mark.one_database
def test_a_stopped_payment(shown_app: Flask) -> None:
    text = text_of(shown_app, "bilal")
    assert "Stanset" in text
    assert "Kommunen har stanset programmet ditt" in text
    assert "Siste dag for å klage er" in text
    for wrong in ("Stønaden er slutt", "Neste utbetaling", kroner_text(0) + "</p>"):
        assert wrong not in text
    assert "Stønaden er slutt" in text_of(shown_app, "samira"), "a programme that is over says so"


@pytest.mark.one_database
def test_a_month_without_allowance(shown_app: Flask) -> None:
    text = text_of(shown_app, "mercy")
    assert "Ingen utbetaling" in text
    assert "Du er uten stønad til og med" in text
    assert "Permisjon uten stønad" in text


def test_only_an_own_month_is_found(shown_app: Flask) -> None:
    amal = sign_in(shown_app, "amal")
    for wrong in ("2019-01", "2026-13", "x"):
        assert amal.get(f"/stonad/{wrong}").status_code == 404
    assert amal.get(f"/stonad/{payments(shown_app, 'amal')[0].month}").status_code == 200


def test_another_ones_lines_are_never_found(shown_app: Flask) -> None:
    ids = [row.id for row in payments(shown_app, "amal")]
    with shown_app.extensions["store"].read_session() as session:
        amal, hana = (
            session.execute(select(Participant.id).where(Participant.external_id == name)).scalar_one()
            for name in ("amal", "hana")
        )
        assert queries.lines(session, hana, ids) == []
        assert queries.lines(session, amal, ids)
        assert not {row.id for row in queries.payments(session, hana)} & set(ids)
