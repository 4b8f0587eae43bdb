"""What reduces a month's allowance: leave without allowance, invalid absence, absence beyond a quota, paid work and
other benefits (IL §§ 21–23, IF §§ 7, 15, 16). Exact kroner, before any cap.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from portal.law.absence import child_days, children_of_age
from portal.law.breaks import NO_BREAKS, Breaks
from portal.law.calendar import Month, calendar_days, days, is_working_day, last_12_months, working_days
from portal.law.case import ParticipantFacts, PastAbsence, Policy
from portal.law.rates import Rates
from portal.law.vocabulary import Benefit, LeaveKind, LineReason, Unexcused

WITHOUT_ALLOWANCE = frozenset(kind for kind in LeaveKind if not kind.law.is_paid)
EARNED_BEFORE = frozenset({Benefit.UNEMPLOYMENT, Benefit.SICKNESS, Benefit.PARENTAL})
NEVER_DEDUCTED = frozenset({Benefit.CHILD_BENEFIT, Benefit.CASH_FOR_CARE})
THIRTIETHS = 30


@dataclass(frozen=True, slots=True)
class PaidWork:
    """Paid work inside the programme: its hours in programme time and the wage in kroner (IL § 23 (2))."""

    hours: Decimal
    wage: Decimal
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class PublicBenefit:
    """A public benefit in kroner a year. `earned_before`: the right was earned before the programme (IL § 22 (1))."""

    kind: Benefit
    yearly: Decimal
    earned_before: bool = True


@dataclass(frozen=True, slots=True)
class Deduction:
    """One exact reduction, with the days or hours and the dates that it is because of."""

    reason: LineReason
    amount: Fraction
    days: int | None = None
    hours: Decimal | None = None
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class MonthOf:
    """A person's month: who, which month, the rates in it and the municipality's choices."""

    participant: ParticipantFacts
    month: Month
    rates: Rates
    policy: Policy
    breaks: Breaks = NO_BREAKS

    @property
    def window(self) -> tuple[date, date]:
        """The part of the month that lies in the programme; the last day is before the first where none does."""
        end = self.participant.end or self.month.last_day
        return max(self.month.first_day, self.participant.start), min(self.month.last_day, end)

    def clip(self, row: PastAbsence | PaidWork) -> list[date]:
        """The row's calendar days in the programme's part of the month."""
        first_day, last_day = self.window
        return list(days(max(row.first_day, first_day), min(row.last_day, last_day)))

    @property
    def share(self) -> int:
        """How many thirtieths of the month the programme fills: a calendar day each, all where no working day of the
        month lies outside it, and never all where one does.
        """
        first_day, last_day = self.window
        if all(first_day <= day <= last_day for day in working_days(self.month.first_day, self.month.last_day)):
            return THIRTIETHS
        return min(calendar_days(first_day, last_day), THIRTIETHS - 1)


def leave_without_allowance(of: MonthOf, history: Iterable[PastAbsence]) -> tuple[list[Deduction], set[date]]:
    """Leave under IF §§ 15, 16: a thirtieth a calendar day, the whole where no working day is left. With its days.
    Leave of some hours takes these hours alone.
    """
    registered = [row for row in history if row.kind in WITHOUT_ALLOWANCE and row.is_registered]
    rows = [row for row in registered if row.hours is None]
    found: list[Deduction] = []
    taken: set[date] = set()
    charged = 0
    for row in sorted(rows, key=lambda row: (row.first_day, row.last_day)):
        new = [day for day in of.clip(row) if day not in taken]
        if not new:
            continue
        taken.update(new)
        total = _leave_thirtieths(of, taken)
        amount = (total - charged) * of.rates.day
        found.append(Deduction(LineReason.LEAVE_WITHOUT_ALLOWANCE, amount, total - charged, None, new[0], new[-1]))
        charged = total
    found.extend(_hours_of_leave(of, [row for row in registered if row.hours is not None], taken))
    return found, taken


def _hours_of_leave(of: MonthOf, rows: Iterable[PastAbsence], taken: set[date]) -> Iterator[Deduction]:
    charged: defaultdict[date, Fraction] = defaultdict(Fraction)
    for row in sorted(rows, key=lambda row: (row.first_day, row.last_day)):
        days_of_row = [day for day in of.clip(row) if of.breaks.working_days(row.kind, day, day) and day not in taken]
        if row.hours is not None and days_of_row:
            amount = sum((_hours_on(of, row.hours, day, charged) for day in days_of_row), Fraction())
            hours = row.hours * len(days_of_row)
            yield Deduction(LineReason.LEAVE_WITHOUT_ALLOWANCE, amount, None, hours, days_of_row[0], days_of_row[-1])


def invalid_absence(of: MonthOf, history: Iterable[PastAbsence], taken: set[date]) -> list[Deduction]:
    """Absence without permission: a day 1/30 of the month, an hour 1/1850 of the year (IL § 21). `taken` days have no
    allowance to reduce; the days counted here are added to it.
    """
    rows = [row for row in history if row.kind is Unexcused.INVALID and row.is_registered]
    parts = [(row, [day for day in of.clip(row) if _counts(of, row.kind, day)]) for row in rows]
    return _by_length(of, LineReason.INVALID_ABSENCE, parts, taken)


def over_quota_absence(of: MonthOf, history: Sequence[PastAbsence], taken: set[date]) -> list[Deduction]:
    """Illness of a child beyond the days of IF § 7, on days that no other registered absence or leave excuses."""
    beyond = days_over_quota(of.participant, history, of.breaks) - _excused(of, history)
    rows = [row for row in history if row.kind is LeaveKind.CHILD_ILLNESS and row.is_registered]
    parts = [(row, [day for day in of.clip(row) if day in beyond]) for row in rows]
    return _by_length(of, LineReason.OVER_QUOTA_ABSENCE, parts, taken)


def days_over_quota(
    participant: ParticipantFacts, history: Iterable[PastAbsence], breaks: Breaks = NO_BREAKS
) -> set[date]:
    """Registered days with a sick child that exceed the quota of their last 12 months, day by day (IF § 7). Days on
    which no child is known to be of age are left to the municipality.
    """
    registered: set[date] = set()
    for row in history:
        if row.kind is LeaveKind.CHILD_ILLNESS and row.is_registered:
            registered.update(breaks.working_days(row.kind, row.first_day, row.last_day))
    within: list[date] = []
    beyond: set[date] = set()
    for day in sorted(registered):
        since = last_12_months(day)[0]
        within = [earlier for earlier in within if earlier >= since]
        if not children_of_age(participant.children, day):
            continue
        if len(within) < child_days(participant, day):
            within.append(day)
        else:
            beyond.add(day)
    return beyond


def paid_work(of: MonthOf, works: Iterable[PaidWork]) -> list[Deduction]:
    """For the time the work takes, or krone for krone where that favours the participant (IL § 23 (2))."""
    return [
        Deduction(
            LineReason.PAID_WORK,
            max(Fraction(0), min(Fraction(work.hours) * of.rates.hour, Fraction(work.wage))),
            hours=work.hours,
            first_day=work.first_day,
            last_day=work.last_day,
        )
        for work in works
        if of.clip(work)
    ]


def other_benefits(of: MonthOf, benefits: Iterable[PublicBenefit]) -> list[Deduction]:
    """A twelfth of what IL § 22 takes off in a year: the benefit itself, or 40 per cent of the transitional benefit
    above half a basic amount; child benefit and cash for care take nothing.
    """
    amounts = [_yearly_cut(benefit, of.rates.basic_amount) / 12 for benefit in benefits]
    return [Deduction(LineReason.OTHER_BENEFIT, amount) for amount in amounts if amount > 0]


def _yearly_cut(benefit: PublicBenefit, basic_amount: int) -> Fraction:
    yearly = Fraction(benefit.yearly)
    if benefit.kind in NEVER_DEDUCTED or (benefit.kind in EARNED_BEFORE and not benefit.earned_before):
        return Fraction(0)
    if benefit.kind is Benefit.TRANSITIONAL:
        return Fraction(2, 5) * max(Fraction(0), yearly - Fraction(basic_amount, 2))
    return yearly


def _leave_thirtieths(of: MonthOf, taken: set[date]) -> int:
    """A thirtieth a calendar day, all of the share where no working day is left, and never all where one is."""
    first_day, last_day = of.window
    if set(working_days(first_day, last_day)) <= taken:
        return of.share
    return min(len(taken), max(0, of.share - 1))


def _counts(of: MonthOf, kind: LeaveKind | Unexcused, day: date) -> bool:
    if of.breaks.frees(kind, day):
        return False
    return of.policy.weekend_in_invalid_absence or is_working_day(day)


def _excused(of: MonthOf, history: Iterable[PastAbsence]) -> set[date]:
    """Days of the month that other registered rows, of whole days, give a ground for."""
    grounds = frozenset(LeaveKind) - {LeaveKind.CHILD_ILLNESS}
    rows = [row for row in history if row.kind in grounds and row.is_registered and row.hours is None]
    return {day for row in rows for day in of.clip(row)}


def _by_length(
    of: MonthOf, reason: LineReason, parts: Iterable[tuple[PastAbsence, list[date]]], taken: set[date]
) -> list[Deduction]:
    """Whole days first, each once, then hours on the days that are left."""
    ordered = sorted(parts, key=lambda part: (part[0].first_day, part[0].last_day))
    whole = [part for part in ordered if part[0].hours is None]
    hourly = [part for part in ordered if part[0].hours is not None]
    return [*_whole_days(of, reason, whole, taken), *_hours(of, reason, hourly, taken)]


def _whole_days(
    of: MonthOf, reason: LineReason, parts: Iterable[tuple[PastAbsence, list[date]]], taken: set[date]
) -> Iterator[Deduction]:
    for _, row_days in parts:
        new = [day for day in row_days if day not in taken]
        taken.update(new)
        if new:
            yield Deduction(reason, len(new) * of.rates.day, len(new), None, new[0], new[-1])


def _hours(
    of: MonthOf, reason: LineReason, parts: Iterable[tuple[PastAbsence, list[date]]], taken: set[date]
) -> Iterator[Deduction]:
    """Hours of one day together cost at most the day, where the municipality caps them."""
    charged: defaultdict[date, Fraction] = defaultdict(Fraction)
    for row, row_days in parts:
        day = next((day for day in row_days if day not in taken), None)
        if day is None or row.hours is None:
            continue
        yield Deduction(reason, _hours_on(of, row.hours, day, charged), None, row.hours, day, day)


def _hours_on(of: MonthOf, hours: Decimal, day: date, charged: defaultdict[date, Fraction]) -> Fraction:
    """What hours on a day take, with what is charged for it already."""
    amount = Fraction(hours) * of.rates.hour
    if of.policy.part_day_capped_at_day_rate:
        amount = min(amount, of.rates.day - charged[day])
    charged[day] += amount
    return amount
