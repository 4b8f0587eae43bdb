"""How long a programme lasts, in months that one can count."""

from datetime import date

import pytest

from portal.participant.plan.period import ProgrammePeriod, period

START, END = date(2026, 2, 2), date(2028, 2, 1)

CASES = {
    "two years, near the end of the tenth month": (date(2026, 11, 23), (24, 9, 1, 14)),
    "the first day": (START, (24, 0, 0, 24)),
    "the second day": (date(2026, 2, 3), (24, 0, 1, 23)),
    "before the start": (date(2025, 12, 24), (24, 0, 0, 24)),
    "the last month": (date(2028, 1, 20), (24, 23, 1, 0)),
    "the last day": (END, (24, 23, 1, 0)),
    "after the end": (date(2028, 3, 1), (24, 24, 0, 0)),
}


@pytest.mark.parametrize(("today", "months"), CASES.values(), ids=CASES)
def test_months(today: date, months: tuple[int, int, int, int]) -> None:
    found = period(START, END, today)
    assert isinstance(found, ProgrammePeriod)
    assert (found.months, found.passed, found.current, found.left) == months
    assert found.passed + found.current + found.left == found.months


def test_over_only_after_the_last_day() -> None:
    on_last, after = period(START, END, END), period(START, END, date(2028, 2, 2))
    assert on_last is not None
    assert after is not None
    assert (on_last.over, after.over) == (False, True)


def test_no_period_without_start_and_end() -> None:
    assert period(None, END, START) is None
    assert period(START, None, START) is None
