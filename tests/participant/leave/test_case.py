"""What the rules are told about a participant."""

from datetime import date

import pytest
from flask import Flask

from portal.casework import facts
from portal.law.vocabulary import Documentation, LeaveKind, LeaveStatus, Programme, Unexcused
from portal.tables.absence import AbsenceValidity
from tests.participant.leave.making import Journey, absence, add


def test_a_person_with_children_and_policy(app: Flask) -> None:
    with app.extensions["store"].read_session() as session:
        record = facts.read(session, 1)
        assert record.participant.sole_carer
        assert [child.born for child in record.participant.children] == [date(2017, 3, 9)]
        assert (record.pay_day, record.answer_days) == (15, 14)
        assert facts.participant(session, 3).programme is Programme.TRAINING_ONLY
        with pytest.raises(LookupError):
            facts.read(session, 99)


def test_absences_of_another_person_are_not_mine(app: Flask) -> None:
    add(app, absence(2, date(2026, 10, 6), date(2026, 10, 7)))
    with app.extensions["store"].read_session() as session:
        assert facts.read(session, 1).history == ()
        assert len(facts.read(session, 2).history) == 1


def test_invalid_is_unexcused_and_unknown_counts_for_nothing(app: Flask) -> None:
    add(
        app,
        absence(1, date(2026, 10, 6), date(2026, 10, 7)),
        absence(1, date(2026, 10, 13), date(2026, 10, 13), verdict=AbsenceValidity.INVALID),
        absence(1, date(2026, 10, 14), date(2026, 10, 14), kind=None, verdict=AbsenceValidity.UNDECIDED),
    )
    with app.extensions["store"].read_session() as session:
        kinds = [row.kind for row in facts.read(session, 1).history]
    assert kinds == [LeaveKind.OWN_ILLNESS, Unexcused.INVALID]


def test_what_was_told_is_pending_until_it_is_registered(app: Flask, amal: Journey) -> None:
    amal.sent("ill", "2026-10-19", "2026-10-20", paper="yes", paper_from="2026-10-20")
    with app.extensions["store"].read_session() as session:
        (told,) = facts.read(session, 1).history
    assert (told.status, told.documentation) == (LeaveStatus.SENT, Documentation.MEDICAL)
    assert told.medical_from == date(2026, 10, 20)
    add(app, absence(1, date(2026, 10, 19), date(2026, 10, 20)))
    with app.extensions["store"].read_session() as session:
        (registered,) = facts.read(session, 1).history
    assert registered.status is None
