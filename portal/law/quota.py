"""Counting the days of a quota: what is spent in a window, and how much of a request still fits."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from portal.law.assessment import Period, Quota
from portal.law.calendar import calendar_year, last_12_months, programme_year, working_days
from portal.law.case import PastAbsence
from portal.law.vocabulary import LeaveKind, PeriodKind

Window = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Spent:
    """Working days of the history, each once and in order. Part of a day spends the day."""

    registered: tuple[date, ...] = ()
    pending: tuple[date, ...] = ()

    def within(self, window: Window) -> tuple[int, int]:
        """How many registered and how many pending days the window holds."""
        return _count(self.registered, window), _count(self.pending, window)

    def without(self, asked: Iterable[date]) -> "Spent":
        """The same less the asked days: a day that is asked for again is the request's, and counts once."""
        again = frozenset(asked)
        return Spent(
            tuple(day for day in self.registered if day not in again),
            tuple(day for day in self.pending if day not in again),
        )


def spent(history: Iterable[PastAbsence], kinds: Collection[LeaveKind], within: Window) -> Spent:
    """The days of some kinds within a window."""
    registered: set[date] = set()
    pending: set[date] = set()
    for row in history:
        if row.kind in kinds and row.counts:
            row_days = working_days(max(row.first_day, within[0]), min(row.last_day, within[1]))
            (registered if row.is_registered else pending).update(row_days)
    return Spent(tuple(sorted(registered)), tuple(sorted(pending - registered)))


@dataclass(frozen=True, slots=True)
class Meter:
    """A quota as a rule: how many days on a day, counted in which window, and which days share one reading."""

    limit_on: Callable[[date], int]
    window_on: Callable[[date], Window]
    period_on: Callable[[date], Period]
    group_of: Callable[[date], object]
    spent: Spent

    def fill(self, asked: Sequence[date], otherwise: date) -> tuple[list[date], Quota]:
        """The asked days that fit, and the quota where it is tightest (on the day `otherwise` when none is asked)."""
        if asked:
            return replace(self, spent=self.spent.without(asked))._fill(asked)
        return [], self._reading(otherwise, 0)

    def _fill(self, asked: Sequence[date]) -> tuple[list[date], Quota]:
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


def rolling(limit_on: Callable[[date], int], days_spent: Spent) -> Meter:
    """A quota of the last 12 months, day by day; the tightest day of a request rules (IF § 7)."""
    return Meter(
        limit_on,
        last_12_months,
        lambda day: Period(PeriodKind.ROLLING_12_MONTHS, *last_12_months(day)),
        lambda day: (day.year, limit_on(day)),
        days_spent,
    )


def per_calendar_year(limit: int, days_spent: Spent) -> Meter:
    """A quota for each calendar year (IF §§ 14, 14 a, 17)."""
    return Meter(
        lambda _: limit,
        calendar_year,
        lambda day: Period(PeriodKind.CALENDAR_YEAR, *calendar_year(day)),
        lambda day: day.year,
        days_spent,
    )


def per_programme_year(limit: int, start: date, days_spent: Spent) -> Meter:
    """A quota for each year of the programme."""
    return Meter(
        lambda _: limit,
        lambda day: programme_year(start, day),
        lambda day: Period(PeriodKind.PROGRAMME_YEAR, *programme_year(start, day)),
        lambda day: programme_year(start, day),
        days_spent,
    )


def once(limit: int, period: Period, window: Window, days_spent: Spent) -> Meter:
    """A quota for one event: a pregnancy or a birth (IF §§ 11, 12)."""
    return Meter(lambda _: limit, lambda _: window, lambda _: period, lambda _: period, days_spent)


def _count(ordered: Sequence[date], window: Window) -> int:
    return bisect_right(ordered, window[1]) - bisect_left(ordered, window[0])
