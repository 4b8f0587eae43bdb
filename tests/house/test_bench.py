"""Whom `make bench` is signed in as: somebody with three years of history, whose pages all answer."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select

from bench import veteran, visits
from portal import clock
from portal.demo import filling
from portal.store.db import Store
from portal.tables.absence import Absence, AbsenceObjection
from portal.tables.allowance import Payment
from portal.tables.decision import Decision
from portal.tables.leave import LeaveRequest
from portal.tables.log import Question
from portal.tables.people import Participant
from portal.tables.plan import Plan
from portal.tables.schedule import Attendance
from tests.databases import Embedded, make
from tests.settings import settings_for
from tests.strict import opened, sign_in

AT_LEAST = {
    Absence: 60, AbsenceObjection: 6, Attendance: 1200, Decision: 24,
    LeaveRequest: 36, Payment: 36, Plan: 4, Question: 4,
}  # fmt: skip


@pytest.fixture(scope="module")
def app(embedded: Embedded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The portal with the demo municipality and the participant of the benchmark."""
    folder = tmp_path_factory.mktemp("bench")

    def fill(store: Store) -> None:
        filling.fill(store, clock.today(), folder)
        veteran.add(store, clock.today(), folder)

    with opened(settings_for(make(embedded, fill))) as made:
        yield made


def test_the_participant_has_three_years_of_everything(app: Flask) -> None:
    with app.extensions["store"].read_session() as session:
        me = session.scalars(select(Participant.id).where(Participant.external_id == veteran.ID)).one()
        found = {
            table: session.scalar(select(func.count()).where(table.participant_id == me))  # type: ignore[attr-defined]
            for table in AT_LEAST
        }
    assert {table: number for table, number in AT_LEAST.items() if found[table] < number} == {}, found


def test_every_measured_page_answers(app: Flask) -> None:
    client = sign_in(app, veteran.ID, veteran.LANGUAGE)
    paths = [visit.requests[0].path for visit in visits.pages()]
    assert len(paths) >= 8
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)
