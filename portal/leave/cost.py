"""What days away do to the payments, as the law's own breakdown says it: with them, less without them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.law.allowance import breakdown
from portal.law.assessment import Assessment, Breakdown
from portal.law.calendar import Month, add_months, working_days
from portal.law.case import PastAbsence, Request
from portal.law.vocabulary import AllowanceEffect, LeaveKind, Unexcused
from portal.record.case import Record

WITHOUT_ALLOWANCE = (AllowanceEffect.NONE, AllowanceEffect.NONE_IF_GRANTED)
MONTHS_LOOKED_AT = 14


@dataclass(frozen=True, slots=True)
class Less:
    """How much less one payment becomes, in øre, rounded to whole kroner: the portal's estimate, not a decision."""

    pay_day: date
    ore: int


def if_given(record: Record, request: Request, assessment: Assessment) -> tuple[Less, ...]:
    """What the days cost when the municipality says yes, or when nobody need say anything."""
    if assessment.allowance in WITHOUT_ALLOWANCE and assessment.covered_days:
        return less(record, [_row(request, request.kind)])
    if request.kind is LeaveKind.CHILD_ILLNESS and assessment.beyond_days:
        return less(record, [_row(request, request.kind)])
    return ()


def if_not_given(record: Record, request: Request, assessment: Assessment) -> tuple[Less, ...]:
    """What the days cost if one stays away without permission (IL § 21)."""
    if assessment.allowance is AllowanceEffect.NOT_APPLICABLE:
        return ()
    return less(record, [_row(request, Unexcused.INVALID)])


def less(record: Record, rows: Sequence[PastAbsence]) -> tuple[Less, ...]:
    """The payments that become smaller when the rows are registered, in order of time; empty where none does."""
    first, last = min(row.first_day for row in rows), max(row.last_day for row in rows)
    found = []
    for month in _months(first, last):
        before = breakdown(month, record.participant, record.history, policy=record.policy)
        after = breakdown(month, record.participant, (*record.history, *rows), policy=record.policy)
        if isinstance(before, Breakdown) and isinstance(after, Breakdown) and after.before_tax < before.before_tax:
            found.append(Less(paid_on(month, record.pay_day), 100 * round(before.before_tax - after.before_tax)))
    return tuple(found)


def paid_on(month: Month, pay_day: int) -> date:
    """The day that a month's allowance is paid: in arrears, the month after."""
    return add_months(month.first_day, 1).replace(day=pay_day)


def next_payments(record: Record, request: Request) -> tuple[date, ...]:
    """The payments that the working days of a request belong to."""
    days = working_days(request.first_day, request.last_day) or [request.first_day]
    return tuple(paid_on(month, record.pay_day) for month in _months(days[0], days[-1]))


def _months(first: date, last: date) -> list[Month]:
    start = first.replace(day=1)
    every = [Month.of(add_months(start, number)) for number in range(MONTHS_LOOKED_AT)]
    return [month for month in every if month.first_day <= last]


def _row(request: Request, kind: LeaveKind | Unexcused) -> PastAbsence:
    return PastAbsence(kind, request.first_day, request.last_day, request.hours)
