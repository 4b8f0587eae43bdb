"""What the page says of money and of days left is what the law says, and nothing is said before it holds."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import update
from sqlmodel import col

from portal.law.vocabulary import Documentation, LeaveKind
from portal.tables.allowance import Payment, PaymentLine, PaymentLineKind, PaymentStatus
from portal.tables.people import Participant
from tests.participant.leave.making import Journey, absence, add

pytestmark = pytest.mark.one_database

KEPT, NONE = "Du beholder pengene.", "Du får ikke stønad for disse dagene."
APPROVED = {"documentation": Documentation.NONE}


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        pytest.param(LeaveKind.PARENTAL, NONE, id="IF § 16"),
        pytest.param(LeaveKind.ADOPTION, NONE, id="IF § 16, adoption"),
        pytest.param(LeaveKind.LONG_ILLNESS, NONE, id="IF § 15"),
        pytest.param(LeaveKind.BIRTH_MOTHER, KEPT, id="IF § 12"),
        pytest.param(LeaveKind.WELFARE, KEPT, id="IF § 14"),
    ],
)
def test_valid_leave_with_and_without_allowance(
    app: Flask, amal: Journey, as_person: Callable[..., Journey], kind: LeaveKind, said: str
) -> None:
    mine = absence(1, date(2026, 10, 1), date(2026, 10, 9), kind=kind, **APPROVED)
    hers = absence(3, date(2026, 10, 1), date(2026, 10, 9), kind=kind, **APPROVED)
    add(app, mine, hers)
    page = amal.says(f"/fravaer/{mine.public_id}")
    assert said in page
    assert ({KEPT, NONE} - {said}).pop() not in page
    page = as_person("grace").says(f"/fravaer/{hers.public_id}")
    assert "Gyldig fravær" in page
    assert not any(words in page for words in (KEPT, NONE)), "who has no allowance"


def test_money_is_not_kept_where_a_payment_says_otherwise(app: Flask, amal: Journey) -> None:
    row = absence(1, date(2026, 10, 1), date(2026, 10, 1), id=7, kind=LeaveKind.CHILD_ILLNESS)
    add(app, row)
    assert KEPT in amal.says(f"/fravaer/{row.public_id}")
    payment = Payment(
        id=1, participant_id=1, external_id="p", month="2026-10", status=PaymentStatus.PLANNED,
        due_on=date(2026, 11, 13), before_tax=1_900_000,
    )  # fmt: skip
    add(app, payment)
    kind = PaymentLineKind.OVER_QUOTA_ABSENCE
    add(app, PaymentLine(payment_id=1, position=1, kind=kind, amount=-74_383, days=1, absence_id=7))
    assert KEPT not in amal.says(f"/fravaer/{row.public_id}")
    assert "743,83 kr mindre" in amal.says("/fravaer")


@pytest.mark.parametrize("start", [None, date(2026, 10, 20)])
def test_no_days_are_counted_before_the_start(app: Flask, amal: Journey, start: date | None) -> None:
    assert "Dager du har igjen" in amal.says("/fravaer")
    with app.extensions["store"].write_session() as session:
        session.execute(update(Participant).where(col(Participant.id) == 1).values(start=start, end=None))
        session.commit()
    page = amal.says("/fravaer")
    assert "Dager du har igjen" not in page
    assert "Egenmelding" not in page
