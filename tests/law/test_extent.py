"""How much leave: whole days, hours of one day, or up to some hours of each day (IF §§ 13, 14; IL §§ 17, 46)."""

from datetime import date, time
from decimal import Decimal

import pytest

from portal.law.extent import Extent, Share, asked_for
from portal.law.vocabulary import LeaveKind
from tests.law.making import d

MONDAY, TUESDAY, FRIDAY = d("2026-12-07"), d("2026-12-08"), d("2026-12-11")
HOUR, TWO, FIVE = Decimal(1), Decimal(2), Decimal(5)

SHARES = [
    pytest.param(Extent(MONDAY, MONDAY), Share.DAYS, id="one day"),
    pytest.param(Extent(MONDAY, FRIDAY), Share.DAYS, id="days"),
    pytest.param(Extent(MONDAY, MONDAY, TWO), Share.HOURS, id="hours"),
    pytest.param(Extent(MONDAY, MONDAY, TWO, time(9), time(11)), Share.HOURS, id="hours with clock times"),
    pytest.param(Extent(MONDAY, FRIDAY, HOUR), Share.HOURS_A_DAY, id="up to an hour each day"),
]


@pytest.mark.parametrize(("extent", "share"), SHARES)
def test_what_it_takes_of_its_days(extent: Extent, share: Share) -> None:
    assert extent.share is share


ASKED = [
    pytest.param(LeaveKind.BREASTFEEDING, FRIDAY, None, HOUR, id="IF § 13: to breastfeed is up to an hour each day"),
    pytest.param(LeaveKind.BREASTFEEDING, MONDAY, TWO, TWO, id="IF § 13: unless more time is named"),
    pytest.param(LeaveKind.WELFARE, MONDAY, TWO, TWO, id="IF § 14: hours"),
    pytest.param(LeaveKind.WELFARE, FRIDAY, None, None, id="IF § 14: whole days"),
]


@pytest.mark.parametrize(("kind", "last", "hours", "expected"), ASKED)
def test_what_is_asked_for(kind: LeaveKind, last: date, hours: Decimal | None, expected: Decimal | None) -> None:
    assert asked_for(kind, MONDAY, last, hours) == Extent(MONDAY, last, expected)


LESS = [
    pytest.param(Extent(MONDAY, FRIDAY), (False, False), id="all of it"),
    pytest.param(Extent(MONDAY, TUESDAY), (False, True), id="fewer days"),
    pytest.param(Extent(TUESDAY, FRIDAY), (False, True), id="a later start"),
    pytest.param(Extent(MONDAY, FRIDAY, TWO), (True, False), id="hours of every day"),
    pytest.param(Extent(MONDAY, MONDAY, TWO), (True, True), id="hours of one of the days"),
]


@pytest.mark.parametrize(("granted", "less"), LESS)
def test_less_than_was_asked(granted: Extent, less: tuple[bool, bool]) -> None:
    asked = Extent(MONDAY, FRIDAY)
    assert (granted.has_fewer_hours(asked), granted.leaves_days_out(asked)) == less


@pytest.mark.parametrize(("hours", "fewer"), [(TWO, True), (FIVE, False), (Decimal(7), False), (None, False)])
def test_hours_against_hours(hours: Decimal | None, fewer: bool) -> None:
    assert Extent(MONDAY, MONDAY, hours).has_fewer_hours(Extent(MONDAY, MONDAY, FIVE)) is fewer
