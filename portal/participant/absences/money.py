"""What an invalid absence takes from the allowance: the municipality's own lines, or the portal's provisional sum."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from markupsafe import Markup

from portal.casework.deductions import Account
from portal.casework.facts import KnownAbsence, LegalFacts
from portal.i18n import given_back
from portal.law.assessment import Breakdown
from portal.law.calendar import Month, working_days
from portal.law.case import PastAbsence
from portal.law.rates import ore, rates
from portal.law.vocabulary import Programme, Unexcused
from portal.tables.absence import AbsenceValidity


@dataclass(frozen=True, slots=True)
class Sum:
    """Days or hours times a rate, in øre. `capped`: the hours cost no more than the day."""

    rate: int
    total: int
    days: int | None = None
    hours: Decimal | None = None
    capped: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """What an absence does to the money. `provisional`: the municipality has not taken anything yet."""

    account: Account
    total: int
    provisional: bool
    sum: Sum | None

    @property
    def returned(self) -> tuple[Markup, ...]:
        """What was given back since, in the words of when it is printed."""
        return tuple(given_back.more(part.amount, part.due_on) for part in self.account.returned)


def effect(record: LegalFacts, absence: KnownAbsence, account: Account) -> Effect | None:
    """The effect of an absence; None where it takes nothing."""
    if account.taken or account.returned:
        return Effect(account, account.total, False, _sum(record, absence))
    if absence.verdict is not AbsenceValidity.INVALID or record.participant.programme is Programme.TRAINING_ONLY:
        return None
    total = -sum(_alone(record, absence, month) for month in _months(absence))
    return Effect(account, total, True, _sum(record, absence)) if total else None


def _sum(record: LegalFacts, absence: KnownAbsence) -> Sum | None:
    if absence.verdict is not AbsenceValidity.INVALID:
        return None
    found = rates(record.participant, Month.of(absence.first_day), record.policy)
    months = _months(absence)
    if found is None or len(months) != 1:
        return None
    total = _alone(record, absence, months[0])
    if absence.hours is None:
        days = len(record.breaks.working_days(Unexcused.INVALID, absence.first_day, absence.last_day))
        return Sum(_ore(ore(found.day)), total, days=days)
    by_hour = _ore(ore(found.hour * Fraction(absence.hours)))
    return Sum(_ore(ore(found.hour)), total, hours=absence.hours, capped=total < by_hour)


def _alone(record: LegalFacts, absence: KnownAbsence, month: Month) -> int:
    row = PastAbsence(Unexcused.INVALID, absence.first_day, absence.last_day, absence.hours)
    found = record.breakdown(month, (row,))
    return _ore(found.deduction) if isinstance(found, Breakdown) else 0


def _months(absence: KnownAbsence) -> list[Month]:
    days = working_days(absence.first_day, absence.last_day) or [absence.first_day]
    return sorted({Month.of(day) for day in days})


def _ore(kroner: Decimal) -> int:
    return int(kroner * 100)
