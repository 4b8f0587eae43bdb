"""Whom `make bench` is signed in as: somebody with three years of history, whose pages all answer.

Their lists show the last twelve months, and older rows on request.
"""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from bench import veteran, visits
from portal import clock
from portal.casework.read_marks import mark_read
from portal.demo import filling
from portal.store.db import Store
from portal.tables.absence import Absence, AbsenceObjection
from portal.tables.allowance import Payment
from portal.tables.decision import Decision
from portal.tables.leave import LeaveRequest, RequestForm
from portal.tables.log import Question
from portal.tables.people import Participant, ReadSubject
from portal.tables.plan import Plan
from portal.tables.schedule import Attendance
from tests.databases import Embedded, make
from tests.settings import settings_for
from tests.strict import opened, sign_in

#: What a row of each list that grows leads by.
ROWS = {
    "/fravaer": r'href="(/fravaer/[0-9a-f-]{36})',
    "/permisjon": r'href="(/permisjon/[0-9a-f-]{36})"',
    "/stonad": r'href="(/stonad/[0-9]{4}-[0-9]{2})"',
    "/vedtak": r'href="(/vedtak/[0-9a-f-]{36})"',
    "/plan": r'href="(/plan/versjon/[0-9]+)"',
}
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


def _rows(app: Flask, path: str, asks: str = "") -> tuple[list[str], bool]:
    """The rows of a list, and whether a link leads to older ones."""
    said = sign_in(app, veteran.ID, veteran.LANGUAGE).get(path + asks).get_data(as_text=True)
    return list(dict.fromkeys(re.findall(ROWS[path], said))), _leads_on(path, said)


@pytest.mark.parametrize("path", ROWS)
def test_a_list_shows_the_last_twelve_months_and_all_on_request(app: Flask, path: str) -> None:
    (lately, leads_on), (whole, leads_back) = _rows(app, path), _rows(app, path, "?alle=1")
    assert set(lately) < set(whole)
    assert lately or path == "/plan", "the plans before the one that holds are all older"
    assert (leads_on, leads_back) == (True, False)


def test_what_waits_is_shown_however_old_it_is(app: Flask) -> None:
    with app.extensions["store"].write_session() as session:
        me = session.scalars(select(Participant.id).where(Participant.external_id == veteran.ID)).one()
        request = session.execute(
            select(LeaveRequest.id, LeaveRequest.public_id)
            .where(LeaveRequest.participant_id == me, LeaveRequest.form == RequestForm.REPORT)
            .order_by(LeaveRequest.first_day)
        ).first()
        absence = session.execute(
            select(Absence.id, Absence.public_id).where(Absence.participant_id == me).order_by(Absence.first_day)
        ).first()
        session.execute(update(LeaveRequest).where(LeaveRequest.id == request.id).values(status="sent"))
        session.execute(update(Absence).where(Absence.id == absence.id).values(verdict="undecided"))
        session.commit()
    assert f"/permisjon/{request.public_id}" in _rows(app, "/permisjon")[0]
    assert f"/fravaer/{absence.public_id}" in _rows(app, "/fravaer")[0]


def test_an_old_question_is_shown_until_its_answer_is_read(app: Flask) -> None:
    path, long_ago = "/meg", clock.now() - timedelta(days=800)
    with app.extensions["store"].write_session() as session:
        mine = Question.participant_id == Participant.id, Participant.external_id == veteran.ID
        first, *others = session.execute(select(Question.participant_id, Question.public_id).where(*mine)).all()
        session.execute(update(Question).values(asked_at=long_ago))
        session.commit()
        asked = _questions(app, path)
        mark_read(session, first.participant_id, ReadSubject.ANSWER, first.public_id, clock.now())
        session.commit()
    assert asked == (1 + len(others), False)
    assert _questions(app, path) == (len(others), True)
    assert _questions(app, f"{path}?alle=1") == (1 + len(others), False)


def _leads_on(path: str, said: str) -> bool:
    return bool(re.search(rf'href="{path}\?alle=1["#]', said))


def _questions(app: Flask, address: str) -> tuple[int, bool]:
    said = sign_in(app, veteran.ID, veteran.LANGUAGE).get(address).get_data(as_text=True)
    return said.count('class="asked"'), _leads_on("/meg", said)
