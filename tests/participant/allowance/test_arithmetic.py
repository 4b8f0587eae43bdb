"""How a deduction was reckoned: the amounts of IL §§ 20 (2), 21 back to hours and days."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from portal.law.case import STANDARD_POLICY, ParticipantFacts
from portal.participant.allowance.arithmetic import Reckoning, reckon
from portal.participant.allowance.queries import PaymentLineRow
from portal.tables.allowance import PaymentLineKind

FULL = ParticipantFacts(born=date(1992, 5, 4), start=date(2026, 2, 2))
AT_HOME = replace(FULL, born=date(2004, 3, 1), lives_with_parent=True)
LINE = PaymentLineRow(
    payment_id=1,
    kind=PaymentLineKind.INVALID_ABSENCE,
    amount=-44286,
    hours=Decimal(3),
    days=None,
    first_day=date(2026, 10, 14),
    last_day=date(2026, 10, 14),
    corrects_month=None,
    absence=None,
)

CASES = {
    "3 hours at the full rate": (LINE, FULL, Reckoning(14762)),
    "2 days at a third": (LINE._replace(amount=-50574, hours=None, days=2), AT_HOME, Reckoning(25287)),
    "6 hours, no more than the day": (
        LINE._replace(amount=-75861, hours=Decimal(6)),
        FULL,
        Reckoning(75861, capped=True),
    ),
    "the rate of the month that the absence lies in": (
        LINE._replace(amount=-42214, first_day=date(2026, 4, 14), last_day=date(2026, 4, 14)),
        FULL,
        Reckoning(14071),
    ),
    "another amount than the law gives": (LINE._replace(amount=-40000), FULL, None),
    "no hours and no days": (LINE._replace(hours=None), FULL, None),
    "none of it": (LINE._replace(amount=0, hours=Decimal(0)), FULL, None),
    "a correction is no product": (
        LINE._replace(kind=PaymentLineKind.CORRECTION, corrects_month="2026-09"),
        FULL,
        None,
    ),
    "before the basic amounts known here, as it was paid": (
        LINE._replace(amount=-38472, first_day=date(2023, 3, 1), last_day=date(2023, 3, 1)),
        FULL,
        Reckoning(12824),
    ),
}


@pytest.mark.parametrize(("line", "participant", "expected"), CASES.values(), ids=CASES)
def test_reckoning(line: PaymentLineRow, participant: ParticipantFacts, expected: Reckoning | None) -> None:
    assert reckon(line, "2026-10", participant, STANDARD_POLICY) == expected
