"""What the first payment may become, before there is one: by the rates of the law, and clearly no promise."""

from dataclasses import dataclass
from datetime import date

from portal.casework.pay_days import PayDays
from portal.law.allowance import breakdown
from portal.law.assessment import Breakdown
from portal.law.calendar import Month
from portal.law.case import ParticipantFacts, Policy
from portal.law.rates import rates
from portal.participant.allowance.arithmetic import in_ore


@dataclass(frozen=True, slots=True)
class Estimate:
    """Øre before tax: for a whole month, and for the first month, which may be part of one, with its pay day."""

    whole_month: int
    first_month: int | None = None
    around: date | None = None


def estimate(
    participant: ParticipantFacts, start: date | None, *, policy: Policy, pay_day: int, today: date
) -> Estimate | None:
    """What may come, paid the month after it is earned (IL § 24); None where no basic amount is known."""
    month = Month.of(max(start or today, today))
    known = rates(participant, month, policy)
    if known is None:
        return None
    whole = in_ore(known.month)
    first = breakdown(month, participant, policy=policy)
    if start is None or not isinstance(first, Breakdown):
        return Estimate(whole)
    around = PayDays(pay_day, {}, policy.pay_day_off).of(month)
    return Estimate(whole, int(first.before_tax * 100), around)
