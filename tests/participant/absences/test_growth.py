"""Many absences: what they are counted from takes time in proportion to their number."""

import time
from datetime import UTC, date, datetime, timedelta

from portal.casework.facts import KnownAbsence, KnownRequest, history, is_registered, registered_days
from portal.law.vocabulary import Documentation, LeaveKind
from portal.tables.absence import AbsenceValidity, RegisteredBy
from portal.tables.leave import RequestForm, RequestStatus

FIRST = date(2010, 1, 1)
THEN = datetime(2026, 1, 1, tzinfo=UTC)


def absence(number: int) -> KnownAbsence:
    values = dict.fromkeys(KnownAbsence._fields) | {
        "kind": LeaveKind.OWN_ILLNESS, "first_day": FIRST + timedelta(days=2 * number),
        "last_day": FIRST + timedelta(days=2 * number), "documentation": Documentation.NONE,
        "verdict": AbsenceValidity.VALID, "registered_by": RegisteredBy.TEACHER, "registered_at": THEN,
    }  # fmt: skip
    return KnownAbsence(**values)


def report(number: int, days: int = 1) -> KnownRequest:
    values = dict.fromkeys(KnownRequest._fields) | {
        "form": RequestForm.REPORT, "kind": LeaveKind.OWN_ILLNESS, "first_day": FIRST + timedelta(days=2 * number),
        "last_day": FIRST + timedelta(days=2 * number + days - 1), "status": RequestStatus.SENT, "seen": {},
    }  # fmt: skip
    return KnownRequest(**values)


def seconds(number: int) -> float:
    known, sent = [absence(one) for one in range(number)], [report(one) for one in range(number)]
    took = []
    for _ in range(3):
        start = time.process_time()
        assert len(history(known, sent)) == number
        took.append(time.process_time() - start)
    return min(took)


def test_four_times_the_absences_take_about_four_times_as_long() -> None:
    """Looking through all absences for each report would take sixteen times as long."""
    assert seconds(2000) < 9 * seconds(500) + 0.02


def test_a_report_is_registered_when_each_of_its_days_is() -> None:
    days = registered_days([absence(1), absence(2)])
    assert is_registered(report(1), days)
    assert not is_registered(report(1, days=2), days)
    assert not is_registered(report(3), days)
