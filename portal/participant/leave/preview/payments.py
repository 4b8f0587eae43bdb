"""What days away do to the payments, as the law's own breakdown says it: with them, less without them."""

from dataclasses import dataclass
from datetime import date

from portal.casework.facts import LegalFacts
from portal.casework.pay_days import PayDays
from portal.law.assessment import Assessment, Breakdown
from portal.law.calendar import Month, add_months, working_days
from portal.law.case import PastAbsence, Request
from portal.law.extent import Extent
from portal.law.vocabulary import AllowanceEffect, LeaveKind, Reason, Unexcused

WITHOUT_ALLOWANCE = (AllowanceEffect.NONE, AllowanceEffect.NONE_IF_GRANTED)
MONTHS_LOOKED_AT = 14


@dataclass(frozen=True, slots=True)
class PaymentReduction:
    """How much less one payment becomes, in øre, rounded to whole kroner: the portal's estimate, not a decision."""

    pay_day: date
    ore: int


def if_granted(
    record: LegalFacts, request: Request, assessment: Assessment, pay_days: PayDays
) -> tuple[PaymentReduction, ...]:
    """What the days cost when the municipality says yes, or when nobody need say anything."""
    if assessment.allowance in WITHOUT_ALLOWANCE and assessment.covered_days:
        return less(record, _row(request, request.kind), pay_days)
    if request.kind is LeaveKind.CHILD_ILLNESS and assessment.beyond_days:
        return less(record, _row(request, request.kind), pay_days)
    if Reason.OVER_QUOTA in assessment.reasons and assessment.covered_days:
        days = record.breaks.working_days(request.kind, request.first_day, request.last_day)
        beyond = days[-assessment.beyond_days :]
        return less(record, PastAbsence(Unexcused.INVALID, beyond[0], beyond[-1]), pay_days)
    return ()


def if_unauthorised(
    record: LegalFacts, request: Request, assessment: Assessment, pay_days: PayDays
) -> tuple[PaymentReduction, ...]:
    """What the days cost if one stays away without permission (IL § 21)."""
    if assessment.allowance is AllowanceEffect.NOT_APPLICABLE:
        return ()
    return less(record, _row(request, Unexcused.INVALID), pay_days)


def if_away(record: LegalFacts, kind: LeaveKind, extent: Extent, pay_days: PayDays) -> tuple[PaymentReduction, ...]:
    """What leave without allowance costs, of the days or hours that are granted."""
    return less(record, PastAbsence(kind, extent.first_day, extent.last_day, extent.hours), pay_days)


def less(record: LegalFacts, row: PastAbsence, pay_days: PayDays) -> tuple[PaymentReduction, ...]:
    """The payments that become smaller when the row is registered, in order of time; empty where none does."""
    found = []
    for month in _months(row.first_day, row.last_day):
        before = record.breakdown(month, record.history)
        after = record.breakdown(month, (*record.history, row))
        if isinstance(before, Breakdown) and isinstance(after, Breakdown) and after.before_tax < before.before_tax:
            found.append(PaymentReduction(pay_days.of(month), 100 * round(before.before_tax - after.before_tax)))
    return tuple(found)


def next_payments(request: Request, pay_days: PayDays) -> tuple[date, ...]:
    """The payments that the working days of a request belong to."""
    days = working_days(request.first_day, request.last_day) or [request.first_day]
    return tuple(pay_days.of(month) for month in _months(days[0], days[-1]))


def _months(first: date, last: date) -> list[Month]:
    start = first.replace(day=1)
    every = [Month.of(add_months(start, number)) for number in range(MONTHS_LOOKED_AT)]
    return [month for month in every if month.first_day <= last]


def _row(request: Request, kind: LeaveKind | Unexcused) -> PastAbsence:
    return PastAbsence(kind, request.first_day, request.last_day, request.hours)
