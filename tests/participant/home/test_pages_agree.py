"""Home, timetable and leave say of a day what the picture of the day says, for everybody of the demo over two years."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import Session, col

from portal import clock
from portal.casework import facts
from portal.casework.day_picture import Said, away_on, said_of
from portal.casework.days import Lesson, lessons
from portal.casework.facts import KnownAbsence
from portal.casework.standing import standing
from portal.demo import files
from portal.i18n import format as formats
from portal.i18n import translator
from portal.law.vocabulary import LeaveKind
from portal.participant.home.now import Away
from portal.participant.home.view import MOST_ROWS, home
from portal.store.db import Store
from portal.tables.absence import AbsenceValidity
from portal.tables.leave import RequestForm, RequestStatus
from portal.tables.people import Participant
from portal.tables.plan import ElementCode
from portal.tables.schedule import OccurrenceStatus
from tests.strict import sign_in

pytestmark = pytest.mark.one_database

YEAR, WEEK, DAY = timedelta(days=365), timedelta(days=7), timedelta(days=1)
TAKES_TODAY = 'class="card now told"'


def turning_days(session: Session, me: int, today: date) -> list[date]:
    """The days within a year on which something said or registered begins or has ended, those before, and today."""
    spans = [(said.extent.first_day, said.extent.last_day) for said in said_of(session, me, today - YEAR, today + YEAR)]
    spans += [(row.first_day, row.last_day) for row in facts.absences(session, me)]
    days = {today, *(day for first, last in spans for day in (first - DAY, first, last, last + DAY))}
    return sorted(day for day in days if abs(day - today) <= YEAR)


def registered_on(absences: Sequence[KnownAbsence], day: date) -> list[KnownAbsence]:
    """What is registered of the whole of a day, and valid or not yet decided."""
    return [
        row
        for row in absences
        if row.kind and row.hours is None and row.verdict is not AbsenceValidity.INVALID
        and row.first_day <= day <= row.last_day
    ]  # fmt: skip


@pytest.mark.parametrize("person", [person.id for person in files.people(clock.today())])
def test_pages_say_what_the_picture_of_the_day_says(
    shown_app: Flask, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store: Store = shown_app.extensions["store"]
    today = clock.today()
    with store.read_session() as session:
        row = session.scalars(select(Participant).where(col(Participant.external_id) == person)).one()
        me = row.id or 0
        known = facts.absences(session, me)
        days = turning_days(session, me, today)
        said = {day: said_of(session, me, day, day + WEEK) for day in days}
        held = {day: lessons(session, me, day, day + WEEK) for day in days}
    for day in days:
        now = datetime.combine(day, time(4), UTC)
        monkeypatch.setattr(clock, "now", lambda now=now: now)
        client = sign_in(shown_app, person)
        page = client.get("/").get_data(as_text=True)
        taken, registered = away_on(day, said[day]), registered_on(known, day)
        is_over = standing(row, day).is_over
        assert (TAKES_TODAY in page) is (
            standing(row, day).value == "finished" if is_over else bool(taken or registered)
        ), day
        if taken and not is_over:
            assert taken.public_id in page, day
        until = max((each.last_day for each in registered), default=date.min)
        first = next(
            (
                lesson
                for lesson in held[day]
                if lesson.day > until and lesson.status is not OccurrenceStatus.CANCELLED
                and away_on(lesson.day, said[day]) is None
            ),
            None,
        )  # fmt: skip
        if first:
            starts = formats.wall_clock(first.starts_at)
            ends = formats.wall_clock(first.ends_at)
            wanted = formats.clock(starts) if taken or registered else formats.clock_span(starts, ends)
            assert wanted in page, day
        week, sent = (
            client.get(address).get_data(as_text=True) for address in (f"/timeplan?dag={day}", "/permisjon?alle=1")
        )
        for each in said[day]:
            if each.covers(day):
                assert f"/permisjon/{each.public_id}" in week, day
            assert f"/permisjon/{each.public_id}" in sent, day


MONDAY = date(2026, 10, 19)
NOW = datetime.combine(MONDAY, time(4), UTC)
coming_days = st.dates(MONDAY, MONDAY + WEEK)


@st.composite
def made_lessons(draw: st.DrawFn) -> list[Lesson]:
    """Lessons of a week, in order of time."""
    found = []
    for number in range(draw(st.integers(0, 8))):
        starts = datetime.combine(draw(coming_days), time(draw(st.integers(6, 15))), UTC)
        status = draw(st.sampled_from([OccurrenceStatus.PLANNED, OccurrenceStatus.MOVED, OccurrenceStatus.CANCELLED]))
        before = starts - DAY if status is OccurrenceStatus.MOVED else None
        found.append(
            Lesson(
                number, clock.local(starts).date(), starts, starts + timedelta(hours=1), ElementCode.NORWEGIAN,
                f"Time {number}", "Skolen", "1", status, before, None,
            )
        )  # fmt: skip
    return sorted(found, key=lambda lesson: (lesson.starts_at, lesson.id))


@st.composite
def made_said(draw: st.DrawFn) -> Said:
    """What was told, asked for or granted of some days of the week."""
    first = draw(coming_days)
    last = min(MONDAY + WEEK, first + timedelta(days=draw(st.integers(0, 3))))
    form = draw(st.sampled_from(RequestForm))
    status = RequestStatus.SENT if form is RequestForm.REPORT else draw(
        st.sampled_from([RequestStatus.SENT, RequestStatus.GRANTED])
    )  # fmt: skip
    granted = (first, last) if status is RequestStatus.GRANTED else (None, None)
    return Said(
        "r", form, LeaveKind.RELIGIOUS_DAY, None, status, NOW, first, last, None, *granted, None, None, None,
        is_fetched=False,
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(made=made_lessons(), said=st.lists(made_said(), max_size=3))
def test_home_agrees_with_any_made_up_week(shown_app: Flask, made: list[Lesson], said: list[Said]) -> None:
    taken = Away("r", "star", "", (), None) if away_on(MONDAY, said) else None
    with shown_app.test_request_context("/"):
        seen = home(
            NOW, translator(), lessons=made, said=said, found=[], payment=None, over=None, away=taken,
            away_until=date.min, hide_place=False, not_started=False,
        )  # fmt: skip
    titles = [item.row.title.striptags() for item in seen.rows]
    expected = [
        lesson.title
        for lesson in made
        if lesson.status is not OccurrenceStatus.CANCELLED and away_on(lesson.day, said) is None
    ]
    first = seen.next.row.title.striptags() if seen.next else None
    if taken:
        assert first is None
        assert titles == expected[:1], "where one is expected next"
    else:
        assert [first] == (expected[:1] or [None])
        assert titles == [lesson.title for lesson in made if lesson.title != first][:MOST_ROWS]
    for item in seen.rows:
        lesson = next(each for each in made if each.title == item.row.title.striptags())
        assert (item.away is not None) is (away_on(lesson.day, said) is not None)
        assert item.row.cancelled is (lesson.status is OccurrenceStatus.CANCELLED)
    assert [note.ref for note in seen.notes] == (
        [each.public_id for each in said if seen.next and each.covers(seen.next.day)]
    )
