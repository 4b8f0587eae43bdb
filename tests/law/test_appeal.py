"""Whether, until when and to whom a decision can be appealed."""

import pytest

from portal.law import appeal
from portal.law.vocabulary import AppealRight, Authority, LeaveKind
from tests.law.making import d

GOVERNOR = {"authority": Authority.COUNTY_GOVERNOR}
#: Decided 23 November 2026; what is known of it, the day it is read, the right and the last day.
APPEALS = [
    pytest.param({"received_on": d("2026-11-23")}, "2026-12-14", "open", "2026-12-14", id="fvl § 29: the last day"),
    pytest.param({"received_on": d("2026-11-23")}, "2026-12-15", "late", "2026-12-14", id="fvl § 31: a day late"),
    pytest.param({"received_on": d("2026-11-23")}, "2027-11-23", "late", "2026-12-14", id="fvl § 31: a year after"),
    pytest.param({"received_on": d("2026-11-23")}, "2027-11-24", "over", "2026-12-14", id="fvl § 31 (3): over a year"),
    pytest.param({"last_day": d("2026-12-31")}, "2026-12-30", "open", "2026-12-31", id="fvl § 29: as they say it"),
    pytest.param({}, "2027-02-01", "open", None, id="fvl § 29: nobody knows when it was received"),
    pytest.param({}, "2027-11-24", "over", None, id="fvl § 31 (3): unknown, over a year"),
    pytest.param({"last_day": d("2027-12-01")}, "2027-11-30", "open", "2027-12-01", id="fvl § 29: a longer one"),
    pytest.param(GOVERNOR, "2026-11-24", "settled", None, id="fvl § 28 (3): the answer to an appeal"),
    pytest.param({"appealable": False}, "2026-11-24", "none", None, id="fvl § 27: they say that it cannot be"),
    pytest.param({"leave": LeaveKind.HOLIDAY}, "2026-11-24", "no_decision", None, id="IF § 69: holiday"),
    pytest.param({"leave": LeaveKind.WELFARE}, "2026-11-24", "open", None, id="IF § 69: welfare leave"),
]


@pytest.mark.parametrize(("known", "today", "right", "last"), APPEALS)
def test_appeal(known, today, right, last):
    found = appeal.appeal(d("2026-11-23"), d(today), **known)
    assert (found.right, found.last_day) == (AppealRight(right), last and d(last))
    sent = (Authority.MUNICIPALITY, Authority.COUNTY_GOVERNOR) if right in ("open", "late") else (None, None)
    assert (found.sent_to, found.settled_by) == sent


def test_holiday_is_no_decision():
    assert [kind for kind in LeaveKind if not appeal.is_decision(kind)] == [LeaveKind.HOLIDAY]
    assert appeal.is_decision(None)
