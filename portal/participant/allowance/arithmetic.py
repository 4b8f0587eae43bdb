"""How a deduction was reckoned: hours or days times what one is worth to this participant (IL §§ 20 (2), 21)."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from portal.law.calendar import Month
from portal.law.case import ParticipantFacts, Policy
from portal.law.rates import Rates, ore, rates
from portal.participant.allowance.queries import PaymentLineRow
from portal.tables.allowance import PaymentLineKind

BY_LENGTH = (
    PaymentLineKind.INVALID_ABSENCE,
    PaymentLineKind.OVER_QUOTA_ABSENCE,
    PaymentLineKind.LEAVE_WITHOUT_ALLOWANCE,
    PaymentLineKind.PAID_WORK,
)


@dataclass(frozen=True, slots=True)
class Reckoning:
    """`unit`: what one hour or day is worth in øre. `capped`: the hours of a day cost no more than the day."""

    unit: int
    capped: bool = False


def reckon(line: PaymentLineRow, month: str, participant: ParticipantFacts, policy: Policy) -> Reckoning | None:
    """How the line's amount comes about by the rates of its month; None where it is no product of them."""
    number = line.hours if line.hours is not None else line.days
    if line.kind not in BY_LENGTH or not number:
        return None
    known = rates(participant, _month(line, month), policy)
    if known is None:
        return _as_paid(abs(line.amount), Decimal(number))
    return _by_rates(known, line, Fraction(number))


def in_ore(kroner: Fraction) -> int:
    """Exact kroner as whole øre."""
    return int(ore(kroner) * 100)


def _by_rates(known: Rates, line: PaymentLineRow, number: Fraction) -> Reckoning | None:
    rate = known.day if line.hours is None else known.hour
    if in_ore(rate * number) == abs(line.amount):
        return Reckoning(in_ore(rate))
    if line.hours is not None and in_ore(known.day) == abs(line.amount):
        return Reckoning(in_ore(known.day), capped=True)
    return None


def _as_paid(amount: int, number: Decimal) -> Reckoning | None:
    """From before the first basic amount known here: what the municipality must have used."""
    used = (amount / number).quantize(Decimal(1), ROUND_HALF_UP)
    fits = (used * number).quantize(Decimal(1), ROUND_HALF_UP) == amount
    return Reckoning(int(used)) if fits else None


def _month(line: PaymentLineRow, month: str) -> Month:
    if line.first_day is not None:
        return Month.of(line.first_day)
    year, number = month.split("-")
    return Month(int(year), int(number))
