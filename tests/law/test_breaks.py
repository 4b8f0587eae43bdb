"""Days without school: no working days of absence and leave, but of a holiday (IF § 18; `policy.breaks_count`)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.law.allowance import breakdown
from portal.law.breaks import Breaks
from portal.law.calendar import days, is_working_day
from portal.law.vocabulary import BreaksCount, LeaveKind, Outcome, Reason
from tests.law.making import ask, d, had, judged, month, person

CHRISTMAS = Breaks(((d("2026-12-21"), d("2027-01-03")),))
ALWAYS = Breaks(CHRISTMAS.spans, BreaksCount.ALWAYS)

ROWS = [
    pytest.param(ask("welfare", "2026-12-17", "2026-12-23"), CHRISTMAS, (2, 2, 8), id="IF § 14: two days before it"),
    pytest.param(ask("welfare", "2026-12-17", "2026-12-23"), ALWAYS, (5, 5, 5), id="IF § 14: always"),
    pytest.param(ask("holiday", "2026-12-17", "2026-12-23"), CHRISTMAS, (5, 5, 20), id="IF § 18: a holiday is of them"),
    pytest.param(
        ask("religious_day", "2026-12-18", "2026-12-22", notice="2026-11-01"), CHRISTMAS, (1, 1, 1), id="IF § 17 (2)"
    ),
]


@pytest.mark.parametrize(("asked", "breaks", "expected"), ROWS)
def test_days_that_count(asked, breaks, expected):
    found = judged(asked, breaks=breaks)
    assert found.quota
    assert (found.working_days, found.covered_days, found.quota.left) == expected


def test_nothing_else_remains():
    inside = judged(ask("welfare", "2026-12-21", "2026-12-23"), breaks=CHRISTMAS)
    assert Reason.NOT_WORKING_DAYS in inside.reasons
    assert (inside.working_days, inside.outcome) == (0, Outcome.DISCRETION), "as of a weekend: nothing is refused"
    assert Reason.NOT_WORKING_DAYS not in judged(ask("welfare", "2026-12-21", "2026-12-23")).reasons


def test_what_has_been_counts_likewise():
    history = (had("welfare", "2026-12-14", "2026-12-23"), had("holiday", "2026-12-28", "2026-12-30"))
    welfare = judged(ask("welfare", "2026-12-11"), *history, breaks=CHRISTMAS).quota
    holiday = judged(ask("holiday", "2026-12-11"), *history, breaks=CHRISTMAS).quota
    assert welfare
    assert holiday
    assert (welfare.used, holiday.used) == (5, 3)


def test_nobody_is_docked_for_a_break():
    """IL § 21: who is not expected is not absent."""
    row = had("invalid", "2026-12-18", "2026-12-22")
    lost = [breakdown(month("2026-12"), person(), (row,), breaks=breaks) for breaks in (CHRISTMAS, ALWAYS)]
    assert [found.lines[-1].days for found in lost] == [1, 3]
    assert Decimal(0) < lost[0].deduction < lost[1].deduction


@given(
    kind=st.sampled_from([kind for kind in LeaveKind if kind is not LeaveKind.HOLIDAY]),
    first=st.dates(d("2026-10-19"), d("2027-03-01")),
    length=st.integers(0, 40),
    start=st.dates(d("2026-10-01"), d("2027-03-01")),
    weeks=st.integers(1, 3),
)
def test_working_days_are_those_outside_breaks(kind, first, length, start, weeks):
    last, end = first + timedelta(days=length), start + timedelta(weeks=weeks)
    breaks, working = Breaks(((start, end),)), [day for day in days(first, last) if is_working_day(day)]
    assert breaks.working_days(kind, first, last) == [day for day in working if not start <= day <= end]
    assert breaks.working_days(LeaveKind.HOLIDAY, first, last) == working
