"""One picture of a day: what is said of it is what the requests say, for everybody and every day."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlmodel import col

from portal import clock
from portal.casework import extents, facts
from portal.casework.day_picture import DayState, away_on, expected_from, pictures, said_of
from portal.casework.days import lessons
from portal.demo import files
from portal.store.db import Store
from portal.tables.leave import RequestForm, RequestStatus
from portal.tables.people import Participant

pytestmark = pytest.mark.one_database

YEAR = timedelta(days=365)
OVER = (RequestStatus.REFUSED, RequestStatus.WITHDRAWN)
GRANTED = (RequestStatus.GRANTED, RequestStatus.PARTLY_GRANTED)


@pytest.mark.parametrize("person", [person.id for person in files.people(clock.today())])
def test_every_day_of_two_years_is_as_the_requests_say(shown_app: Flask, person: str) -> None:
    store: Store = shown_app.extensions["store"]
    today = clock.today()
    with store.read_session() as session:
        me = session.scalars(select(col(Participant.id)).where(col(Participant.external_id) == person)).one()
        assert me is not None
        seen = pictures(session, me, today - YEAR, today + YEAR)
        sent = [row for row in facts.requests(session, me) if row.status not in OVER]
        held = lessons(session, me, today - YEAR, today + YEAR)
    assert [picture.day for picture in seen] == [today - YEAR + timedelta(days=n) for n in range(2 * 365 + 1)]
    assert [lesson for picture in seen for lesson in picture.lessons] == held
    for picture in seen:
        extent = {row.public_id: extents.granted(row) or extents.asked(row) for row in sent}
        of_day = {name for name, each in extent.items() if each.first_day <= picture.day <= each.last_day}
        assert {said.public_id for said in picture.said} == of_day, picture.day
        taken = {
            row.public_id
            for row in sent
            if row.public_id in of_day
            and extent[row.public_id].hours is None
            and (row.status in GRANTED or row.form is RequestForm.REPORT)
        }
        away = away_on(picture.day, picture.said)
        assert (away is not None) == bool(taken), picture.day
        assert away is None or away.public_id in taken


@pytest.mark.parametrize("person", ["salama", "hana", "grace"])
def test_one_is_expected_on_the_first_day_that_nothing_takes(shown_app: Flask, person: str) -> None:
    store: Store = shown_app.extensions["store"]
    today = clock.today()
    with store.read_session() as session:
        me = session.scalars(select(col(Participant.id)).where(col(Participant.external_id) == person)).one()
        assert me is not None
        said = said_of(session, me, today - YEAR, today + YEAR)
    assert said
    for each in said:
        free = expected_from(each.extent.first_day, said)
        if each.takes_the_day:
            assert free > each.extent.last_day
        assert away_on(free, said) is None
        assert each.state is not DayState.ASKED or not each.takes_the_day
