"""The demo municipality in a store: taken in on any day, kept on the next, with money as the law counts it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlmodel import Session, SQLModel, col

from portal.casework import days, extents, facts
from portal.demo import files, filling
from portal.demo.filling import DemoFilesRefused, take
from portal.law.allowance import breakdown
from portal.law.assessment import Breakdown
from portal.law.calendar import Month, is_day_off
from portal.law.deductions import PaidWork
from portal.law.extent import Share
from portal.store.db import Store
from portal.tables.allowance import Payment, PaymentLine, PaymentLineKind, PaymentStatus
from portal.tables.leave import LeaveEvent, LeaveRequest, RequestStatus
from portal.tables.people import Participant
from portal.tables.schedule import Attendance, Occurrence, OccurrenceStatus
from tests.databases import Embedded, make, stored
from tests.demo.days import DAYS, MONDAY


@pytest.fixture(scope="module")
def empty(embedded: Embedded) -> str:
    return make(embedded)


@pytest.fixture
def fresh(embedded: Embedded, empty: str) -> Iterator[Store]:
    with stored(embedded, empty) as store:
        yield store


def at(patch: pytest.MonkeyPatch, today: date) -> None:
    """It is noon of a day."""
    patch.setattr("portal.clock.now", lambda: datetime.combine(today, time(11), UTC))


def id_of(session: Session, name: str) -> int:
    found = session.scalars(select(col(Participant.id)).where(col(Participant.external_id) == name)).one()
    assert found is not None
    return found


def count(session: Session, table: type[SQLModel]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def kroner(amount_ore: int) -> Decimal:
    return Decimal(amount_ore).scaleb(-2)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_demo_is_taken_in_and_its_money_is_the_laws(
    fresh: Store, today: date, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, today)
    filling.fill(fresh, today, tmp_path)
    with fresh.read_session() as session:
        assert count(session, Participant) == len(files.people(today))
        assert _two_lessons_on_the_next_school_day(session, today)
        assert _states_of_lessons(session) >= {OccurrenceStatus.MOVED, OccurrenceStatus.CANCELLED}
        assert _states_of_requests(session) == {
            RequestStatus.REFUSED,
            RequestStatus.GRANTED,
            RequestStatus.PARTLY_GRANTED,
            RequestStatus.RECEIVED,
            RequestStatus.MORE_INFORMATION,
            RequestStatus.SENT,
        }
        assert _shares_granted(session) == set(Share)
        wrong = [told for payment in session.scalars(select(Payment)) if (told := _against_law(session, payment))]
    assert wrong == []


def _two_lessons_on_the_next_school_day(session: Session, today: date) -> bool:
    lessons = days.lessons(session, id_of(session, "amal"), today, today + timedelta(days=30))
    standing = [lesson for lesson in lessons if lesson.status is not OccurrenceStatus.CANCELLED]
    return sum(lesson.day == standing[0].day for lesson in standing) == 2


def _states_of_lessons(session: Session) -> set[OccurrenceStatus]:
    return set(session.scalars(select(col(Occurrence.status)).distinct()))


def _states_of_requests(session: Session) -> set[RequestStatus]:
    return set(session.scalars(select(col(LeaveRequest.status)).distinct()))


def _shares_granted(session: Session) -> set[Share]:
    """Of what some leave is granted: days, hours of a day, some hours each day."""
    return {extent.share for row in session.scalars(select(LeaveRequest)) if (extent := extents.granted(row))}


def _against_law(session: Session, payment: Payment) -> str | None:
    """What differs from the law's own breakdown of the month (IL §§ 20–23); a stopped payment is none."""
    lines = list(session.scalars(select(PaymentLine).where(col(PaymentLine.payment_id) == payment.id)))
    if payment.status is PaymentStatus.STOPPED:
        return None if payment.before_tax == 0 else "a stopped payment that pays"
    year, month = map(int, payment.month.split("-"))
    record = facts.read(session, payment.participant_id)
    works = [
        PaidWork(line.hours or Decimal(0), Decimal(100_000), line.first_day, line.last_day)
        for line in lines
        if line.kind is PaymentLineKind.PAID_WORK and line.first_day and line.last_day
    ]
    law = breakdown(
        Month(year, month), record.participant, record.history, policy=record.policy, breaks=record.breaks, works=works
    )
    assert isinstance(law, Breakdown)
    same = (kroner(lines[0].amount), kroner(payment.before_tax)) == (law.gross, law.before_tax)
    return None if same else f"{payment.external_id}: {lines}, law {law}"


def test_a_second_day_updates_and_keeps_what_was_done(fresh: Store, tmp_path: Path) -> None:
    filling.fill(fresh, MONDAY, tmp_path)
    with fresh.read_session() as session:
        before = {table: count(session, table) for table in (Participant, LeaveRequest, LeaveEvent)}
        end = session.scalars(select(col(Participant.start_by)).where(col(Participant.external_id) == "rahim")).one()
    filling.fill(fresh, MONDAY + timedelta(days=1), tmp_path)
    with fresh.read_session() as session:
        assert {table: count(session, table) for table in before} == before
        moved = session.scalars(select(col(Participant.start_by)).where(col(Participant.external_id) == "rahim")).one()
    assert end is not None
    assert moved == end + timedelta(days=1)


def test_the_same_day_again_changes_nothing(fresh: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filling.fill(fresh, MONDAY, tmp_path)
    monkeypatch.setattr("portal.exchange.importer.take", None)  # calling it would fail
    filling.fill(fresh, MONDAY, tmp_path)


def test_a_month_later_the_demo_is_still_taken_in(
    fresh: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for today in (MONDAY, MONDAY + timedelta(days=31), MONDAY + timedelta(days=200)):
        at(monkeypatch, today)
        filling.fill(fresh, today, tmp_path)
    with fresh.read_session() as session:
        assert count(session, Attendance) > 0


def test_the_religious_day_and_the_illness_are_told_of_and_the_journey_is_refused(fresh: Store, tmp_path: Path) -> None:
    filling.fill(fresh, MONDAY, tmp_path)
    with fresh.read_session() as session:
        refused = facts.requests(session, id_of(session, "danylo"))[0]
        told = facts.requests(session, id_of(session, "hana"))[0]
    assert (refused.status, refused.first_day, refused.last_day) == (
        RequestStatus.REFUSED,
        date(2026, 12, 11),
        date(2026, 12, 22),
    )
    assert told.status is RequestStatus.SENT


def test_a_file_that_is_wrong_is_refused_with_its_reason(fresh: Store, tmp_path: Path) -> None:
    path = files.render(MONDAY, tmp_path, lambda *_: 0, is_day_off)[0]
    path.write_text(path.read_text(encoding="utf-8").replace('"Haddad"', '""'), encoding="utf-8")
    with pytest.raises(DemoFilesRefused, match="family_name"):
        take(fresh, [path])
    path = files.render(MONDAY, tmp_path, lambda *_: 0, is_day_off)[0]
    take(fresh, [path])  # the same file unharmed
