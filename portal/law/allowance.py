"""A month of introduksjonsstønad, line by line (IL §§ 20–24, 46 (2) g; IF §§ 15, 16)."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from portal.law.assessment import Breakdown, BreakdownLine, NoBreakdown
from portal.law.breaks import NO_BREAKS, Breaks
from portal.law.calendar import Month
from portal.law.case import STANDARD_POLICY, ParticipantFacts, PastAbsence, Policy
from portal.law.deductions import (
    THIRTIETHS,
    Deduction,
    MonthOf,
    PaidWork,
    PublicBenefit,
    invalid_absence,
    leave_without_allowance,
    other_benefits,
    over_quota_absence,
    paid_work,
)
from portal.law.rates import Rates, basic_amount, factor, is_provisional, ore
from portal.law.vocabulary import LineReason, NoBreakdownReason, Programme

SANCTIONS = frozenset({LineReason.INVALID_ABSENCE, LineReason.OVER_QUOTA_ABSENCE})


def breakdown(
    month: Month,
    participant: ParticipantFacts,
    history: Sequence[PastAbsence] = (),
    *,
    policy: Policy = STANDARD_POLICY,
    breaks: Breaks = NO_BREAKS,
    works: Sequence[PaidWork] = (),
    benefits: Sequence[PublicBenefit] = (),
) -> Breakdown | NoBreakdown:
    """The month's allowance before tax from what is registered; never below 0. What is only sent changes nothing.

    Training only has no allowance, and months before the first known basic amount have no figure.
    """
    if participant.programme is Programme.TRAINING_ONLY:
        return NoBreakdown(month, NoBreakdownReason.NOT_IN_INTRODUCTION_PROGRAMME)
    amount = basic_amount(month)
    if amount is None:
        return NoBreakdown(month, NoBreakdownReason.BASIC_AMOUNT_UNKNOWN)
    of = MonthOf(participant, month, Rates(amount.amount, factor(participant, month, policy)), policy, breaks)
    gross = of.share * of.rates.day
    deductions = _capped(gross, _deductions(of, history, works, benefits))
    total = sum((deduction.amount for deduction in deductions), Fraction(0))
    return Breakdown(
        month=month,
        basic_amount=amount.amount,
        factor=of.rates.factor,
        gross=ore(gross),
        lines=(_monthly_line(of, gross), *[_line(deduction) for deduction in deductions]),
        before_tax=ore(gross - total),
        deduction=ore(total),
        deduction_is_decision=is_decision(gross, deductions, amount.amount),
        basic_amount_provisional=is_provisional(amount, month),
    )


def is_decision(gross: Fraction, deductions: Sequence[Deduction], basic: int) -> bool:
    """Whether the deduction for absence is itself an enkeltvedtak: at least half of the payment that it is taken from,
    and at least 1/12 of the basic amount, compared exactly (IL § 46 (2) g).
    """
    sanction = sum((deduction.amount for deduction in deductions if deduction.reason in SANCTIONS), Fraction(0))
    other = sum((deduction.amount for deduction in deductions if deduction.reason not in SANCTIONS), Fraction(0))
    return 2 * sanction >= gross - other and sanction >= Fraction(basic, 12)


def _deductions(
    of: MonthOf, history: Sequence[PastAbsence], works: Sequence[PaidWork], benefits: Sequence[PublicBenefit]
) -> list[Deduction]:
    """In the order that they are taken from the payment: what was never earned first, absence last."""
    leave, taken = leave_without_allowance(of, history)
    return [
        *leave,
        *other_benefits(of, benefits),
        *paid_work(of, works),
        *invalid_absence(of, history, taken),
        *over_quota_absence(of, history, taken),
    ]


def _capped(gross: Fraction, deductions: Sequence[Deduction]) -> list[Deduction]:
    left = gross
    capped = []
    for deduction in deductions:
        amount = min(deduction.amount, left)
        left -= amount
        capped.append(replace(deduction, amount=amount))
    order = list(LineReason)
    return sorted(capped, key=lambda deduction: order.index(deduction.reason))


def _monthly_line(of: MonthOf, gross: Fraction) -> BreakdownLine:
    if of.share == THIRTIETHS:
        return BreakdownLine(LineReason.MONTHLY_RATE, ore(gross))
    first_day, last_day = of.window
    known = (first_day, last_day) if of.share else (None, None)
    return BreakdownLine(LineReason.MONTHLY_RATE, ore(gross), of.share, None, *known)


def _line(deduction: Deduction) -> BreakdownLine:
    return BreakdownLine(
        deduction.reason,
        ore(-deduction.amount),
        deduction.days,
        deduction.hours,
        deduction.first_day,
        deduction.last_day,
    )
