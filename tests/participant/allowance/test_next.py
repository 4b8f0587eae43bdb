"""Which payment speaks first, what its status says, and the estimate before there is any."""

from datetime import date

import pytest

from portal.law.case import STANDARD_POLICY, ParticipantFacts
from portal.participant.allowance.estimate import Estimate, estimate
from portal.participant.allowance.labels import status
from portal.participant.allowance.queries import Paid
from portal.participant.allowance.view import first_shown
from portal.tables.allowance import PaymentStatus

TODAY = date(2026, 11, 23)


def paid(number: int, status: PaymentStatus, due_on: date, before_tax: int = 2_275_817) -> Paid:
    paid_on = due_on if status is PaymentStatus.PAID else None
    return Paid(number, f"{due_on:%Y-%m}", status, due_on, paid_on, before_tax, None)


LAST = paid(1, PaymentStatus.PAID, date(2026, 11, 13))
NEXT = paid(2, PaymentStatus.PLANNED, date(2026, 12, 15))
LATER = paid(3, PaymentStatus.PLANNED, date(2027, 1, 15))
STOPPED = paid(4, PaymentStatus.STOPPED, date(2026, 12, 15))
CANCELLED = paid(5, PaymentStatus.CANCELLED, date(2026, 12, 1))
LATE = paid(6, PaymentStatus.PLANNED, date(2026, 11, 20))

FIRST = {
    "the nearest ahead": ([LATER, NEXT, LAST], NEXT),
    "stopped counts": ([STOPPED, LAST], STOPPED),
    "cancelled never": ([CANCELLED, LAST], LAST),
    "a late one before older ones": ([LATE, LAST], LATE),
    "else the last": ([LAST], LAST),
    "none": ([], None),
    "only a cancelled one": ([CANCELLED], None),
}


@pytest.mark.parametrize(("payments", "expected"), FIRST.values(), ids=FIRST)
def test_first_shown(payments: list[Paid], expected: Paid | None) -> None:
    assert first_shown(payments, TODAY) == expected


SAYS = {
    "planned": (NEXT, "plan", "Planlagt"),
    "today": (paid(7, PaymentStatus.PLANNED, TODAY), "plan", "Planlagt"),
    "late": (LATE, "act", "Forsinket"),
    "paid": (LAST, "ok", "Utbetalt"),
    "stopped": (STOPPED, "no", "Stanset"),
    "cancelled": (CANCELLED, "off", "Annullert"),
    "nothing to pay": (paid(8, PaymentStatus.PLANNED, date(2026, 12, 15), 0), "off", "Ingen utbetaling"),
    "stopped at nothing": (paid(9, PaymentStatus.STOPPED, date(2026, 12, 15), 0), "no", "Stanset"),
}


@pytest.mark.parametrize(("payment", "kind", "word"), SAYS.values(), ids=SAYS)
def test_status(payment: Paid, kind: str, word: str) -> None:
    sign = status(payment, TODAY)
    assert (sign.kind, sign.word.striptags()) == (kind, word)
    assert sign.sentence


GROWN = ParticipantFacts(born=date(1992, 5, 4), start=date(2027, 1, 1))


def test_the_estimate_is_the_laws_own_amount() -> None:
    found = estimate(GROWN, GROWN.start, policy=STANDARD_POLICY, pay_day=15, today=TODAY)
    assert found == Estimate(whole_month=2_275_817, first_month=2_275_817, around=date(2027, 2, 15))


def test_the_first_month_may_be_part_of_one_and_the_pay_day_a_working_day() -> None:
    late = ParticipantFacts(born=date(1992, 5, 4), start=date(2027, 1, 18))
    found = estimate(late, late.start, policy=STANDARD_POLICY, pay_day=20, today=TODAY)
    assert found is not None
    assert found.first_month is not None
    assert 0 < found.first_month < found.whole_month
    assert found.around == date(2027, 2, 19), "the 20th is a Saturday"


def test_without_a_start_only_a_whole_month_is_told() -> None:
    assert estimate(GROWN, None, policy=STANDARD_POLICY, pay_day=15, today=TODAY) == Estimate(2_275_817)


def test_no_estimate_before_the_first_basic_amount() -> None:
    assert estimate(GROWN, None, policy=STANDARD_POLICY, pay_day=15, today=date(2020, 1, 1)) is None
