"""Counting the days of a quota: what is spent in a window, and how much of a request still fits."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from math import ceil

from portal.law.assessment import Quota, QuotaPeriod
from portal.law.breaks import NO_BREAKS, Breaks
from portal.law.calendar import calendar_year, last_12_months, programme_year
from portal.law.case import PastAbsence
from portal.law.vocabulary import LeaveKind, PartDay, PeriodKind

Window = tuple[date, date]
WHOLE_DAY = Decimal("7.5")  # hours: 37.5 a week, full time as IMDi counts it (IL §§ 13, 14)


@dataclass(frozen=True, slots=True)
class UsedDays:
    """Working days of the history, each once and in order. Which day hours spend is the municipality's choice."""

    registered: tuple[date, ...] = ()
    pending: tuple[date, ...] = ()

    def within(self, window: Window) -> tuple[int, int]:
        """How many registered and how many pending days the window holds."""
        return _count(self.registered, window), _count(self.pending, window)

    def without(self, asked: Iterable[date]) -> "UsedDays":
        """The same less the asked days: a day that is asked for again is the request's, and counts once."""
        again = frozenset(asked)
        return UsedDays(
            tuple(day for day in self.registered if day not in again),
            tuple(day for day in self.pending if day not in again),
        )


def used_days(
    history: Iterable[PastAbsence],
    kinds: Collection[LeaveKind],
    within: Window,
    part: PartDay = PartDay.DAY,
    breaks: Breaks = NO_BREAKS,
) -> UsedDays:
    """The days of some kinds within a window; hours spend the day, or add up to days over the calendar year."""
    rows = [row for row in history if row.kind in kinds and row.counts]
    registered: set[date] = set()
    pending: set[date] = set()
    for row in rows:
        if part is PartDay.DAY or row.hours is None:
            (registered if row.is_registered else pending).update(_clipped(row, within, breaks))
    if part is PartDay.HOURS:
        had, sent = (_hours_of(rows, within, breaks, is_registered=known) for known in (True, False))
        begun = days_begun(had)
        registered.update(begun)
        pending.update(days_begun([*had, *sent])[len(begun) :])
    return UsedDays(tuple(sorted(registered)), tuple(sorted(pending - registered)))


def begins_a_day(
    history: Iterable[PastAbsence], kind: LeaveKind, day: date, hours: Decimal, breaks: Breaks = NO_BREAKS
) -> bool:
    """Whether hours on a day, after all that is had and sent in that calendar year, begin another day's worth."""
    rows, window = [row for row in history if row.kind is kind and row.counts], calendar_year(day)
    before = [entry for known in (True, False) for entry in _hours_of(rows, window, breaks, is_registered=known)]
    return len(days_begun([*before, (day, hours)])) > len(days_begun(before))


def days_begun(entries: Iterable[tuple[date, Decimal]]) -> list[date]:
    """The days whose hours begin another whole day's worth of their calendar year."""
    totals: defaultdict[int, Decimal] = defaultdict(Decimal)
    begun = []
    for day, hours in entries:
        before = totals[day.year]
        totals[day.year] += hours
        if ceil(totals[day.year] / WHOLE_DAY) > ceil(before / WHOLE_DAY):
            begun.append(day)
    return begun


def _hours_of(
    rows: Iterable[PastAbsence], within: Window, breaks: Breaks, *, is_registered: bool
) -> list[tuple[date, Decimal]]:
    return sorted(
        (day, row.hours)
        for row in rows
        if row.hours is not None and row.is_registered is is_registered
        for day in _clipped(row, within, breaks)
    )


def _clipped(row: PastAbsence, within: Window, breaks: Breaks) -> list[date]:
    return breaks.working_days(row.kind, max(row.first_day, within[0]), min(row.last_day, within[1]))


@dataclass(frozen=True, slots=True)
class QuotaRule:
    """A quota as a rule: how many days on a day, counted in which window, and which days share one reading.
    `free` are asked days that spend none.
    """

    limit_on: Callable[[date], int]
    window_on: Callable[[date], Window]
    period_on: Callable[[date], QuotaPeriod]
    group_of: Callable[[date], object]
    spent: UsedDays
    free: frozenset[date] = frozenset()

    def apply(self, asked: Sequence[date], reference_day: date) -> tuple[list[date], Quota]:
        """The asked days that fit, and the quota where it is tightest (on `reference_day` when none is asked)."""
        counted = [day for day in asked if day not in self.free]
        if not counted:
            return list(asked), self._reading(reference_day, 0)
        covered, quota = replace(self, spent=self.spent.without(counted))._apply(counted)
        return sorted({*covered, *self.free.intersection(asked)}), quota

    def _apply(self, asked: Sequence[date]) -> tuple[list[date], Quota]:
        covered: list[date] = []
        readings: list[Quota] = []
        for _, days in groupby(asked, key=self.group_of):
            group = list(days)
            tightest = min(reversed(group), key=lambda day: self._left(day, covered))
            fitting = group[: max(0, self._left(tightest, covered))]
            readings.append(self._reading(tightest, _count(covered, self.window_on(tightest)) + len(fitting)))
            covered.extend(fitting)
        return covered, min(reversed(readings), key=lambda quota: quota.left)

    def _left(self, day: date, covered: Sequence[date]) -> int:
        window = self.window_on(day)
        return self.limit_on(day) - sum(self.spent.within(window)) - _count(covered, window)

    def _reading(self, day: date, covered_days: int) -> Quota:
        used, pending = self.spent.within(self.window_on(day))
        limit = self.limit_on(day)
        after = used + pending + covered_days
        return Quota(limit, used, pending, after, limit - after, self.period_on(day))


def rolling(limit_on: Callable[[date], int], days_spent: UsedDays) -> QuotaRule:
    """A quota of the last 12 months, day by day; the tightest day of a request rules (IF § 7)."""
    return QuotaRule(
        limit_on,
        last_12_months,
        lambda day: QuotaPeriod(PeriodKind.ROLLING_12_MONTHS, *last_12_months(day)),
        lambda day: (day.year, limit_on(day)),
        days_spent,
    )


def per_calendar_year(limit: int, days_spent: UsedDays, free: frozenset[date] = frozenset()) -> QuotaRule:
    """A quota for each calendar year (IF §§ 14, 14 a, 17)."""
    return QuotaRule(
        lambda _: limit,
        calendar_year,
        lambda day: QuotaPeriod(PeriodKind.CALENDAR_YEAR, *calendar_year(day)),
        lambda day: day.year,
        days_spent,
        free,
    )


def per_programme_year(limit: int, start: date, days_spent: UsedDays) -> QuotaRule:
    """A quota for each year of the programme."""
    return QuotaRule(
        lambda _: limit,
        lambda day: programme_year(start, day),
        lambda day: QuotaPeriod(PeriodKind.PROGRAMME_YEAR, *programme_year(start, day)),
        lambda day: programme_year(start, day),
        days_spent,
    )


def per_event(limit: int, period: QuotaPeriod, window: Window, days_spent: UsedDays) -> QuotaRule:
    """A quota for one event: a pregnancy or a birth (IF §§ 11, 12)."""
    return QuotaRule(lambda _: limit, lambda _: window, lambda _: period, lambda _: period, days_spent)


def _count(ordered: Sequence[date], window: Window) -> int:
    return bisect_right(ordered, window[1]) - bisect_left(ordered, window[0])
